import { i18n } from "@lingui/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { TrackFinder } from "@/media/TrackFinder";
import { api } from "@/shared/api/client";
import type { SimilarTracks, TrackItem } from "@/shared/api/types";
import { trackCount } from "@/shared/lib/format";
import { Chip } from "@/shared/ui/controls";
import { Dialog } from "@/shared/ui/Dialog";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { Chosen, FoundActions, FoundList } from "./Found";
import { closeSonic, type SonicRequest } from "./requests";
import "./similar.css";

const most = 30;
const mostChosen = 50;

/** "Like A and B, not like C": tracks near the first and far from the second. */
export default function BlendDialog({ request }: { request: Extract<SonicRequest, { kind: "blend" }> }) {
  const [like, setLike] = useState<readonly TrackItem[]>(request.like);
  const [unlike, setUnlike] = useState<readonly TrackItem[]>([]);
  const [once, setOnce] = useState(false);
  const body = { like: like.map((track) => track.id), unlike: unlike.map((track) => track.id), limit: most, per_artist: once ? 1 : null };
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    queryKey: ["sonic-blend", body],
    queryFn: ({ signal }) => api.post<SimilarTracks>("sonic/blend", body, { signal }),
    enabled: like.length > 0,
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
  });
  const items = like.length > 0 ? (data?.items ?? []) : [];
  const name = i18n.t("Like {names}", { names: new Intl.ListFormat(i18n.locale).format(like.slice(0, 3).map((track) => track.title)) });
  const taken = [...body.like, ...body.unlike];
  const without = (tracks: readonly TrackItem[], one: TrackItem): TrackItem[] => tracks.filter((track) => track.id !== one.id);
  const not = (track: TrackItem): void => setUnlike([...without(unlike, track), track]);
  const full = taken.length >= mostChosen;
  return (
    <Dialog open onClose={closeSonic} wide title={i18n.t("Blend")} about={i18n.t("Tracks that sound like these, and not like those.")}>
      <div className="sonic">
        <div className="sonic-ask">
          <h3 className="t-12 t-2 w5">{i18n.t("Like")}</h3>
          <ul className="sonic-tracks">
            {like.map((track) => (
              <li key={track.id}>
                <Chosen track={track} onRemove={() => setLike(without(like, track))} removeLabel={i18n.t("Without {title}", { title: track.title })} />
              </li>
            ))}
          </ul>
          {!full && <TrackFinder label={i18n.t("Also like…")} without={taken} onPick={(track) => setLike([...like, track])} />}
          <h3 className="t-12 t-2 w5">{i18n.t("Not like")}</h3>
          <ul className="sonic-tracks">
            {unlike.map((track) => (
              <li key={track.id}>
                <Chosen track={track} onRemove={() => setUnlike(without(unlike, track))} removeLabel={i18n.t("Without {title}", { title: track.title })} />
              </li>
            ))}
          </ul>
          {!full && <TrackFinder label={i18n.t("Not like…")} without={taken} onPick={not} />}
          <div className="chips">
            <Chip pressed={once} onClick={() => setOnce(!once)}>
              {i18n.t("Each artist once")}
            </Chip>
          </div>
        </div>
        <div className="sonic-answer">
          {like.length === 0 && <p className="t-3 sonic-none">{i18n.t("Choose at least one track to go by.")}</p>}
          {like.length > 0 && error && <ErrorState what={i18n.t("Nothing could be blended")} error={error} onRetry={() => void refetch()} />}
          {like.length > 0 && !error && !data && <SkeletonRows count={6} />}
          {like.length > 0 && !error && data && (
            <>
              {data.note && <p className="t-12 t-2 sonic-note">{data.note}</p>}
              {items.length === 0 ? (
                <EmptyState icon="wand" title={i18n.t("Nothing sounds like that")}>
                  {i18n.t("Take a track away, or let the server listen to more of the library.")}
                </EmptyState>
              ) : (
                <FoundList label={i18n.t("What sounds like that")} items={items} name={name} late={isFetching && isPlaceholderData} onLess={not} />
              )}
            </>
          )}
          <p className="sr" role="status">
            {data && !isPlaceholderData && trackCount(items.length)}
          </p>
        </div>
      </div>
      <FoundActions tracks={items.map((item) => item.track)} name={name} onDone={closeSonic} />
    </Dialog>
  );
}
