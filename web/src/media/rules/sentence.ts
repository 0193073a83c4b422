import { i18n } from "@lingui/core";
import { keyName } from "@/shared/lib/musicalKey";
import { partialDate } from "@/shared/lib/format";
import { saidAmount } from "./amounts";
import type { Condition, Limit, Node, Rule, SortBy } from "./rule";
import { fieldName, type RuleField } from "./words";

/** A rule in the reader's own words: pieces of text, those that carry the meaning strong. */
export interface Piece {
  text: string;
  strong: boolean;
}
export interface Names {
  fields: ReadonlyMap<string, RuleField>;
  /** What ids in the rule are called. */
  ids: Readonly<Record<string, string>>;
}

type Said = (value: string, other: string) => string;

const days = (value: unknown): string => i18n.t("{days, plural, one {day} other {# days}}", { days: Number(value) });

/** Conditions that people have better words for than "whose play count is 0". The key is field and operator. */
const special = (): Record<string, Said> => ({
  "bpm less": (value) => i18n.t("slower than {value}", { value }),
  "bpm greater": (value) => i18n.t("faster than {value}", { value }),
  "bpm between": (low, high) => i18n.t("from {low} to {high}", { low, high }),
  "artist is": (value) => i18n.t("by {value}", { value }),
  "artist is_not": (value) => i18n.t("not by {value}", { value }),
  "genre is": (value) => i18n.t("in the genre {value}", { value }),
  "genre is_not": (value) => i18n.t("not in the genre {value}", { value }),
  "album is": (value) => i18n.t("from the album {value}", { value }),
  "label is": (value) => i18n.t("that came out on {value}", { value }),
  "tag is": (value) => i18n.t("tagged {value}", { value }),
  "tag is_not": (value) => i18n.t("not tagged {value}", { value }),
  "year is": (value) => i18n.t("from {value}", { value }),
  "year less": (value) => i18n.t("from before {value}", { value }),
  "year at_least": (value) => i18n.t("from {value} or later", { value }),
  "year at_most": (value) => i18n.t("from {value} or earlier", { value }),
  "year between": (low, high) => i18n.t("from {low} to {high}", { low, high }),
  "duration less": (value) => i18n.t("shorter than {value}", { value }),
  "duration greater": (value) => i18n.t("longer than {value}", { value }),
  "rating at_least": (value) => i18n.t("that you gave {value} or more", { value }),
  "play_count is 0": () => i18n.t("that you never played"),
  "play_count less": (value) => i18n.t("played less than {value} times", { value: value.replace(/\D+$/, "") }),
  "play_count greater": (value) => i18n.t("played more than {value} times", { value: value.replace(/\D+$/, "") }),
  "last_played in_last": (value) => i18n.t("played in the last {value}", { value }),
  "last_played not_in_last": (value) => i18n.t("not played in the last {value}", { value }),
  "added in_last": (value) => i18n.t("added in the last {value}", { value }),
  "added not_in_last": (value) => i18n.t("not added in the last {value}", { value }),
  "liked is true": () => i18n.t("that you like"),
  "liked is false": () => i18n.t("that you have not liked"),
  "album_liked is true": () => i18n.t("from albums that you like"),
  "artist_liked is true": () => i18n.t("by artists that you like"),
  "has_lyrics is true": () => i18n.t("with lyrics"),
  "has_lyrics is false": () => i18n.t("without lyrics"),
  "compilation is true": () => i18n.t("from compilations"),
  "compilation is false": () => i18n.t("not from compilations"),
  "explicit is true": () => i18n.t("with explicit words"),
  "explicit is false": () => i18n.t("without explicit words"),
});

const general = (field: string): Record<string, Said> => ({
  is: (value) => i18n.t("whose {field} is {value}", { field, value }),
  is_not: (value) => i18n.t("whose {field} is not {value}", { field, value }),
  contains: (value) => i18n.t("whose {field} contains {value}", { field, value }),
  not_contains: (value) => i18n.t("whose {field} does not contain {value}", { field, value }),
  starts_with: (value) => i18n.t("whose {field} starts with {value}", { field, value }),
  ends_with: (value) => i18n.t("whose {field} ends with {value}", { field, value }),
  has_words: (value) => i18n.t("whose {field} has the words {value}", { field, value }),
  less: (value) => i18n.t("whose {field} is below {value}", { field, value }),
  greater: (value) => i18n.t("whose {field} is above {value}", { field, value }),
  at_least: (value) => i18n.t("whose {field} is at least {value}", { field, value }),
  at_most: (value) => i18n.t("whose {field} is at most {value}", { field, value }),
  between: (low, high) => i18n.t("whose {field} is between {low} and {high}", { field, low, high }),
  on: (value) => i18n.t("whose {field} is {value}", { field, value }),
  before: (value) => i18n.t("whose {field} is before {value}", { field, value }),
  after: (value) => i18n.t("whose {field} is after {value}", { field, value }),
  in_last: (value) => i18n.t("whose {field} is in the last {value}", { field, value }),
  not_in_last: (value) => i18n.t("whose {field} is not in the last {value}", { field, value }),
  near: (value) => i18n.t("whose {field} mixes with {value}", { field, value }),
  missing: () => i18n.t("without {field}", { field }),
  present: () => i18n.t("that have {field}", { field }),
});

const moodNames = (): Record<string, string> => ({
  happy: i18n.t("happy"),
  sad: i18n.t("sad"),
  aggressive: i18n.t("aggressive"),
  relaxed: i18n.t("relaxed"),
  party: i18n.t("party"),
  acoustic: i18n.t("acoustic"),
});

interface Like {
  at_least?: number;
  text?: string;
  track?: string;
  album?: string;
  artist?: string;
}

function valueWords(condition: Condition, field: RuleField | undefined): [string, string] {
  const { value } = condition;
  if (Array.isArray(value)) return [oneValue(value[0], condition.op, field), oneValue(value[1], condition.op, field)];
  return [oneValue(value, condition.op, field), ""];
}
function oneValue(value: unknown, op: string, field: RuleField | undefined): string {
  if (field?.kind === "date") return op.endsWith("in_last") ? days(value) : partialDate(String(value));
  if (field?.kind === "key") return keyName(typeof value === "object" && value ? String((value as { key: unknown }).key) : String(value));
  if (field?.kind === "mood") return saidAmount(value, "0 to 1");
  if (typeof value === "number") return saidAmount(value, field?.unit ?? null);
  return field?.kind === "text" ? `“${String(value)}”` : String(value);
}

const inSentence = (name: string): string => (i18n.locale === "de" || /^[A-ZÄÖÜ]{2}/.test(name) || name.startsWith("MusicBrainz") ? name : name.charAt(0).toLocaleLowerCase() + name.slice(1));

export function conditionWords(condition: Condition, names: Names): string {
  const field = names.fields.get(condition.field);
  const name = inSentence(fieldName(condition.field, field?.label));
  if (field?.kind === "sounds_like") {
    const like = (condition.value ?? {}) as Like;
    const id = like.track ?? like.album ?? like.artist ?? "";
    const what = like.text ? `“${like.text}”` : (names.ids[id] ?? i18n.t("something that is gone"));
    const share = saidAmount(like.at_least ?? 0, "0 to 1");
    return condition.op === "is" ? i18n.t("that sound like {what} ({share} or more)", { what, share }) : i18n.t("that do not sound like {what} ({share})", { what, share });
  }
  if (field?.kind === "mood") {
    const mood = moodNames()[condition.field.slice("mood_".length)] ?? name;
    const share = saidAmount(condition.value, "0 to 1");
    return condition.op === "at_least" ? i18n.t("at least {share} {mood}", { share, mood }) : i18n.t("at most {share} {mood}", { share, mood });
  }
  if (field?.kind === "playlist") {
    const what = names.ids[String(condition.value)];
    if (what === undefined) return condition.op === "in" ? i18n.t("in a playlist that is gone") : i18n.t("not in a playlist that is gone");
    return condition.op === "in" ? i18n.t("in the playlist {what}", { what }) : i18n.t("not in the playlist {what}", { what });
  }
  const [value, other] = valueWords(condition, field);
  const words = special();
  const said = words[`${condition.field} ${condition.op} ${String(condition.value)}`] ?? words[`${condition.field} ${condition.op}`];
  if (said) return said(value, other);
  if (field?.kind === "flag") return condition.value === false ? i18n.t("not marked “{name}”", { name }) : i18n.t("marked “{name}”", { name });
  return general(name)[condition.op]?.(value, other) ?? `${name} ${condition.op} ${value}`;
}

const wordFields = ["title", "artist", "album"];
/** What a lone typed word becomes: one of the names contains it. */
function typedWord(node: { all: Node[] } | { any: Node[] }): string | null {
  if (!("any" in node) || node.any.length !== wordFields.length) return null;
  const [first] = node.any;
  const value = first && "field" in first ? first.value : null;
  const same = node.any.every((one, at) => "field" in one && one.field === wordFields[at] && one.value === value && (one.op === "contains" || one.op === "has_words"));
  return same && typeof value === "string" ? value : null;
}

const plain = (text: string): Piece => ({ text, strong: false });

function joined(nodes: readonly Node[], last: string, names: Names): Piece[] {
  return nodes.flatMap((node, at) => [...(at === 0 ? [] : [plain(at === nodes.length - 1 ? last : ", ")]), ...pieces(node, names, nodes.length > 1)]);
}

/** `inner`: one among several, so that a list of its own must be told apart from theirs. */
function pieces(node: Node, names: Names, inner: boolean): Piece[] {
  if ("field" in node) return [{ text: conditionWords(node, names), strong: true }];
  const and = i18n.t(" and ");
  if ("not" in node) {
    if ("any" in node.not && node.not.any.length > 1) return [plain(i18n.t("neither ")), ...joined(node.not.any, i18n.t(" nor "), names)];
    return [plain(i18n.t("not (")), ...pieces(node.not, names, false), plain(")")];
  }
  const word = typedWord(node);
  if (word) return [{ text: i18n.t("with “{word}” in title, artist or album", { word }), strong: true }];
  const either = "any" in node;
  const nodes = either ? node.any : node.all;
  const list = joined(nodes, either ? i18n.t(" or ") : and, names);
  if (!inner || nodes.length < 2) return list;
  return either ? [plain(i18n.t("either ")), ...list] : [plain("("), ...list, plain(")")];
}

const orders = (): Record<string, string> => ({
  "random ": i18n.t("in random order"),
  "random -": i18n.t("in random order"),
  "play_count ": i18n.t("least played first"),
  "play_count -": i18n.t("most played first"),
  "last_played ": i18n.t("longest not played first"),
  "last_played -": i18n.t("last played first"),
  "added -": i18n.t("newest first"),
  "added ": i18n.t("oldest first"),
  "bpm ": i18n.t("slowest first"),
  "bpm -": i18n.t("fastest first"),
  "rating -": i18n.t("best rated first"),
});

export function orderWords(sort: SortBy, names: Names): string {
  const name = inSentence(fieldName(sort.by, names.fields.get(sort.by)?.label));
  const known = orders()[`${sort.by} ${sort.descending ? "-" : ""}`];
  if (known) return known;
  if (!sort.descending) return i18n.t("by {name}", { name });
  const kind = names.fields.get(sort.by)?.kind;
  if (kind === "text") return i18n.t("by {name}, Z to A", { name });
  return kind === "date" ? i18n.t("by {name}, latest first", { name }) : i18n.t("by {name}, highest first", { name });
}

export function limitWords(limit: Limit): string {
  if ("tracks" in limit) return i18n.t("{count, plural, one {only one of them} other {# of them}}", { count: limit.tracks });
  if ("minutes" in limit) return i18n.t("{count, plural, one {# minute of them} other {# minutes of them}}", { count: limit.minutes });
  return i18n.t("{size} MB of them", { size: limit.megabytes });
}

export function sentence(rule: Rule, names: Names): Piece[] {
  const match = pieces(rule.match, names, false);
  const start = match.length === 0 ? [plain(i18n.t("All tracks"))] : [plain(i18n.t("Tracks ")), ...match];
  const limit = rule.limit ? [plain("; "), { text: limitWords(rule.limit), strong: true }] : [];
  const order = rule.sort.map((one, at) => plain((at === 0 ? ", " : i18n.t(", then ")) + orderWords(one, names)));
  return [...start, ...limit, ...order, plain(".")];
}

export const sentenceText = (rule: Rule, names: Names): string =>
  sentence(rule, names)
    .map((piece) => piece.text)
    .join("");
