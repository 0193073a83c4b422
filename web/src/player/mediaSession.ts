import { artworkUrl } from "@/shared/api/queries";
import type { Player } from "./player";

/** Keys on the keyboard, lock screen, headphones. Never seekbackward/seekforward: they would take the places of previous and next. */
const arts = [96, 320, 960] as const;

export function systemControls(player: Player): () => void {
  if (!("mediaSession" in navigator)) return () => undefined;
  const session = navigator.mediaSession;
  let shownTrack: string | null = null;

  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ["play", () => player.play()],
    ["pause", () => player.pause()],
    ["previoustrack", () => player.previous()],
    ["nexttrack", () => player.next()],
    ["seekto", (details) => details.seekTime !== undefined && details.seekTime !== null && player.seek(details.seekTime)],
  ];
  const apply = (): void => handlers.forEach(([action, handler]) => session.setActionHandler(action, handler));
  const showPosition = (): void => {
    const { position, duration } = player.getTime();
    if (duration > 0 && position <= duration) session.setPositionState({ duration, position, playbackRate: 1 });
  };

  let lastPosition = 0;
  let lastState = "";
  const onState = (): void => {
    const { track, state } = player.getState();
    session.playbackState = state === "playing" || state === "loading" ? "playing" : track ? "paused" : "none";
    if (track && track.id !== shownTrack) {
      shownTrack = track.id;
      const artwork = track.cover_id ? arts.map((size) => ({ src: artworkUrl(track.cover_id as string, size), sizes: `${size}x${size}`, type: "image/webp" })) : [];
      session.metadata = new MediaMetadata({ title: track.title, artist: track.artist, album: track.album ?? "", artwork });
    }
    if (state === lastState) return;
    lastState = state;
    // Some browsers forget the handlers when playing begins.
    if (state === "playing") apply();
    showPosition();
  };
  const onTime = (): void => {
    const { position } = player.getTime();
    if (Math.abs(position - lastPosition) > 2) showPosition();
    lastPosition = position;
  };

  apply();
  const stops = [player.subscribe(onState), player.subscribeTime(onTime)];
  return () => {
    stops.forEach((stop) => stop());
    handlers.forEach(([action]) => session.setActionHandler(action, null));
    session.metadata = null;
  };
}
