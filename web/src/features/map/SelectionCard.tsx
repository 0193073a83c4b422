import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TrackItem } from "@/shared/api/types";
import { artistCount, count, span, trackCount } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { tracksAt } from "./api";
import { longestPlaylist, playChoice, queueChoice, saveChoice, type Choice } from "./verbs";

const looked = 500;
const shownCovers = 5;

/** Of a large choice only some tracks are looked at, spread over it. */
function sample(indexes: readonly number[]): number[] {
  if (indexes.length <= looked) return [...indexes];
  return Array.from({ length: looked }, (_, i) => indexes[Math.floor((i * indexes.length) / looked)] ?? 0);
}

function facts(tracks: readonly TrackItem[], whole: boolean): string[] {
  if (!whole) return [];
  const artists = new Set(tracks.flatMap((track) => track.artists.map((artist) => artist.id)));
  return [artistCount(artists.size), span(tracks.reduce((sum, track) => sum + track.duration_s, 0))];
}

/** What was caught with the lasso, or a whole region: how much it is, and what can be done with it. */
export function SelectionCard({ layout, choice, mayWrite, onClose }: { layout: number; choice: Choice; mayWrite: boolean; onClose: () => void }) {
  const { indexes } = choice;
  const { data } = useQuery({
    queryKey: ["map-choice", layout, indexes],
    queryFn: () => tracksAt(layout, sample(indexes)).then((tracks) => tracks.filter((track) => track !== null)),
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const [busy, setBusy] = useState<"play" | "save" | null>(null);
  const covers = [...new Map((data ?? []).filter((track) => track.cover_id).map((track) => [track.cover_id, track])).values()];
  const whole = choice.region !== undefined;
  const words = data ? facts(data, indexes.length <= looked) : [];
  const work = async (what: "play" | "save", run: Promise<void>): Promise<void> => {
    setBusy(what);
    await run;
    setBusy(null);
  };
  return (
    <section className="map-card" aria-label={i18n.t("Selection")}>
      <div className="row between">
        <div className="grow">
          <h2 className="h-20 cut">{whole ? choice.name : trackCount(indexes.length)}</h2>
          <p className="t-12 t-3 num">{(whole ? [trackCount(indexes.length), ...words] : words).join(" · ") || choice.name}</p>
        </div>
        <IconButton icon="close" label={i18n.t("Clear selection")} keys="Esc" onClick={onClose} />
      </div>
      <ul className="map-covers" aria-hidden="true">
        {Array.from({ length: shownCovers }, (_, i) => {
          const track = covers[i];
          if (data && !track) return null;
          return <li key={i}>{track ? <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id} eager /> : <span className="art" />}</li>;
        })}
        {data && covers.length > shownCovers && indexes.length <= looked && <li className="t-12 t-3 num">+{count(covers.length - shownCovers)}</li>}
      </ul>
      <div className="row map-acts">
        <Button kind="primary" icon="play" busy={busy === "play" && i18n.t("Loading")} onClick={() => void work("play", playChoice(layout, choice))}>
          {i18n.t("Play")}
        </Button>
        {mayWrite && (
          <Button busy={busy === "save" && i18n.t("Loading")} onClick={() => void work("save", saveChoice(layout, choice))}>
            {i18n.t("Make playlist")}
          </Button>
        )}
        <IconButton icon="shuffle" label={i18n.t("Shuffle")} onClick={() => void playChoice(layout, choice, true)} />
        <IconButton icon="queue" label={i18n.t("Add to queue")} onClick={() => void queueChoice(layout, choice)} />
      </div>
      {indexes.length > longestPlaylist && <p className="t-12 t-3">{i18n.t("A playlist takes the first {most} of these, the queue the first {some}.", { most: count(longestPlaylist), some: count(10_000) })}</p>}
    </section>
  );
}
