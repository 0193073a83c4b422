import { i18n } from "@lingui/core";
import type { PromptMade } from "@/shared/api/types";
import { keyName } from "@/shared/lib/musicalKey";
import { foundWords } from "@/shared/lib/meanings";

/** What the server says in English, in the reader's language; a chip says it from its value. */
type Value = Readonly<Record<string, unknown>>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const names = (value: Value): string => (Array.isArray(value.names) ? value.names.map(text).join(", ") : "");

export const curveNames = ["rise", "fall", "arc", "wave", "flat"] as const;
export function curveName(name: string): string {
  const said: Record<string, () => string> = {
    rise: () => i18n.t("Rise"),
    fall: () => i18n.t("Fall"),
    arc: () => i18n.t("Arc"),
    wave: () => i18n.t("Wave"),
    flat: () => i18n.t("Flat"),
    said: () => i18n.t("As described"),
    drawn: () => i18n.t("Drawn"),
  };
  return said[name]?.() ?? name;
}

export function range(from: unknown, to: unknown, unit = ""): string {
  const [low, high] = [text(from), text(to)];
  if (low === "") return i18n.t("up to {to}", { to: `${high}${unit}` });
  if (high === "") return i18n.t("from {from}", { from: `${low}${unit}` });
  return low === high ? `${low}${unit}` : `${low}–${high}${unit}`;
}
const rounded = (value: unknown): unknown => (typeof value === "number" ? Math.round(value) : value);

/** What a kind is called, in front of what it says. */
export function kindName(kind: string): string {
  const said: Record<string, () => string> = {
    length: () => i18n.t("length"),
    sound: () => i18n.t("sounds"),
    from: () => i18n.t("from"),
    to: () => i18n.t("to"),
    like: () => i18n.t("like"),
    start: () => i18n.t("start"),
    end: () => i18n.t("end"),
    curve: () => i18n.t("curve"),
    years: () => i18n.t("years"),
    tempo: () => i18n.t("tempo"),
    key: () => i18n.t("key"),
    energy: () => i18n.t("energy"),
    genre: () => i18n.t("only"),
    artist: () => i18n.t("by"),
    duration: () => i18n.t("each track"),
    format: () => i18n.t("only"),
    live: () => i18n.t("only"),
    liked: () => i18n.t("only"),
    played: () => i18n.t("only"),
    added: () => i18n.t("added"),
    rating: () => i18n.t("rating"),
    explicit: () => i18n.t("only"),
    instrumental: () => i18n.t("only"),
    per_artist: () => i18n.t("per artist"),
    apart: () => i18n.t("same artist"),
  };
  return said[kind]?.() ?? kind;
}

export function chipLabel(kind: string, value: Value): string {
  const never = value.not === true || (value.is === false && kind !== "played");
  return never ? i18n.t("never") : kindName(kind);
}

export function chipText(kind: string, value: Value): string {
  const said: Record<string, () => string> = {
    length: () => (value.tracks ? i18n.t("{n, plural, one {# track} other {# tracks}}", { n: value.tracks }) : i18n.t("{minutes} min", { minutes: value.minutes })),
    start: () => text(value.text) || i18n.t("energy {level}", { level: Math.round(Number(value.level) * 100) }),
    end: () => text(value.text) || i18n.t("energy {level}", { level: Math.round(Number(value.level) * 100) }),
    curve: () => curveName(text(value.name) || "drawn"),
    years: () => (Array.isArray(value.ranges) ? value.ranges.map((pair: unknown) => (Array.isArray(pair) ? range(pair[0], pair[1]) : "")).join(", ") : ""),
    tempo: () => range(rounded(value.from), rounded(value.to), " BPM"),
    energy: () => range(value.from, value.to),
    key: () => (Array.isArray(value.keys) ? value.keys.map((key) => keyName(text(key))).join(", ") : ""),
    genre: () => names(value),
    artist: () => names(value),
    duration: () => range(value.from, value.to, " min"),
    format: () => names(value),
    live: () => i18n.t("live"),
    liked: () => i18n.t("liked"),
    played: () => playedText(value),
    added: () => i18n.t("in the last {n, plural, one {day} other {# days}}", { n: Number(value.days) }),
    rating: () => i18n.t("{n, plural, one {# star} other {# stars}} or more", { n: Number(value.least) }),
    explicit: () => i18n.t("explicit"),
    instrumental: () => i18n.t("instrumental"),
    per_artist: () => i18n.t("max {n}", { n: value.most }),
    apart: () => i18n.t("{n, plural, one {# track} other {# tracks}} apart", { n: Number(value.tracks) }),
  };
  return said[kind]?.() ?? text(value.text);
}

function playedText(value: Value): string {
  const n = Number(value.days);
  if (value.days === undefined) return value.is === true ? i18n.t("played before") : i18n.t("never played");
  return value.is === true ? i18n.t("played in the last {n, plural, one {day} other {# days}}", { n }) : i18n.t("not played for {n, plural, one {a day} other {# days}}", { n });
}

export function noteText(note: PromptMade["notes"][number]): string {
  const values = note.values as Value;
  const said: Record<string, () => string> = {
    nothing: () => i18n.t("No track of your library fits all the rules."),
    short: () => (values.length === undefined ? i18n.t("Only {n, plural, one {# track fits} other {# tracks fit}} the rules.", { n: values.tracks }) : i18n.t("Only {length} of music fits the rules.", { length: values.length })),
    off: () => i18n.t("No choice of what fits comes nearer to {wanted} than {length}.", { wanted: values.wanted, length: values.length }),
    hour: () => i18n.t("No length was said, so it is an hour."),
    unread: () => i18n.t("No track has been read for descriptions yet: only the rules count."),
    model: () => i18n.t("Compared by its words alone: {why}", { why: values.why }),
    energy: () => i18n.t("The energy of {tracks} of {of} tracks is not known yet.", { tracks: values.tracks, of: values.of }),
    unlocked: () => i18n.t("The locked tracks could not all stay where they were."),
    lost: () => i18n.t("{n, plural, one {# locked track no longer fits} other {# locked tracks no longer fit}} the rules.", { n: values.tracks }),
    leftovers: () => i18n.t("Not understood: {words}", { words: Array.isArray(values.words) ? values.words.map(text).join(", ") : "" }),
  };
  return said[note.kind]?.() ?? note.text;
}

const share = (value = ""): string => new Intl.NumberFormat(i18n.locale, { minimumFractionDigits: 2 }).format(Number(value));
const reasons: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^starts calm for this list: energy (\S+)$/, (level) => i18n.t("starts calm for this list: energy {level}", { level: share(level) })],
  [/^starts medium for this list: energy (\S+)$/, (level) => i18n.t("starts half way up for this list: energy {level}", { level: share(level) })],
  [/^starts energetic for this list: energy (\S+)$/, (level) => i18n.t("starts energetic for this list: energy {level}", { level: share(level) })],
  [/^ends calm for this list: energy (\S+)$/, (level) => i18n.t("ends calm for this list: energy {level}", { level: share(level) })],
  [/^ends medium for this list: energy (\S+)$/, (level) => i18n.t("ends half way up for this list: energy {level}", { level: share(level) })],
  [/^ends energetic for this list: energy (\S+)$/, (level) => i18n.t("ends energetic for this list: energy {level}", { level: share(level) })],
  [/^energy (\S+), on the curve$/, (level) => i18n.t("energy {level}, on the curve", { level: share(level) })],
  [/^same key as before$/, () => i18n.t("same key as before")],
  [/^same key as before, near in tempo$/, () => i18n.t("same key as before, near in tempo")],
  [/^neighbour key$/, () => i18n.t("neighbour key")],
  [/^neighbour key, near in tempo$/, () => i18n.t("neighbour key, near in tempo")],
  [/^relative key$/, () => i18n.t("relative key")],
  [/^relative key, near in tempo$/, () => i18n.t("relative key, near in tempo")],
  [/^same tempo as before$/, () => i18n.t("same tempo as before")],
  [/^fills the length$/, () => i18n.t("fills the length")],
  [/^fits the rules$/, () => i18n.t("fits the rules")],
  [/^chosen by chance$/, () => i18n.t("chosen by chance")],
];

/** Why a track is in the list: what it was asked for by, and how it stands where it stands. */
export function whyText(item: PromptMade["tracks"][number]): string {
  const told = item.reasons.slice(0, 2).map((reason) => {
    for (const [pattern, say] of reasons) {
      const found = pattern.exec(reason);
      if (found) return say(...found.slice(1));
    }
    return foundWords([{ text: reason }]);
  });
  const words = told.join("\u2002·\u2002");
  return item.locked ? i18n.t("Locked here: {reason}", { reason: words }) : words;
}
