import { i18n } from "@lingui/core";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { thePlayer } from "@/player";
import { isPlaying, usePlayer, usePlayerTime } from "@/player/usePlayer";
import { IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { TroubleLine } from "./Trouble";

const swipe = 48;

/** Phone: tap or swipe up opens now playing, sideways goes to the next or previous; the same things are buttons there. */
export function MiniPlayer() {
  const track = usePlayer((state) => state.track);
  const playing = usePlayer(isPlaying);
  const percent = usePlayerTime((time) => (time.duration > 0 ? Math.round((time.position / time.duration) * 200) / 2 : 0));
  const navigate = useNavigate();
  const from = useRef<{ x: number; y: number } | null>(null);
  const plate = useRef<HTMLElement>(null);
  if (!track) return null;

  /** The plate follows the finger a little, so that one sees what will happen. */
  const follow = (dx: number, dy: number): void => {
    if (!plate.current) return;
    const sideways = Math.abs(dx) > Math.abs(dy);
    const [x, y] = sideways ? [Math.max(-64, Math.min(64, dx / 2)), 0] : [0, Math.max(-24, Math.min(0, dy / 3))];
    plate.current.style.translate = x || y ? `${x}px ${y}px` : "";
  };
  const open = (): void => void navigate({ to: "/now-playing" });
  const onEnd = (x: number, y: number): void => {
    const start = from.current;
    from.current = null;
    follow(0, 0);
    if (!start) return;
    const dx = x - start.x;
    const dy = y - start.y;
    if (dy < -swipe && Math.abs(dy) > Math.abs(dx)) open();
    else if (dx < -swipe) thePlayer().next();
    else if (dx > swipe) thePlayer().previous();
  };

  return (
    <section
      className="mini"
      ref={plate}
      aria-label={i18n.t("Now playing")}
      onTouchStart={(event) => {
        const touch = event.touches[0];
        from.current = touch ? { x: touch.clientX, y: touch.clientY } : null;
      }}
      onTouchMove={(event) => {
        const touch = event.touches[0];
        if (touch && from.current) follow(touch.clientX - from.current.x, touch.clientY - from.current.y);
      }}
      onTouchCancel={() => follow(0, 0)}
      onTouchEnd={(event) => {
        const touch = event.changedTouches[0];
        if (touch) onEnd(touch.clientX, touch.clientY);
      }}
    >
      <button type="button" className="mini-open" onClick={open}>
        <span className="sr">{i18n.t("Open now playing")}</span>
        <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} eager />
        <span className="cut">
          <b className="cut">{track.title}</b>
          <small className="cut">
            <TroubleLine>{track.artist}</TroubleLine>
          </small>
        </span>
      </button>
      <IconButton icon={playing ? "pause" : "play"} label={playing ? i18n.t("Pause") : i18n.t("Play")} onClick={() => thePlayer().toggle()} />
      <IconButton icon="next" label={i18n.t("Next")} onClick={() => thePlayer().next()} />
      <div className="progress" aria-hidden="true">
        <i style={{ width: `${percent}%` }} />
      </div>
    </section>
  );
}
