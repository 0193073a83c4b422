import { artworkUrl } from "@/shared/api/queries";
import type { Player } from "./player";

/** Keys on the keyboard, lock screen, headphones. Never seekbackward/seekforward: they would take the places of previous and next. */
const arts = [96, 320, 960] as const;
/** A position further from where it should be by now is a seek. */
const leapSeconds = 1;

export function systemControls(player: Player): () => void {
  if (!("mediaSession" in navigator)) return () => undefined;
  const session = navigator.mediaSession;

  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ["play", () => player.play()],
    ["pause", () => player.pause()],
    ["previoustrack", () => player.previous()],
    ["nexttrack", () => player.next()],
    ["seekto", (details) => details.seekTime !== undefined && details.seekTime !== null && player.seek(details.seekTime)],
    [
      "stop",
      () => {
        player.pause();
        player.seek(0);
      },
    ],
  ];
  const handle = (action: MediaSessionAction, handler: MediaSessionActionHandler | null): void => {
    try {
      session.setActionHandler(action, handler);
    } catch {
      // An older browser does not know this one.
    }
  };
  const apply = (): void => handlers.forEach(([action, handler]) => handle(action, handler));

  let shown = { position: 0, duration: 0, at: 0, rate: 1, running: false };
  const showPosition = (): void => {
    const { position, duration } = player.getTime();
    const { state, speed } = player.getState();
    shown = { position, duration, at: performance.now(), rate: speed, running: state === "playing" };
    if (duration > 0 && Number.isFinite(duration)) session.setPositionState({ duration, position: Math.min(Math.max(0, position), duration), playbackRate: speed });
    else session.setPositionState();
  };

  let lastTrack: string | null = null;
  let lastState = "";
  let lastSpeed = player.getState().speed;
  const onState = (): void => {
    const { track, state, speed } = player.getState();
    session.playbackState = state === "playing" || state === "loading" ? "playing" : track ? "paused" : "none";
    const id = track?.id ?? null;
    const other = id !== lastTrack;
    if (other) {
      const artwork = track?.cover_id ? arts.map((size) => ({ src: artworkUrl(track.cover_id as string, size), sizes: `${size}x${size}`, type: "image/webp" })) : [];
      session.metadata = track ? new MediaMetadata({ title: track.title, artist: track.artist, album: track.album ?? "", artwork }) : null;
    }
    if (!other && state === lastState && speed === lastSpeed) return;
    // Some browsers forget the handlers when playing begins.
    if (state === "playing" && (other || state !== lastState)) apply();
    [lastTrack, lastState, lastSpeed] = [id, state, speed];
    showPosition();
  };
  /** Only what the system cannot work out by itself: a seek, or another length. */
  const onTime = (): void => {
    const { position, duration } = player.getTime();
    const expected = shown.position + (shown.running ? ((performance.now() - shown.at) / 1000) * shown.rate : 0);
    if (Math.abs(position - expected) > leapSeconds || Math.abs(duration - shown.duration) > 0.05) showPosition();
  };

  apply();
  onState();
  const stops = [player.subscribe(onState), player.subscribeTime(onTime)];
  return () => {
    stops.forEach((stop) => stop());
    handlers.forEach(([action]) => handle(action, null));
    session.metadata = null;
    session.playbackState = "none";
  };
}
