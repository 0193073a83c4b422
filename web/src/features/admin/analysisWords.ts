import { i18n } from "@lingui/core";
import type { AnalysisStatus } from "@/shared/api/types";
import { span } from "@/shared/lib/format";

/** What is measured together, as one can ask for it again. */
export const groups = (): { value: string; label: string; note: string }[] => [
  { value: "tempo", label: i18n.t("Tempo"), note: i18n.t("BPM, beats, how many notes begin in a second") },
  { value: "key", label: i18n.t("Key"), note: i18n.t("key, second choice, tuning") },
  { value: "timbre", label: i18n.t("Sound"), note: i18n.t("energy, danceability, brightness, what sounds alike") },
  { value: "loudness", label: i18n.t("Loudness"), note: i18n.t("loudness, range, peaks, beginning and end") },
];

export function stateWords({ state, reason, hours, tracks }: AnalysisStatus): { title: string; note: string } {
  if (reason === "off") return { title: i18n.t("Turned off"), note: i18n.t("The configuration of the server says so. What was measured stays.") };
  if (state === "paused") return { title: i18n.t("Paused"), note: i18n.t("Nothing new is measured until you let it go on.") };
  if (state === "running") return { title: i18n.t("Listening"), note: i18n.t("It keeps out of the way: low priority, one thread a worker.") };
  if (state === "waiting" && reason === "hours") return { title: i18n.t("Waits for its hours"), note: hours ? i18n.t("It goes on at {from}.", { from: hours.from }) : "" };
  if (state === "waiting") return { title: i18n.t("Waits for its turn"), note: i18n.t("It starts when other jobs leave room.") };
  return tracks === 0 ? { title: i18n.t("Nothing to do"), note: i18n.t("There are no tracks yet.") } : { title: i18n.t("Done"), note: i18n.t("New tracks are listened to after every scan.") };
}

/** "35 tracks a minute, about 2 h 10 min left", as far as it is known. */
export function paceWords({ per_minute, eta_s, state }: AnalysisStatus): string {
  if (state !== "running") return "";
  const number = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: (per_minute ?? 0) < 10 ? 1 : 0 });
  return [per_minute !== null && i18n.t("{n} tracks a minute", { n: number.format(per_minute) }), eta_s !== null && i18n.t("about {time} left", { time: span(Math.max(eta_s, 1)) })].filter(Boolean).join(", ");
}

const problems = (): Record<string, string> => ({
  crashed: i18n.t("Hearing it ended the worker"),
  empty: i18n.t("The file is empty"),
  missing: i18n.t("The file was not there"),
  no_audio_stream: i18n.t("There is no sound in the file"),
  no_sound: i18n.t("The sound could not be read"),
  not_audio: i18n.t("It is not music"),
  out_of_memory: i18n.t("It needs more memory than there is"),
  timeout: i18n.t("It took too long"),
  too_long: i18n.t("It is too long"),
  too_short: i18n.t("It is too short"),
  truncated: i18n.t("It ends in the middle"),
  undecodable: i18n.t("The sound could not be read"),
  unreadable: i18n.t("The file could not be opened"),
});
export const problemWords = (problem: string): string => problems()[problem] ?? problem;
