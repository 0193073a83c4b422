import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { LikeButton } from "@/media/LikeButton";
import { showPanel, togglePanel, usePanel } from "@/media/panel";
import { usePlayer } from "@/player/usePlayer";
import { IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { ArtistLinks } from "./ArtistLinks";
import { QualityBadge } from "./QualityBadge";
import { SeekBar } from "./SeekBar";
import { Transport } from "./Transport";
import { TroubleLine } from "./Trouble";
import { useLiveTrack } from "./useLiveTrack";
import { Volume } from "./Volume";

function NowInBar() {
  const track = useLiveTrack();
  const hasCurrent = usePlayer((state) => state.queue.index >= 0);
  if (!track) return <div className="bar-now t-3">{hasCurrent ? "" : i18n.t("Nothing is playing")}</div>;
  return (
    <div className="bar-now">
      <Link to="/now-playing" className="bar-art" aria-label={i18n.t("Open now playing")} data-tip={i18n.t("Open now playing")} data-keys="F">
        <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} eager />
      </Link>
      <span className="cut">
        {track.album_id ? (
          <Link to="/albums/$albumId" params={{ albumId: track.album_id }} className="cut bar-title" data-tip={track.title} data-tip-cut>
            {track.title}
          </Link>
        ) : (
          <b className="cut">{track.title}</b>
        )}
        <small className="cut">
          <TroubleLine>
            <ArtistLinks artists={track.artists} fallback={track.artist} />
          </TroubleLine>
        </small>
      </span>
      <LikeButton kind="track" id={track.id} name={track.title} liked={track.liked} />
    </div>
  );
}

export function PlayerBar() {
  const panel = usePanel((state) => state.open);
  return (
    <section className="bar" aria-label={i18n.t("Player")}>
      <NowInBar />
      <div className="bar-mid">
        <Transport />
        <SeekBar />
      </div>
      <div className="bar-end">
        <QualityBadge onOpen={() => showPanel("info")} />
        <IconButton icon="lyrics" label={i18n.t("Lyrics")} keys="Y" pressed={panel === "lyrics"} onClick={() => togglePanel("lyrics")} />
        <IconButton icon="queue" label={i18n.t("Queue")} keys="Q" pressed={panel === "queue"} onClick={() => togglePanel("queue")} />
        <IconButton icon="device" label={i18n.t("Devices")} pressed={panel === "devices"} onClick={() => togglePanel("devices")} />
        <Volume />
      </div>
    </section>
  );
}
