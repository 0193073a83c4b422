import { i18n } from "@lingui/core";
import type { Reason } from "@/shared/api/types";
import { keyName } from "./musicalKey";

/** The server's English about a question, in the reader's language. What is not known here stays as it is. */
type Say = readonly [RegExp, (...found: string[]) => string];

const words = (): Record<string, string> => ({
  tempo: i18n.t("fast"),
  "low tempo": i18n.t("slow"),
  "medium tempo": i18n.t("medium tempo"),
  energy: i18n.t("energetic"),
  "low energy": i18n.t("calm"),
  brightness: i18n.t("bright sound"),
  "low brightness": i18n.t("dark sound"),
  acousticness: i18n.t("sounds acoustic"),
  "low acousticness": i18n.t("sounds electric"),
  danceability: i18n.t("danceable"),
  "low danceability": i18n.t("hardly danceable"),
  loudness: i18n.t("loud"),
  "low loudness": i18n.t("quiet"),
  dynamics: i18n.t("dynamic"),
  "low dynamics": i18n.t("steady"),
  density: i18n.t("busy"),
  "low density": i18n.t("sparse"),
  mode: i18n.t("major key"),
  "low mode": i18n.t("minor key"),
  age: i18n.t("old"),
  "low age": i18n.t("new"),
  happy: i18n.t("happy"),
  sad: i18n.t("sad"),
  aggressive: i18n.t("aggressive"),
  relaxed: i18n.t("relaxed"),
  party: i18n.t("party"),
  acoustic: i18n.t("acoustic"),
  dark: i18n.t("dark"),
  dreamy: i18n.t("dreamy"),
  romantic: i18n.t("romantic"),
  tense: i18n.t("tense"),
  nostalgic: i18n.t("nostalgic"),
  warm: i18n.t("warm"),
  nocturnal: i18n.t("nocturnal"),
  gentle: i18n.t("gentle"),
  piano: i18n.t("piano"),
  guitar: i18n.t("guitar"),
  strings: i18n.t("strings"),
  brass: i18n.t("brass"),
  percussion: i18n.t("percussion"),
  voice: i18n.t("voice"),
  choir: i18n.t("choir"),
  instrumental: i18n.t("instrumental"),
});

const meanings: readonly Say[] = [
  [/^a name$/, () => i18n.t("a name")],
  [/^at most (\S+) BPM$/, (to) => i18n.t("at most {to} BPM", { to })],
  [/^at least (\S+) BPM$/, (from) => i18n.t("at least {from} BPM", { from })],
  [/^(\S+) to (\S+) BPM$/, (from, to) => i18n.t("{from}–{to} BPM", { from, to })],
  [/^before (\d+)$/, (year) => i18n.t("before {year}", { year })],
  [/^after (\d+)$/, (year) => i18n.t("after {year}", { year })],
  [/^(\d+) and later$/, (year) => i18n.t("{year} and later", { year })],
  [/^(\d+) to (\d+)$/, (from, to) => i18n.t("{from}–{to}", { from, to })],
  [/^keys that mix with (.+)$/, (key = "") => i18n.t("keys that mix with {key}", { key: keyName(key) })],
  [/^.+ (?:major|minor), (\d+[AB])$/, (place = "") => `${keyName(place)}, ${place}`],
  [/^not (.+)$/, (what = "") => i18n.t("not {what}", { what: listed(what) })],
];

const listed = (text: string): string =>
  text
    .split(", ")
    .map((word) => words()[word] ?? word)
    .join(", ");

/** What a word of the question was taken for. */
export function meaningText(text: string): string {
  for (const [pattern, say] of meanings) {
    const found = pattern.exec(text);
    if (found) return say(...found.slice(1));
  }
  return listed(text);
}

const sources = (): Record<string, string> => ({ "you say": i18n.t("you say"), "model hears": i18n.t("a model hears"), "model says": i18n.t("a model says") });
const value = (text = ""): string => new Intl.NumberFormat(i18n.locale, { minimumFractionDigits: 2 }).format(Number(text));

const found: readonly Say[] = [
  [/^name: (.+)$/, (name) => i18n.t("called {name}", { name })],
  [/^genre: (.+)$/, (name = "") => name],
  [/^not (.+): (.+)$/, (what, name) => i18n.t("not {what}, {name}", { what, name })],
  [/^year (\d+)$/, (year = "") => year],
  [/^old: (\d+)$/, (year) => i18n.t("old: {year}", { year })],
  [/^new: (\d+)$/, (year) => i18n.t("new: {year}", { year })],
  [/^energy (\S+)$/, (share) => i18n.t("energy {share}", { share: value(share) })],
  [/^energetic, energy: (\S+)$/, (share) => i18n.t("energetic, {share}", { share: value(share) })],
  [/^calm, energy: (\S+)$/, (share) => i18n.t("calm, energy {share}", { share: value(share) })],
  [/^fast: (.+)$/, (bpm) => i18n.t("fast, {bpm}", { bpm })],
  [/^slow: (.+)$/, (bpm) => i18n.t("slow, {bpm}", { bpm })],
  [/^medium tempo: (.+)$/, (bpm) => i18n.t("medium tempo, {bpm}", { bpm })],
  [/^bright sound: (\S+)$/, (share) => i18n.t("bright sound, {share}", { share: value(share) })],
  [/^dull sound: (\S+)$/, (share) => i18n.t("dark sound, {share}", { share: value(share) })],
  [/^danceable: (\S+)$/, (share) => i18n.t("danceable, {share}", { share: value(share) })],
  [/^hardly danceable: (\S+)$/, (share) => i18n.t("hardly danceable, {share}", { share: value(share) })],
  [/^sounds acoustic: (\S+)$/, (share) => i18n.t("sounds acoustic, {share}", { share: value(share) })],
  [/^sounds electric: (\S+)$/, (share) => i18n.t("sounds electric, {share}", { share: value(share) })],
  [/^loud: (.+)$/, (lufs = "") => i18n.t("loud, {lufs}", { lufs: lufs.replace("-", "−") })],
  [/^quiet: (.+)$/, (lufs = "") => i18n.t("quiet, {lufs}", { lufs: lufs.replace("-", "−") })],
  [/^dynamic: (.+)$/, (range) => i18n.t("dynamic, {range}", { range })],
  [/^steady: (.+)$/, (range) => i18n.t("steady, {range}", { range })],
  [/^busy: (\S+) onsets\/s$/, (rate) => i18n.t("busy, {rate} notes a second", { rate })],
  [/^sparse: (\S+) onsets\/s$/, (rate) => i18n.t("sparse, {rate} notes a second", { rate })],
  [/^(?:major|minor) key: (\S+)$/, (key = "") => keyName(key)],
  [/^.+ (?:major|minor) \((\d+[AB])\)$/, (place = "") => `${keyName(place)} (${place})`],
  [/^(\S+) in genre: (.+)$/, (what = "", name) => i18n.t("{what}, by its genre {name}", { what: listed(what), name })],
  [/^(\S+) in mood tag: (.+)$/, (what = "", name) => i18n.t("{what}, by its tag {name}", { what: listed(what), name })],
  [/^mood tag: (.+)$/, (name) => i18n.t("tagged {name}", { name })],
  [/^(\S+) (\d\.\d), (.+)$/, (mood = "", share, who = "") => `${listed(mood)} ${value(share)}, ${sources()[who] ?? who}`],
  [/^instrumental, by its tags$/, () => i18n.t("instrumental, by its tags")],
  [/^close in meaning: (\S+)$/, (share) => i18n.t("close in meaning, {share}", { share: value(share) })],
];

function foundText(text: string): string {
  for (const [pattern, say] of found) {
    const match = pattern.exec(text);
    if (match) return say(...match.slice(1));
  }
  return text;
}

/** Why a track answers a question. What another reason says as well ("73 BPM", "slow: 73 BPM") is said once. */
export const foundWords = (reasons: readonly Pick<Reason, "text">[], most = 3): string =>
  reasons
    .filter(({ text }, at) => !reasons.some((other, place) => place !== at && other.text !== text && other.text.includes(text)))
    .slice(0, most)
    .map(({ text }) => foundText(text))
    .join("\u2002·\u2002");
