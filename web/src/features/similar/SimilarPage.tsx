import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { addToQueue, playTracks } from "@/media/play";
import { addToPlaylist } from "@/media/playlists";
import { TrackList } from "@/media/TrackList";
import type { TrackColumn } from "@/media/trackColumns";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import { useUser } from "@/shared/api/session";
import { trackItemQuery } from "@/shared/api/trackItems";
import type { Id, SimilarTracks, TrackItem } from "@/shared/api/types";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { trackCount } from "@/shared/lib/format";
import { reasonWords } from "@/shared/lib/reasons";
import { Button, IconButton } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { Cover } from "@/shared/ui/Cover";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { openSonic } from "./requests";
import "./similar.css";

const route = getRouteApi("/inside/app/tracks/$trackId/similar");
const columns: readonly TrackColumn[] = ["number", "art", "title", "why", "time", "like", "more"];
const most = 50;
type By = "sound" | "tags" | "mixed";

const similarQuery = (trackId: Id, by: By) => ({
  queryKey: ["similar", "tracks", trackId, by],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<SimilarTracks>(`tracks/${trackId}/similar`, { by, limit: most }, signal),
  staleTime: 5 * 60_000,
});

/** More like one track: by its sound, by its tags, or by both, and why. */
export default function SimilarPage() {
  const { trackId } = route.useParams();
  const { by = "mixed" } = route.useSearch();
  const navigate = route.useNavigate();
  const user = useUser();
  const { data: track } = useQuery(trackItemQuery(trackId));
  const { data, error, isPending, refetch } = useQuery(similarQuery(trackId, by));
  const title = track?.title ?? i18n.t("this track");
  usePageLook({});
  useTitle(i18n.t("More like {title}", { title }));
  const items = data?.items ?? [];
  const tracks = items.map((item) => item.track);
  // The track itself leads, as it would on the radio.
  const all = track ? [track, ...tracks] : tracks;
  const name = i18n.t("More like {title}", { title });
  const source = { kind: "tracks" as const, id: null, name };
  if (track === null || (error instanceof Problem && error.status === 404)) return <Gone />;
  return (
    <>
      <Head track={track ?? undefined} />
      <div className="row similar-acts">
        <Button kind="primary" icon="play" disabled={tracks.length === 0} onClick={() => playTracks(all, 0, source)}>
          {i18n.t("Play")}
        </Button>
        {user.role !== "guest" && (
          <Button disabled={tracks.length === 0} onClick={() => addToPlaylist({ trackIds: all.map((one) => one.id), what: trackCount(all.length), name, fresh: true })}>
            {i18n.t("Make playlist")}
          </Button>
        )}
        <IconButton icon="queue" label={i18n.t("Add to queue")} disabled={tracks.length === 0} onClick={() => addToQueue(tracks, "last", name)} />
        {track && <IconButton icon="wand" label={i18n.t("Blend with others…")} onClick={() => openSonic({ kind: "blend", like: [track] })} />}
        <span className="grow" />
        <Segmented
          label={i18n.t("Compared by")}
          value={by}
          options={[
            { value: "mixed", label: i18n.t("Both") },
            { value: "sound", label: i18n.t("Sound") },
            { value: "tags", label: i18n.t("Tags") },
          ]}
          onChange={(next: By) => void navigate({ search: next === "mixed" ? {} : { by: next }, replace: true })}
        />
      </div>
      {data?.note && <p className="t-12 t-2 similar-note">{data.note}</p>}
      {isPending && <SkeletonRows count={8} />}
      {error && !data && <ErrorState what={i18n.t("Similar tracks could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data && tracks.length === 0 && (
        <EmptyState icon="radio" title={i18n.t("Nothing like it yet")}>
          {by === "tags"
            ? i18n.t("No other track shares its genre, decade, tempo or key. By sound more may be found.")
            : i18n.t("This track, or the rest of the library, has not been listened to yet. Until then tags can be compared.")}
        </EmptyState>
      )}
      {tracks.length > 0 && (
        <TrackList
          label={name}
          tracks={tracks}
          columns={columns}
          whyOf={(index) => reasonWords(items[index]?.reasons ?? [])}
          onPlay={(index) => playTracks(tracks, index, source)}
        />
      )}
    </>
  );
}

function Head({ track }: { track: TrackItem | undefined }) {
  return (
    <header className="similar-head">
      <span className="similar-art">{track ? <Cover coverId={track.cover_id} alt="" size={320} accent={track.accent} seed={track.album_id ?? track.id} eager /> : <span className="art" />}</span>
      <div className="grow">
        <p className="t-2 w5">{i18n.t("More like")}</p>
        <h1 className="h-28">{track?.title ?? " "}</h1>
        {track && (
          <p className="t-2">
            {track.artists[0] ? (
              <Link to="/artists/$artistId" params={{ artistId: track.artists[0].id }}>
                {track.artist}
              </Link>
            ) : (
              track.artist
            )}
            {track.album_id && (
              <>
                <span className="dot" />
                <Link to="/albums/$albumId" params={{ albumId: track.album_id }}>
                  {track.album}
                </Link>
              </>
            )}
          </p>
        )}
      </div>
    </header>
  );
}

function Gone() {
  return (
    <>
      <h1 className="sr">{i18n.t("Track")}</h1>
      <EmptyState icon="radio" title={i18n.t("This track is not here")}>
        {i18n.t("Its file may have been moved away, or it belongs to a library you cannot see.")}
      </EmptyState>
    </>
  );
}
