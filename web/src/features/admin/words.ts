import { i18n } from "@lingui/core";
import type { Job, Role, Scan } from "@/shared/api/types";
import { count } from "@/shared/lib/format";

/** The server's words for machines, as words for people. What is not known here is shown as it is. */
export const roleNames = (): { value: Role; label: string }[] => [
  { value: "user", label: i18n.t("Listener") },
  { value: "admin", label: i18n.t("Administrator") },
  { value: "guest", label: i18n.t("Guest") },
];
export const roleName = (role: Role): string => roleNames().find((one) => one.value === role)?.label ?? role;

const jobNames = (): Record<string, string> => ({
  scan: i18n.t("Read a library"),
  "scan.all": i18n.t("Look at all libraries"),
  "artwork.palettes": i18n.t("Colours of covers"),
  "sound.measure": i18n.t("Waveform of a track"),
  "lyrics.find": i18n.t("Look for lyrics"),
  analysis: i18n.t("Listen to the music"),
  "analysis.run": i18n.t("Listen to the music"),
  embed: i18n.t("Put tracks into words"),
  map: i18n.t("Draw the map"),
  "map.draw": i18n.t("Draw the map"),
  "moods.listen": i18n.t("Hear moods with the model"),
  "moods.read": i18n.t("Read moods with the model"),
  "remote.sync": i18n.t("Sync with a music server"),
  "remote.all": i18n.t("Look at all music servers"),
  "remote.scrobble": i18n.t("Send plays to music servers"),
  servers: i18n.t("Look at all music servers"),
  plays: i18n.t("Send plays to music servers"),
  retention: i18n.t("Clear old records"),
});
export const jobName = (job: Pick<Job, "name">): string => jobNames()[job.name] ?? job.name;

export const timerName = (name: string): string => (name === "scan" ? i18n.t("Look for new music") : (jobNames()[name] ?? name));

const scanReasons = (): Record<string, string> => ({
  start: i18n.t("at start"),
  setup: i18n.t("new folder"),
  manual: i18n.t("by hand"),
  timer: i18n.t("by timer"),
  watch: i18n.t("files changed"),
  watcher: i18n.t("files changed"),
});
export const scanReason = (scan: Scan): string => (scan.reason ? (scanReasons()[scan.reason] ?? scan.reason) : "");

export function scanCounts(scan: Scan): string {
  const parts = [
    scan.added > 0 && i18n.t("{n} new", { n: count(scan.added) }),
    scan.updated > 0 && i18n.t("{n} changed", { n: count(scan.updated) }),
    scan.missing > 0 && i18n.t("{n} missing", { n: count(scan.missing) }),
    scan.broken > 0 && i18n.t("{n} broken", { n: count(scan.broken) }),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : i18n.t("nothing changed");
}

export function took(from: string | null, to: string | null): string | null {
  if (!from || !to) return null;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  const number = (value: number, digits: number): string => new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: digits }).format(value);
  if (seconds < 0.1) return i18n.t("under {s} s", { s: number(0.1, 1) });
  if (seconds < 60) return i18n.t("{s} s", { s: number(seconds, seconds < 10 ? 1 : 0) });
  return i18n.t("{m} min", { m: number(seconds / 60, 0) });
}

export interface BrokenReason {
  title: string;
  todo: string;
}
const brokenReasons = (): Record<string, BrokenReason> => ({
  empty: { title: i18n.t("Empty files"), todo: i18n.t("The copy or the download broke off. Fetch the file again, or delete it.") },
  truncated: { title: i18n.t("Cut short"), todo: i18n.t("The file ends in the middle. It may play up to there; a fresh copy mends it.") },
  not_audio: { title: i18n.t("No music in them"), todo: i18n.t("The name says music, the content is something else. Rename or remove the file.") },
  bad_tags: { title: i18n.t("Damaged tags"), todo: i18n.t("Open the file in a tag editor and write its tags anew.") },
  unreadable: { title: i18n.t("Not readable"), todo: i18n.t("Check owner and permissions on the server, and that the disk is sound.") },
  outside: { title: i18n.t("Outside the library"), todo: i18n.t("The link leads out of the folder. Add the place it leads to as its own library.") },
  loop: { title: i18n.t("Links in a circle"), todo: i18n.t("The link leads back to a folder above it. Remove the link.") },
});
export const brokenReason = (reason: string): BrokenReason => brokenReasons()[reason] ?? { title: reason, todo: "" };
