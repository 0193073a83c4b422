import { i18n } from "@lingui/core";
import { addToQueue, playTracks } from "@/media/play";
import { addToPlaylist } from "@/media/playlists";
import { useUser } from "@/shared/api/session";
import type { Reason, TrackItem } from "@/shared/api/types";
import { span, trackCount } from "@/shared/lib/format";
import { reasonWords } from "@/shared/lib/reasons";
import { Button, IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";

export interface FoundTrack {
  track: TrackItem;
  reasons: readonly Reason[];
}
const source = (name: string) => ({ kind: "tracks" as const, id: null, name });

/** The answer of a dialog: tracks in their order, each with its reason; a row plays from there. */
export function FoundList({ label, items, name, late, onLess }: { label: string; items: readonly FoundTrack[]; name: string; late: boolean; onLess?: (track: TrackItem) => void }) {
  const tracks = items.map((item) => item.track);
  return (
    <ol className="sonic-list" aria-label={label} aria-busy={late}>
      {items.map(({ track, reasons }, i) => (
        <li key={track.id}>
          <button type="button" className="sonic-row" onClick={() => playTracks(tracks, i, source(name))}>
            <span className="num t-12 t-3" aria-hidden="true">
              {i + 1}
            </span>
            <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} />
            <span className="cut">
              <span className="sr">{i18n.t("Play")} </span>
              <b className="cut">{track.title}</b>
              <small className="cut">{[track.artist, reasonWords(reasons, 2)].filter(Boolean).join(" · ")}</small>
            </span>
          </button>
          {onLess && <IconButton icon="thumb-down" size="s" label={i18n.t("Not like {title}", { title: track.title })} onClick={() => onLess(track)} />}
        </li>
      ))}
    </ol>
  );
}

/** Play, queue and save of what a dialog has found. */
export function FoundActions({ tracks, name, onDone }: { tracks: readonly TrackItem[]; name: string; onDone: () => void }) {
  const user = useUser();
  const none = tracks.length === 0;
  const save = (): void => {
    onDone();
    addToPlaylist({ trackIds: tracks.map((track) => track.id), what: trackCount(tracks.length), name, fresh: true });
  };
  const play = (): void => {
    playTracks(tracks, 0, source(name));
    onDone();
  };
  return (
    <footer>
      {!none && <span className="t-12 t-3 num sonic-sum">{[trackCount(tracks.length), span(tracks.reduce((sum, track) => sum + track.duration_s, 0))].join(" · ")}</span>}
      <IconButton icon="queue" label={i18n.t("Add to queue")} disabled={none} onClick={() => addToQueue(tracks, "last", name)} />
      {user.role !== "guest" && (
        <Button disabled={none} onClick={save}>
          {i18n.t("Make playlist")}
        </Button>
      )}
      <Button kind="primary" icon="play" disabled={none} onClick={play}>
        {i18n.t("Play")}
      </Button>
    </footer>
  );
}

/** One track that a dialog goes by. */
export function Chosen({ track, label, onRemove, removeLabel }: { track: TrackItem; label?: string; onRemove?: () => void; removeLabel?: string }) {
  return (
    <div className="sonic-chosen">
      <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} />
      <span className="cut">
        {label && <small>{label}</small>}
        <b className="cut">{track.title}</b>
        {!label && <small className="cut">{track.artist}</small>}
      </span>
      {onRemove && <IconButton icon="close" size="s" label={removeLabel ?? i18n.t("Remove")} onClick={onRemove} />}
    </div>
  );
}
