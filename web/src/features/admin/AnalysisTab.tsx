import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/shared/api/client";
import { queries } from "@/shared/api/queries";
import type { AnalysisStatus } from "@/shared/api/types";
import { count, trackCount } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { AnalysisFailures } from "./AnalysisFailures";
import { AnalysisHours } from "./AnalysisHours";
import { AnalysisRedo } from "./AnalysisRedo";
import { paceWords, stateWords } from "./analysisWords";
import { admin, problemText } from "./api";
import { Progress } from "./Progress";

function Pass({ name, note, done, status, pace }: { name: string; note: string; done: number; status: AnalysisStatus; pace: string | false }) {
  const most = status.tracks - status.failed;
  const whole = done >= most && most > 0;
  return (
    <li className="job pass">
      <span className="cut">
        <b>{name}</b>
        <small>{note}</small>
      </span>
      {whole ? (
        <span className="done">
          <Icon name="check" size="s" />
          {i18n.t("Done")}
        </span>
      ) : (
        <Progress label={name} value={most > 0 ? done / most : 0} />
      )}
      <span className="num pass-count">
        <span className="t-2">{i18n.t("{done} of {all}", { done: count(done), all: trackCount(most) })}</span>
        {pace && <small>{pace}</small>}
      </span>
    </li>
  );
}

/** How far listening to the library is, and what can be done about it. */
export default function AnalysisTab() {
  const client = useQueryClient();
  const { data: status, error, isPending, refetch } = useQuery(admin.analysis());
  const [busy, setBusy] = useState(false);
  if (isPending) return <SkeletonRows count={4} />;
  if (!status) return <ErrorState what={i18n.t("The analysis does not answer")} error={error} onRetry={() => void refetch()} />;

  const steer = async (change: object): Promise<void> => {
    setBusy(true);
    try {
      client.setQueryData(queries.analysis().queryKey, await api.patch<AnalysisStatus>("analysis", change));
    } catch (fault) {
      toast({ text: problemText(fault) });
    }
    setBusy(false);
  };
  const { title, note } = stateWords(status);
  const pace = paceWords(status);
  const off = status.reason === "off";
  // Paused for good is not the same as resting between hours.
  const paused = status.state === "paused" || status.reason === "paused";
  const inQuick = status.stage === "quick" || status.stage === "whole";
  const inFull = status.stage === "full" || status.stage === "whole";
  return (
    <>
      <section className="sect analysis-now" aria-labelledby="analysis-state">
        <div className="row between">
          <div>
            <h2 className="h-20" id="analysis-state">
              {title}
            </h2>
            <p className="t-2">{note}</p>
          </div>
          {!off && (
            <Button icon={paused ? "play" : "pause"} aria-disabled={busy || undefined} onClick={() => !busy && void steer({ paused: !paused })}>
              {paused ? i18n.t("Go on") : i18n.t("Pause")}
            </Button>
          )}
        </div>
        <ul className="passes">
          <Pass name={i18n.t("First pass")} note={i18n.t("tempo, sound, a first key: from the middle of each track")} done={status.quick_done} status={status} pace={inQuick && pace} />
          <Pass name={i18n.t("Second pass")} note={i18n.t("loudness, the final key, beginning and end: from whole tracks")} done={status.full_done} status={status} pace={inFull && pace} />
        </ul>
        <p className="t-12 t-3 num">
          {[
            i18n.t("{n, plural, one {# worker} other {# workers}}", { n: status.workers }),
            status.analysers.length > 0 && i18n.t("measured by {names}", { names: status.analysers.join(", ") }),
            status.failed > 0 && i18n.t("{n, plural, one {# track cannot be measured} other {# tracks cannot be measured}}", { n: status.failed }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <p className="sr" role="status">
          {title}
        </p>
      </section>
      <AnalysisHours hours={status.hours} onChange={(hours) => steer({ hours })} />
      <AnalysisRedo tracks={status.tracks} />
      <AnalysisFailures failed={status.failed} />
    </>
  );
}
