import { i18n } from "@lingui/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { LikeButton } from "@/media/LikeButton";
import { togglePanel, usePanel } from "@/media/panel";
import { usePlayer } from "@/player/usePlayer";
import { quality } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { SeekBar } from "./SeekBar";
import { Transport } from "./Transport";
import { useTrouble } from "./Trouble";
import { useLiveTrack } from "./useLiveTrack";
import { Volume } from "./Volume";

function NowInBar() {
  const track = useLiveTrack();
  const hasCurrent = usePlayer((state) => state.queue.index >= 0);
  const trouble = useTrouble();
  if (!track) return <div className="bar-now t-3">{hasCurrent ? "" : i18n.t("Nothing is playing")}</div>;
  return (
    <div className="bar-now">
      <Link to="/now-playing" className="bar-art" aria-label={i18n.t("Open now playing")}>
        <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} eager />
      </Link>
      <span className="cut">
        {track.album_id ? (
          <Link to="/albums/$albumId" params={{ albumId: track.album_id }} className="cut bar-title" data-tip={track.title} data-tip-cut>
            {track.title}
          </Link>
        ) : (
          <b className="cut">{track.title}</b>
        )}
        <small className="cut" role={trouble ? "alert" : undefined} data-trouble={trouble ? "" : undefined}>
          {trouble ?? <ArtistLinks artists={track.artists} fallback={track.artist} />}
        </small>
      </span>
      <LikeButton kind="track" id={track.id} name={track.title} liked={track.liked} />
    </div>
  );
}

export function ArtistLinks({ artists, fallback }: { artists: readonly { id: string; name: string }[]; fallback: string }) {
  if (artists.length === 0) return fallback;
  return artists.map((artist, index) => (
    <span key={artist.id}>
      {index > 0 && ", "}
      <Link to="/artists/$artistId" params={{ artistId: artist.id }}>
        {artist.name}
      </Link>
    </span>
  ));
}

export function PlayerBar() {
  const track = usePlayer((state) => state.track);
  const panel = usePanel((state) => state.open);
  const navigate = useNavigate();
  const badge = track ? quality(track) : null;
  return (
    <section className="bar" aria-label={i18n.t("Player")}>
      <NowInBar />
      <div className="bar-mid">
        <Transport />
        <SeekBar />
      </div>
      <div className="bar-end">
        {badge && <span className="badge">{badge}</span>}
        <IconButton icon="lyrics" label={i18n.t("Lyrics")} keys="Y" pressed={panel === "lyrics"} onClick={() => togglePanel("lyrics")} />
        <IconButton icon="queue" label={i18n.t("Queue")} keys="Q" pressed={panel === "queue"} onClick={() => togglePanel("queue")} />
        <Volume />
        <IconButton icon="expand" label={i18n.t("Now playing")} keys="F" disabled={!track} onClick={() => void navigate({ to: "/now-playing" })} />
      </div>
    </section>
  );
}
