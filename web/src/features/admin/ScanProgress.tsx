import { i18n } from "@lingui/core";
import type { Library, Scan } from "@/shared/api/types";
import { count } from "@/shared/lib/format";
import { Progress } from "./Progress";
import { scanCounts } from "./words";

/** One running scan: how far, and what was found so far. */
export function ScanProgress({ scan, library }: { scan: Scan; library: Library | undefined }) {
  const queued = scan.state === "queued";
  const files = Math.max(scan.files, scan.seen);
  return (
    <li className="job">
      <span className="cut">
        <b className="cut">{i18n.t("Reading {name}", { name: library?.name ?? "" })}</b>
        <small className="cut num">
          {queued ? i18n.t("Waits for its turn") : files > 0 ? i18n.t("{seen} of {files} files", { seen: count(scan.seen), files: count(files) }) : i18n.t("Looking for music")}
        </small>
      </span>
      <Progress label={i18n.t("Reading {name}", { name: library?.name ?? "" })} value={queued || files === 0 ? null : scan.seen / files} />
      <span className="t-2 num job-end">{!queued && files > 0 && scanCounts(scan)}</span>
    </li>
  );
}
