import { i18n } from "@lingui/core";
import { playTracks } from "@/media/play";
import { addToPlaylist } from "@/media/playlists";
import { TrackList } from "@/media/TrackList";
import type { TrackColumn } from "@/media/trackColumns";
import { useUser } from "@/shared/api/session";
import type { TrackAnswer } from "@/shared/api/types";
import { trackCount } from "@/shared/lib/format";
import { foundWords } from "@/shared/lib/meanings";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";

const columns: readonly TrackColumn[] = ["art", "title", "why", "bpm", "key", "energy", "time", "like", "more"];

interface FittingProps {
  q: string;
  answer: TrackAnswer | undefined;
  error: unknown;
  onRetry: () => void;
  onAll: (() => void) | false;
  onUse: () => void;
}

/** Tracks that are like what was asked for, each with its reasons. */
export function Fitting({ q, answer, error, onRetry, onAll, onUse }: FittingProps) {
  const user = useUser();
  const tracks = answer?.items.map((item) => item.track) ?? [];
  const play = (index: number): void => {
    onUse();
    playTracks(tracks, index, { kind: "search", id: null, name: i18n.t("Search") });
  };
  const name = q || i18n.t("Filtered");
  const keep = (): void => addToPlaylist({ trackIds: tracks.map((track) => track.id), what: trackCount(tracks.length), name, fresh: true });
  return (
    <section className="sect found-sect fitting" aria-labelledby="found-fitting">
      <header>
        <h2 id="found-fitting" className="h-20">
          {i18n.t("Tracks that fit")}
        </h2>
        <span className="row">
          {onAll && (
            <Button kind="quiet" size="s" onClick={onAll}>
              {i18n.t("Show all")}
              <span className="sr"> {i18n.t("Tracks that fit")}</span>
            </Button>
          )}
          {!onAll && tracks.length > 1 && user.role !== "guest" && (
            <Button kind="quiet" size="s" onClick={keep}>
              {i18n.t("Save as playlist")}
            </Button>
          )}
          {tracks.length > 1 && (
            <Button icon="play" size="s" onClick={() => play(0)}>
              {i18n.t("Play all")}
            </Button>
          )}
        </span>
      </header>
      {answer?.by.fallback && (
        <p className="note fitting-note">
          <Icon name="info" />
          {i18n.t("The model did not answer ({reason}); the built-in search did.", { reason: answer.by.fallback })}
        </p>
      )}
      {!answer && Boolean(error) && <ErrorState what={i18n.t("What the words mean could not be searched")} error={error} onRetry={onRetry} />}
      {!answer && !error && <SkeletonRows count={6} />}
      {answer && tracks.length === 0 && <p className="t-2 fitting-none">{i18n.t("No track fits all of it. Fewer words or filters find more; what is not measured yet cannot fit.")}</p>}
      {tracks.length > 0 && <TrackList label={i18n.t("Tracks that fit")} tracks={tracks} columns={columns} whyOf={(index) => foundWords(answer?.items[index]?.reasons ?? [])} onPlay={play} />}
    </section>
  );
}
