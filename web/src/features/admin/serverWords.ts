import { i18n } from "@lingui/core";
import type { SyncCounts, SyncRun } from "@/shared/api/types";
import { count } from "@/shared/lib/format";

export const kindName = (kind: string): string => (kind === "navidrome" ? "Navidrome" : "OpenSubsonic");

/** What a sync did to songs, as words; only what happened. */
export function syncCounts(counts: SyncCounts): string {
  const parts = [
    counts.added > 0 && i18n.t("{n} new", { n: count(counts.added) }),
    counts.updated > 0 && i18n.t("{n} changed", { n: count(counts.updated) }),
    counts.joined > 0 && i18n.t("{n} also in a folder here", { n: count(counts.joined) }),
    counts.removed > 0 && i18n.t("{n} missing", { n: count(counts.removed) }),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(", ") : i18n.t("nothing new");
}

export function runState(run: SyncRun): string {
  switch (run.state) {
    case "running":
      return run.step === "people" ? i18n.t("Comparing likes, plays and playlists") : i18n.t("Reading songs");
    case "cancelling":
      return i18n.t("Stopping");
    case "unchanged":
      return i18n.t("nothing new");
    case "postponed":
      return i18n.t("put off: the server was scanning");
    case "cancelled":
      return i18n.t("Cancelled");
    case "failed":
      return run.error ?? i18n.t("Failed");
    default:
      return syncCounts(run.counts);
  }
}

export const runReason = (run: SyncRun): string =>
  ({ setup: i18n.t("new server"), manual: i18n.t("by hand"), timer: i18n.t("by timer"), command: i18n.t("by command") })[run.reason] ?? run.reason;

export const actionName = (action: string): string =>
  ({
    added: i18n.t("New"),
    updated: i18n.t("Changed"),
    joined: i18n.t("Same track as a file here"),
    returned: i18n.t("Back again"),
    removed: i18n.t("Missing"),
    unmatched: i18n.t("Resembles a file here"),
  })[action] ?? action;

/** The tallies of one person's field: what came, what went. */
export function tallyWords(tally: { taken?: number; sent?: number; waiting?: number; unmatched?: number } | undefined): string | null {
  if (!tally) return null;
  const parts = [
    tally.taken ? i18n.t("{n} taken over", { n: count(tally.taken) }) : null,
    tally.sent ? i18n.t("{n} sent", { n: count(tally.sent) }) : null,
    tally.waiting ? i18n.t("{n} waiting", { n: count(tally.waiting) }) : null,
    tally.unmatched ? i18n.t("{n} not found here", { n: count(tally.unmatched) }) : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(", ") : null;
}
