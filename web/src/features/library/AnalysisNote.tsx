import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { queries } from "@/shared/api/queries";
import { useUser } from "@/shared/api/session";
import { count, trackCount } from "@/shared/lib/format";

/** A thin line while tempo, key and energy of some tracks are still to come. */
export function AnalysisNote() {
  const user = useUser();
  const { data } = useQuery({ ...queries.analysis(), retry: false });
  if (!data || data.tracks === 0 || data.quick_done + data.failed >= data.tracks) return null;
  const numbers = { done: count(data.quick_done), all: trackCount(data.tracks) };
  const words = data.state === "paused" ? i18n.t("Tempo, key and energy: {done} of {all} measured, the rest is paused", numbers) : i18n.t("Tempo, key and energy: {done} of {all} measured so far", numbers);
  return <p className="t-12 t-3 num analysis-note">{user.role === "admin" ? <Link to="/admin/analysis">{words}</Link> : words}</p>;
}
