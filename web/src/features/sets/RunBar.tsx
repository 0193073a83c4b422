import { i18n } from "@lingui/core";
import { Icon } from "@/shared/ui/Icon";
import type { Arranging } from "./useArrange";

/** How the search stands; and why one failed. */
export function RunBar({ arranging: { running, cutOff, run, fault } }: { arranging: Arranging }) {
  if (!running && fault) {
    return (
      <p className="note dj-run-note" role="alert">
        <Icon name="warn" />
        {fault}
      </p>
    );
  }
  if (!running) return null;
  const percent = Math.round((run?.progress ?? 0) * 100);
  return (
    <div className="dj-run">
      <div className="dj-run-bar" role="progressbar" aria-label={i18n.t("Search for an order")} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
        <i style={{ width: `${percent}%` }} />
      </div>
      <p className="t-12 t-2 num" role="status">
        {words(run, cutOff)}
      </p>
    </div>
  );
}

function words(run: Arranging["run"], cutOff: boolean): string {
  if (cutOff) return i18n.t("The server does not answer. Asking again…");
  if (run?.state === "waiting") return i18n.t("Waiting until another search is done");
  const score = run?.best_score ?? null;
  if (run === null || score === null) return i18n.t("Comparing the tracks of the pool");
  return i18n.t("{percent} %, best average joint so far {score}, {seconds} s", { percent: Math.round(run.progress * 100), score, seconds: Math.round(run.seconds) });
}
