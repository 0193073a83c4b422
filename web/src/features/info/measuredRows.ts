import { i18n } from "@lingui/core";
import type { MeasuredValues, TrackAnalysis } from "@/shared/api/types";
import { sourceWords, sureWords } from "@/shared/lib/confidence";
import { camelot, keyName } from "@/shared/lib/musicalKey";
import type { FactRow } from "./facts";

const number = (value: number, digits = 0): string => new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: digits }).format(value).replace("-", "−");
export const bpmText = (bpm: number): string => i18n.t("{bpm} BPM", { bpm: number(bpm, 1) });
/** "8A A minor" of whatever way a key is written. */
export const keyText = (key: string): string => {
  const place = camelot(key);
  return place ? `${keyName(place)} (${place})` : key;
};

/** The octaves above and below are heard as well: which one is meant is a matter of taste. */
function otherOctave(measured: MeasuredValues | null): string | null {
  if (!measured?.bpm || !measured.bpm_alt) return null;
  return i18n.t("could also be {bpm}", { bpm: bpmText(measured.bpm_alt) });
}

export function tempoNotes({ effective, measured, tags, edits }: TrackAnalysis): string[] {
  const notes = [sourceWords(effective.bpm_source, measured?.bpm_confidence ?? null)];
  if (effective.bpm_source === "user" && edits?.edited_by) notes[0] = i18n.t("corrected by {name}", { name: edits.edited_by });
  if (effective.bpm_source !== "measured" && measured?.bpm) notes.push(i18n.t("measured {bpm}, {sure}", { bpm: bpmText(measured.bpm), sure: sureWords(measured.bpm_confidence) }));
  notes.push(otherOctave(measured));
  if (effective.bpm_source !== "tag" && tags.bpm) notes.push(i18n.t("the tag says {bpm}", { bpm: bpmText(tags.bpm) }));
  return notes.filter((note) => note !== null);
}

export function keyNotes({ effective, measured, tags, edits }: TrackAnalysis): string[] {
  const notes = [sourceWords(effective.key_source, measured?.key_strength ?? null)];
  if (effective.key_source === "user" && edits?.edited_by) notes[0] = i18n.t("corrected by {name}", { name: edits.edited_by });
  if (effective.key_source !== "measured" && measured?.key) notes.push(i18n.t("measured {key}, {sure}", { key: keyText(measured.key), sure: sureWords(measured.key_strength) }));
  if (measured?.key_alt) notes.push(i18n.t("could also be {key}", { key: keyText(measured.key_alt) }));
  if (measured?.key_window === "excerpt") notes.push(i18n.t("a first key, from the middle of the track"));
  if (effective.key_source !== "tag" && tags.key) notes.push(i18n.t("the tag says {key}", { key: keyText(tags.key) }));
  return notes.filter((note) => note !== null);
}

const share = (value: number | null): Pick<FactRow, "value" | "share"> => (value === null ? { value: null } : { value: number(value * 100), share: value });
const seconds = (value: number | null): string | null => (value === null ? null : i18n.t("{value} s", { value: number(value, 1) }));

export const soundRows = (m: MeasuredValues): FactRow[] => [
  { name: i18n.t("Energy"), ...share(m.energy) },
  { name: i18n.t("Danceability"), ...share(m.danceability) },
  { name: i18n.t("Brightness"), ...share(m.brightness) },
  { name: i18n.t("Steady beat"), ...share(m.bpm_stability) },
  { name: i18n.t("Onsets"), value: m.onset_rate !== null && i18n.t("{n} a second", { n: number(m.onset_rate, 1) }) },
  { name: i18n.t("Changes of level"), value: m.dynamic_complexity !== null && i18n.t("{value} dB", { value: number(m.dynamic_complexity, 1) }) },
  { name: i18n.t("Tuning"), value: m.tuning_cents !== null && (Math.abs(m.tuning_cents) < 0.5 ? i18n.t("A = 440 Hz") : i18n.t("{hz} Hz ({cents} cents)", { hz: number(440 * 2 ** (m.tuning_cents / 1200), 1), cents: new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 0, signDisplay: "exceptZero" }).format(m.tuning_cents).replace("-", "−") })) },
];

/** What only hints at a quality is never shown as the quality. */
export const guessRows = (m: MeasuredValues): FactRow[] => [
  { name: i18n.t("Acoustic"), ...share(m.acousticness_proxy) },
  { name: i18n.t("Cheerful"), ...share(m.valence_proxy), note: m.valence_confidence === null ? undefined : sureWords(m.valence_confidence) },
];

export const loudnessRows = (m: MeasuredValues): FactRow[] => [
  { name: i18n.t("Overall"), value: m.lufs_i !== null && i18n.t("{value} LUFS", { value: number(m.lufs_i, 1) }) },
  { name: i18n.t("Range"), value: m.lra !== null && i18n.t("{value} LU", { value: number(m.lra, 1) }) },
  { name: i18n.t("True peak"), value: m.true_peak_dbtp !== null && i18n.t("{value} dBTP", { value: number(m.true_peak_dbtp, 1) }) },
  { name: i18n.t("Sample peak"), value: m.sample_peak_dbfs !== null && i18n.t("{value} dBFS", { value: number(m.sample_peak_dbfs, 1) }) },
];

export const shapeRows = (m: MeasuredValues): FactRow[] => [
  { name: i18n.t("Silence before"), value: (m.silence_head_s ?? 0) >= 0.05 && seconds(m.silence_head_s) },
  { name: i18n.t("Intro ends at"), value: (m.intro_end_s ?? 0) > 0 && seconds(m.intro_end_s) },
  { name: i18n.t("Outro begins at"), value: seconds(m.outro_start_s) },
  { name: i18n.t("Silence after"), value: (m.silence_tail_s ?? 0) >= 0.05 && seconds(m.silence_tail_s) },
];

export function stateNote({ state, problem, detail }: TrackAnalysis): string | null {
  if (state === "pending") return i18n.t("The server has not listened to this track yet.");
  if (state === "partly") return i18n.t("Heard in part so far: the rest follows in a second pass.");
  if (state === "failed") return i18n.t("This file cannot be measured: {why}", { why: detail ?? problem ?? "" });
  return null;
}
