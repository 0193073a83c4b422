import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/shared/api/client";
import { usePages } from "@/shared/hooks/usePages";
import type { Id, MissingTrack } from "@/shared/api/types";
import { count, moment } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { admin } from "./api";

export default function MissingTab() {
  const client = useQueryClient();
  const { items, error, isPending, refetch, hasNextPage, isFetchingNextPage, more } = usePages<MissingTrack, readonly unknown[]>(admin.missing());
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set());
  const [asking, setAsking] = useState<"some" | "all" | null>(null);
  if (isPending) return <SkeletonRows count={8} />;
  if (error && items.length === 0) return <ErrorState what={i18n.t("The missing tracks could not be loaded")} error={error} onRetry={() => void refetch()} />;
  if (items.length === 0) {
    return (
      <EmptyState icon="check" title={i18n.t("Nothing is missing")}>
        {i18n.t("When a file disappears, its track is hidden and listed here. It comes back by itself with the file, with its likes and plays.")}
      </EmptyState>
    );
  }
  const here = items.filter((track) => chosen.has(track.id));
  const allHere = here.length === items.length;
  const toggle = (id: Id): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const purge = async (): Promise<void> => {
    const { purged } = await api.post<{ purged: number }>("missing-tracks/purge", { ids: asking === "all" ? "all" : here.map((track) => track.id) });
    setChosen(new Set());
    await client.invalidateQueries({ queryKey: ["missing-tracks"] });
    toast({ text: i18n.t("{n, plural, one {# track is} other {# tracks are}} forgotten", { n: purged }) });
  };
  return (
    <section className="sect" aria-label={i18n.t("Missing tracks")}>
      <p className="about">{i18n.t("Their files are gone. They come back with the file; forgetting them also forgets their likes, plays and places in playlists.")}</p>
      <div className="row between adm-tools">
        <label className="check">
          <input type="checkbox" checked={allHere} onChange={() => setChosen(allHere ? new Set() : new Set(items.map((track) => track.id)))} />
          <span>{here.length > 0 ? i18n.t("{n} selected", { n: count(here.length) }) : i18n.t("Select all")}</span>
        </label>
        <span className="row">
          <Button kind="danger" disabled={here.length === 0} onClick={() => setAsking("some")}>
            {i18n.t("Forget selected")}
          </Button>
          <Button kind="danger" onClick={() => setAsking("all")}>
            {i18n.t("Forget all")}
          </Button>
        </span>
      </div>
      <ul>
        {items.map((track) => (
          <li key={track.id}>
            <label className="lrow check">
              <input type="checkbox" checked={chosen.has(track.id)} onChange={() => toggle(track.id)} />
              <span className="bad-what">
                <b>{[track.title, track.artist].filter(Boolean).join(", ")}</b>
                <small>{track.path ?? i18n.t("Path unknown")}</small>
              </span>
              <span className="t-3 t-12 num">{i18n.t("gone {when}", { when: moment(track.missing_at) })}</span>
            </label>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button kind="quiet" busy={isFetchingNextPage && i18n.t("Loading")} onClick={more}>
          {i18n.t("Show more")}
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          title={asking === "all" ? i18n.t("Forget all missing tracks?") : i18n.t("Forget {n, plural, one {# track} other {# tracks}}?", { n: here.length })}
          about={i18n.t("Their likes, ratings, plays and places in playlists go with them. This cannot be undone. No file is touched.")}
          verb={i18n.t("Forget")}
          working={i18n.t("Forgetting")}
          onConfirm={purge}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}
