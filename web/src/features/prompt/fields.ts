import { i18n } from "@lingui/core";
import type { Piece } from "./api";

/** How the pieces are edited: a form a kind, over the same small values that the server takes. */
export type Input =
  | { name: string; type: "number"; label: string; min: number; max: number; step?: number; optional?: true }
  | { name: string; type: "text"; label: string; note?: string; optional?: true }
  | { name: string; type: "names"; label: string; note: string }
  | { name: string; type: "ranges"; label: string; note: string }
  | { name: string; type: "choice"; label: string; options: readonly { value: boolean; label: string }[] }
  | { name: string; type: "not"; label: string }
  | { name: string; type: "curve"; label: string };

const yesNo = (yes: string, no: string): Input => ({ name: "is", type: "choice", label: i18n.t("Which"), options: [{ value: true, label: yes }, { value: false, label: no }] });
const commas = (): string => i18n.t("Several with commas.");

export function inputsOf(kind: string, value: Piece["value"]): readonly Input[] {
  const forms: Record<string, () => readonly Input[]> = {
    length: () => [
      value.tracks === undefined ? { name: "minutes", type: "number", label: i18n.t("Minutes"), min: 1, max: 1440 } : { name: "tracks", type: "number", label: i18n.t("Tracks"), min: 1, max: 500 },
    ],
    sound: () => [{ name: "text", type: "text", label: i18n.t("In words"), note: i18n.t("A mood, a genre, an instrument: “slow warm piano”, “not too loud”.") }],
    from: () => [{ name: "text", type: "text", label: i18n.t("It begins with") }],
    to: () => [{ name: "text", type: "text", label: i18n.t("It leads to") }],
    like: () => [{ name: "text", type: "text", label: i18n.t("Artist"), note: i18n.t("Tracks near to this artist's; not only by them.") }],
    start: () => edge(),
    end: () => edge(),
    curve: () => [{ name: "name", type: "curve", label: i18n.t("Curve") }],
    years: () => [{ name: "ranges", type: "ranges", label: i18n.t("Years"), note: i18n.t("1970-1989, 1995, 2010- for from 2010 on.") }, { name: "not", type: "not", label: i18n.t("Leave these years out") }],
    tempo: () => bounds(20, 400, i18n.t("From BPM"), i18n.t("To BPM")),
    energy: () => bounds(0, 1, i18n.t("From"), i18n.t("To"), 0.05),
    key: () => [{ name: "keys", type: "names", label: i18n.t("Keys"), note: i18n.t("8A, F#m. Several with commas.") }],
    genre: () => [{ name: "names", type: "names", label: i18n.t("Genres"), note: commas() }, { name: "not", type: "not", label: i18n.t("Leave these genres out") }],
    artist: () => [{ name: "names", type: "names", label: i18n.t("Artists"), note: commas() }, { name: "not", type: "not", label: i18n.t("Leave these artists out") }],
    duration: () => bounds(0.1, 1440, i18n.t("Minutes at least"), i18n.t("Minutes at most"), 0.1),
    format: () => [{ name: "names", type: "names", label: i18n.t("File types"), note: i18n.t("flac, mp3, opus. Several with commas.") }, { name: "not", type: "not", label: i18n.t("Leave these file types out") }],
    live: () => [yesNo(i18n.t("Only live"), i18n.t("Nothing live"))],
    liked: () => [yesNo(i18n.t("Only liked"), i18n.t("Nothing liked"))],
    explicit: () => [yesNo(i18n.t("Only explicit"), i18n.t("Nothing explicit"))],
    instrumental: () => [yesNo(i18n.t("Only instrumental"), i18n.t("Nothing instrumental"))],
    played: () => [yesNo(i18n.t("Played"), i18n.t("Not played")), { name: "days", type: "number", label: i18n.t("In the last days; empty for ever"), min: 1, max: 36_500, optional: true }],
    added: () => [{ name: "days", type: "number", label: i18n.t("In the last days"), min: 1, max: 36_500 }],
    rating: () => [{ name: "least", type: "number", label: i18n.t("Stars at least"), min: 1, max: 5 }],
    per_artist: () => [{ name: "most", type: "number", label: i18n.t("Tracks of one artist at most"), min: 1, max: 500 }],
    apart: () => [{ name: "tracks", type: "number", label: i18n.t("Tracks between two of one artist"), min: 0, max: 20 }],
  };
  return forms[kind]?.() ?? [];
}

const edge = (): readonly Input[] => [
  { name: "text", type: "text", label: i18n.t("In words"), note: i18n.t("“calm”, “dancing”"), optional: true },
  { name: "level", type: "number", label: i18n.t("Energy, 0 to 1"), min: 0, max: 1, step: 0.01, optional: true },
];
const bounds = (min: number, max: number, from: string, to: string, step = 1): readonly Input[] => [
  { name: "from", type: "number", label: from, min, max, step, optional: true },
  { name: "to", type: "number", label: to, min, max, step, optional: true },
];

/** What "+ Rule" offers, with the value that a new one begins with. */
export const fresh = (): readonly { kind: string; label: string; value: Piece["value"]; once?: true }[] => [
  { kind: "length", label: i18n.t("Length in minutes"), value: { minutes: 60 }, once: true },
  { kind: "length", label: i18n.t("Number of tracks"), value: { tracks: 20 }, once: true },
  { kind: "sound", label: i18n.t("Sound or mood"), value: { text: "" } },
  { kind: "from", label: i18n.t("Begins with"), value: { text: "" }, once: true },
  { kind: "to", label: i18n.t("Leads to"), value: { text: "" }, once: true },
  { kind: "like", label: i18n.t("Like an artist"), value: { text: "" } },
  { kind: "genre", label: i18n.t("Genre"), value: { names: [] } },
  { kind: "artist", label: i18n.t("Artist"), value: { names: [] } },
  { kind: "years", label: i18n.t("Years"), value: { ranges: [] } },
  { kind: "tempo", label: i18n.t("Tempo"), value: {}, once: true },
  { kind: "key", label: i18n.t("Key"), value: { keys: [] } },
  { kind: "energy", label: i18n.t("Energy"), value: {}, once: true },
  { kind: "duration", label: i18n.t("Length of each track"), value: {}, once: true },
  { kind: "format", label: i18n.t("File type"), value: { names: [] } },
  { kind: "live", label: i18n.t("Live recordings"), value: { is: false }, once: true },
  { kind: "explicit", label: i18n.t("Explicit words"), value: { is: false }, once: true },
  { kind: "instrumental", label: i18n.t("Instrumental"), value: { is: true }, once: true },
  { kind: "liked", label: i18n.t("Liked"), value: { is: true }, once: true },
  { kind: "played", label: i18n.t("Played"), value: { is: false }, once: true },
  { kind: "added", label: i18n.t("Recently added"), value: { days: 30 }, once: true },
  { kind: "rating", label: i18n.t("Rating"), value: { least: 4 }, once: true },
  { kind: "per_artist", label: i18n.t("Most per artist"), value: { most: 2 }, once: true },
  { kind: "apart", label: i18n.t("Artist spacing"), value: { tracks: 3 }, once: true },
  { kind: "start", label: i18n.t("Beginning"), value: { text: "" }, once: true },
  { kind: "end", label: i18n.t("End"), value: { text: "" }, once: true },
];

/** A value as the fields show it, and back. What a field leaves empty is not in the value. */
export function shown(input: Input, value: Piece["value"]): string {
  const own = value[input.name];
  if (input.type === "ranges") return Array.isArray(own) ? own.map((pair: unknown) => (Array.isArray(pair) ? (pair[0] === pair[1] ? String(pair[0]) : `${pair[0] ?? ""}-${pair[1] ?? ""}`) : "")).join(", ") : "";
  if (Array.isArray(own)) return own.join(", ");
  return own === undefined || own === null ? "" : String(own);
}

export function read(input: Input, text: string): unknown {
  const clean = text.trim();
  if (input.type === "names") return clean.split(",").map((one) => one.trim()).filter(Boolean);
  if (input.type === "ranges") return clean.split(",").map((one) => one.trim()).filter(Boolean).map(yearRange);
  if (clean === "") return undefined;
  return input.type === "number" ? Number(clean.replace(",", ".")) : clean;
}

function yearRange(text: string): (number | null)[] {
  const [from = "", to] = text.split(/\s*[-–]\s*/);
  const year = (word: string | undefined): number | null => (word ? Number(word) : null);
  return to === undefined ? [year(from), year(from)] : [year(from), year(to)];
}
