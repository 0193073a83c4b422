import { i18n } from "@lingui/core";
import { addToQueue, playTracks } from "@/media/play";
import { addToPlaylist } from "@/media/playlists";
import { TrackFinder } from "@/media/TrackFinder";
import type { TrackItem } from "@/shared/api/types";
import { trackCount } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { Problem } from "@/shared/api/problem";
import { Slider } from "@/shared/ui/Slider";
import { pathLengths, type PathEnd, type PathState } from "./usePath";

interface PathCardProps {
  path: PathState;
  locate: (track: TrackItem) => Promise<number | null>;
  mayWrite: boolean;
  onClose: () => void;
  onShow: (index: number) => void;
}

/** From one track to another in steps that sound alike: both ends, how long, and the way itself. */
export function PathCard({ path, locate, mayWrite, onClose, onShow }: PathCardProps) {
  const { from, to, steps } = path;
  const tracks = steps?.map((step) => step.track) ?? [];
  const name = from && to ? i18n.t("From {a} to {b}", { a: from.track.title, b: to.track.title }) : "";
  const set = (which: "from" | "to") => (track: TrackItem) => {
    void locate(track).then((index) => {
      if (index === null) return;
      path.setEnd(which, { index, track });
      onShow(index);
    });
  };
  const taken = [from?.track.id, to?.track.id].filter((id) => id !== undefined);
  return (
    <section className="map-card map-path-card" aria-label={i18n.t("Path")}>
      <div className="row between">
        <h2 className="h-20 grow">{i18n.t("Path")}</h2>
        <IconButton icon="close" label={i18n.t("Close")} keys="Esc" onClick={onClose} />
      </div>
      {!from && <p className="t-2">{i18n.t("Pick the first and the last track on the map, or by name. The way between them sounds a little different at every step.")}</p>}
      <div className="map-ends" data-both={(from !== null && to !== null) || undefined}>
        <End label={i18n.t("From")} end={from} without={taken} onPick={set("from")} onClear={() => path.setEnd("from", null)} />
        {from && <End label={i18n.t("To")} end={to} without={taken} onPick={set("to")} onClear={() => path.setEnd("to", null)} />}
      </div>
      {from && to && (
        <>
          <div className="map-length">
            <span className="t-12 t-2">{i18n.t("Length")}</span>
            <Slider
              label={i18n.t("Length of the path")}
              value={path.length - pathLengths.least}
              max={pathLengths.most - pathLengths.least}
              step={1}
              bigStep={5}
              text={trackCount(path.length)}
              say={(value) => trackCount(Math.round(value) + pathLengths.least)}
              tip={(value) => String(Math.round(value) + pathLengths.least)}
              onChange={(value) => path.setLength(Math.round(value) + pathLengths.least)}
            />
            <span className="t-12 num">{trackCount(path.length)}</span>
          </div>
          {path.error ? (
            <p className="t-12" role="alert" data-kind="danger">
              {path.error instanceof Problem ? path.error.message : i18n.t("No path could be found.")}{" "}
              <Button kind="quiet" size="s" onClick={path.retry}>
                {i18n.t("Try again")}
              </Button>
            </p>
          ) : (
            <ol className="map-steps" aria-label={i18n.t("The path")} aria-busy={path.isPending}>
              {tracks.map((track, i) => (
                <li key={track.id}>
                  <button type="button" onClick={() => playTracks(tracks, i, { kind: "tracks", id: null, name })}>
                    <span className="num t-12">{i + 1}</span>
                    <span className="cut">
                      {track.title} <small>{track.artist}</small>
                    </span>
                  </button>
                </li>
              ))}
            </ol>
          )}
          {path.note && <p className="t-12 t-3">{path.note}</p>}
          <div className="row map-acts">
            <Button kind="primary" icon="play" busy={!steps && path.isPending && i18n.t("Looking for the way")} onClick={() => tracks.length > 0 && playTracks(tracks, 0, { kind: "tracks", id: null, name })}>
              {i18n.t("Play")}
            </Button>
            {mayWrite && (
              <Button disabled={tracks.length === 0} onClick={() => addToPlaylist({ trackIds: tracks.map((track) => track.id), what: trackCount(tracks.length), name, fresh: true })}>
                {i18n.t("Make playlist")}
              </Button>
            )}
            <IconButton icon="queue" label={i18n.t("Add to queue")} disabled={tracks.length === 0} onClick={() => addToQueue(tracks, "last", name)} />
          </div>
        </>
      )}
    </section>
  );
}

function End({ label, end, without, onPick, onClear }: { label: string; end: PathEnd | null; without: readonly string[]; onPick: (track: TrackItem) => void; onClear: () => void }) {
  if (!end) return <TrackFinder label={label} without={without} onPick={onPick} />;
  return (
    <div className="map-end">
      <Cover coverId={end.track.cover_id} alt="" size={96} accent={end.track.accent} seed={end.track.album_id ?? end.track.id} eager />
      <span className="cut">
        <small className="t-12 t-3">{label}</small>
        <b className="cut">{end.track.title}</b>
      </span>
      <IconButton icon="close" size="s" label={i18n.t("Another track instead of {title}", { title: end.track.title })} onClick={onClear} />
    </div>
  );
}
