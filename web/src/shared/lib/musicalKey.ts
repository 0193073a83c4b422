import { i18n } from "@lingui/core";

/** Keys are shown in Camelot form ("8A"), because neighbours on that wheel mix; tags hold anything from "Am" to "Db minor" to "8A". */
const minor = ["Abm", "Ebm", "Bbm", "Fm", "Cm", "Gm", "Dm", "Am", "Em", "Bm", "F#m", "Dbm"];
const major = ["B", "F#", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E"];
const same: Record<string, string> = { "G#": "Ab", "D#": "Eb", "A#": "Bb", "C#": "Db", Gb: "F#", Cb: "B", Fb: "E", "E#": "F", "B#": "C" };

/** null where the text is no key. */
export function camelot(text: string): string | null {
  const wheel = /^(1[0-2]|[1-9])([ABab])$/.exec(text.trim());
  if (wheel) return `${wheel[1]}${wheel[2]?.toUpperCase()}`;
  const name = /^([A-Ga-g])([#♯b♭]?)\s*(m|min|minor|maj|major|dur|moll)?$/.exec(text.trim());
  if (!name) return null;
  const raw = `${name[1]?.toUpperCase()}${(name[2] ?? "").replace("♯", "#").replace("♭", "b")}`;
  const tonic = same[raw] ?? raw;
  const isMinor = /^(m|min|minor|moll)$/.test(name[3] ?? "");
  const place = isMinor ? minor.indexOf(`${tonic}m`) : major.indexOf(tonic);
  return place < 0 ? null : `${place + 1}${isMinor ? "A" : "B"}`;
}

export const shownKey = (text: string): string => camelot(text) ?? text;

/** Spelt out for each language: a German B is no English one. */
const minorNames = (): string[] => [
  i18n.t("G# minor"),
  i18n.t("Eb minor"),
  i18n.t("Bb minor"),
  i18n.t("F minor"),
  i18n.t("C minor"),
  i18n.t("G minor"),
  i18n.t("D minor"),
  i18n.t("A minor"),
  i18n.t("E minor"),
  i18n.t("B minor"),
  i18n.t("F# minor"),
  i18n.t("C# minor"),
];
const majorNames = (): string[] => [
  i18n.t("B major"),
  i18n.t("F# major"),
  i18n.t("Db major"),
  i18n.t("Ab major"),
  i18n.t("Eb major"),
  i18n.t("Bb major"),
  i18n.t("F major"),
  i18n.t("C major"),
  i18n.t("G major"),
  i18n.t("D major"),
  i18n.t("A major"),
  i18n.t("E major"),
];

/** "8A" -> "A minor"; what is no key stays as it is. */
export function keyName(text: string): string {
  const place = camelot(text);
  if (!place) return text;
  return (place.endsWith("A") ? minorNames() : majorNames())[Number.parseInt(place, 10) - 1] ?? text;
}

/** Every key in the order of the wheel, minor first. */
export const wheel: readonly string[] = ["A", "B"].flatMap((letter) => Array.from({ length: 12 }, (_, i) => `${i + 1}${letter}`));
