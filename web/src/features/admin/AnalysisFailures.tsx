import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/shared/api/client";
import type { AnalysisFailure, Id } from "@/shared/api/types";
import { usePages } from "@/shared/hooks/usePages";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { ErrorState } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { problemWords } from "./analysisWords";
import { admin, problemText } from "./api";

/** Tracks whose files cannot be measured, and why. They play all the same, if they can. */
export function AnalysisFailures({ failed }: { failed: number }) {
  const client = useQueryClient();
  const { items, error, refetch, hasNextPage, isFetchingNextPage, more } = usePages<AnalysisFailure, readonly unknown[]>(admin.failures());
  const [asked, setAsked] = useState<ReadonlySet<Id>>(new Set());
  useEffect(() => void client.invalidateQueries({ queryKey: admin.failures().queryKey }), [client, failed]);
  const again = async (ids: readonly Id[]): Promise<void> => {
    setAsked(new Set([...asked, ...ids]));
    try {
      await api.post("analysis/start", { force: true, track_ids: ids });
      await client.invalidateQueries({ queryKey: ["analysis"] });
    } catch (fault) {
      setAsked(new Set([...asked].filter((id) => !ids.includes(id))));
      toast({ text: problemText(fault) });
    }
  };
  if (failed === 0 && items.length === 0 && !error) return null;
  return (
    <section className="sect" aria-labelledby="analysis-failures">
      <header>
        <h2 className="h-20" id="analysis-failures">
          {i18n.t("{n, plural, one {# track cannot be measured} other {# tracks cannot be measured}}", { n: failed })}
        </h2>
        {items.length > 1 && (
          <Button kind="quiet" size="s" onClick={() => void again(items.map((item) => item.track.id))}>
            {i18n.t("Try all again")}
          </Button>
        )}
      </header>
      {error && items.length === 0 && <ErrorState what={i18n.t("The list could not be loaded")} error={error} onRetry={() => void refetch()} />}
      <ul>
        {items.map(({ track, problem, detail }) => (
          <li key={track.id} className="lrow bad">
            <Icon name="warn" />
            <span className="bad-what">
              <b>{track.title}</b>
              <small>{[track.artist, track.album].filter(Boolean).join(", ")}</small>
              <small>{[problemWords(problem), detail].filter(Boolean).join(": ")}</small>
            </span>
            <span className="lrow-act">
              {asked.has(track.id) ? (
                <span className="t-2 t-12">{i18n.t("Asked for")}</span>
              ) : (
                <Button kind="quiet" size="s" onClick={() => void again([track.id])}>
                  {i18n.t("Try again")}
                  <span className="sr"> {track.title}</span>
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button kind="quiet" busy={isFetchingNextPage && i18n.t("Loading")} onClick={more}>
          {i18n.t("Show more")}
        </Button>
      )}
    </section>
  );
}
