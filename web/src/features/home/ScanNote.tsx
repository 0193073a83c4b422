import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { queries } from "@/shared/api/queries";
import { count } from "@/shared/lib/format";

/** A thin line while music is being read; the page stays usable. */
export function ScanNote() {
  const { data } = useQuery({ ...queries.currentScans(), retry: false });
  const scan = data?.find((one) => !one.finished_at);
  if (!scan) return null;
  const files = Math.max(scan.files, scan.seen);
  return (
    <p className="t-12 t-3 num scan-note" role="status">
      {files > 0 ? i18n.t("Reading your music: {seen} of {files} files", { seen: count(scan.seen), files: count(files) }) : i18n.t("Looking for music")}
    </p>
  );
}
