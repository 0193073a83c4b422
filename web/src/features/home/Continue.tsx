import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { playAlbum } from "@/media/play";
import { SeekSlider } from "@/media/SeekSlider";
import { useWaveform } from "@/media/useWaveform";
import { Wave } from "@/media/Wave";
import { thePlayer } from "@/player";
import { isPlaying, usePlayer, usePlayerTime } from "@/player/usePlayer";
import type { AlbumItem, Home, TrackItem } from "@/shared/api/types";
import { clock, length } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";

/** What this browser has is sought here as well; what another one left is only shown. */
function Place({ track, mine, percent }: { track: TrackItem; mine: boolean; percent: number }) {
  const peaks = useWaveform(mine ? null : track.id);
  if (mine) {
    return (
      <div className="resume-line">
        <SeekSlider pitch={4} />
      </div>
    );
  }
  const bar = { role: "progressbar", "aria-label": i18n.t("Position in {title}", { title: track.title }), "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": Math.round(percent) } as const;
  return (
    <div className="resume-line">
      {peaks ? (
        <div className="slider wave" aria-disabled="true" data-accent-fill="" style={{ ["--v" as string]: `${percent}%`, ["--b" as string]: "100%" }} {...bar}>
          <Wave peaks={peaks} pitch={4} />
        </div>
      ) : (
        <div className="progress" {...bar}>
          <i style={{ width: `${percent}%` }} />
        </div>
      )}
    </div>
  );
}

function Resume({ track, position, duration }: { track: TrackItem; position: number; duration: number }) {
  const mine = usePlayer((state) => state.track?.id === track.id);
  const playing = usePlayer((state) => isPlaying(state) && state.track?.id === track.id);
  const title = track.album ?? track.title;
  const percent = duration > 0 ? Math.min(100, (position / duration) * 100) : 0;
  const resume = (): void => {
    const player = thePlayer();
    if (mine) player.toggle();
    else {
      player.restore([track.id], 0, position);
      player.play();
    }
  };
  const startOver = (): void => {
    if (track.album_id) void playAlbum(track.album_id);
    else thePlayer().start([track.id]);
  };
  return (
    <div className="resume">
      <Link to={track.album_id ? "/albums/$albumId" : "/now-playing"} params={{ albumId: track.album_id ?? "" }} className="resume-art" aria-label={title}>
        <Cover coverId={track.cover_id} alt="" size={320} accent={track.accent} seed={track.album_id ?? track.id} eager />
      </Link>
      <div className="cut">
        <p className="t-2 w5 only-d">{playing ? i18n.t("Playing now") : i18n.t("Continue")}</p>
        <h3 className="resume-title">{title}</h3>
        <p className="resume-artist t-2 cut">{track.artist}</p>
        <Place track={track} mine={mine} percent={percent} />
        <p className="t-12 t-3 num cut">
          {track.title}
          <span className="dot" />
          {i18n.t("{position} of {duration}", { position: clock(position), duration: length(duration) })}
        </p>
        <div className="row resume-act">
          <Button kind="primary" icon={playing ? "pause" : "play"} onClick={resume}>
            {playing ? i18n.t("Pause") : i18n.t("Resume")}
          </Button>
          <Button kind="quiet" className="only-d" onClick={startOver}>
            {i18n.t("Start over")}
          </Button>
        </div>
      </div>
    </div>
  );
}

function Others({ albums }: { albums: readonly AlbumItem[] }) {
  return (
    <ul className="cont">
      {albums.map((album) => (
        <li key={album.id}>
          <Link className="row row-4 cl" to="/albums/$albumId" params={{ albumId: album.id }}>
            <Cover coverId={album.cover_id} alt="" size={96} accent={album.accent} seed={album.id} />
            <span className="cut">
              <b className="w5 cut">{album.title}</b>
              <small className="t-12 t-3 cut">{album.artist}</small>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What this browser plays stands above what the server remembers of another one. */
export function Continue({ saved, recent }: { saved: Home["continue"]; recent: readonly AlbumItem[] }) {
  const here = usePlayer((state) => state.track);
  const position = usePlayerTime((time) => Math.floor(time.position));
  const duration = usePlayerTime((time) => time.duration);
  const track = here ?? saved?.track;
  if (!track) return null;
  const others = recent.filter((album) => album.id !== track.album_id).slice(0, 3);
  return (
    <section aria-labelledby="home-continue" className="home-top">
      <h2 id="home-continue" className="sr">
        {i18n.t("Continue listening")}
      </h2>
      <Resume track={track} position={here ? position : (saved?.position_ms ?? 0) / 1000} duration={here ? duration : track.duration_s} />
      {others.length > 0 && <Others albums={others} />}
    </section>
  );
}
