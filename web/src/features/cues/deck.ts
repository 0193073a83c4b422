import { thePlayer } from "@/player";
import { currentTrackId } from "@/player/usePlayer";
import { url } from "@/shared/api/client";
import type { Id } from "@/shared/api/types";

interface Loop {
  start_s: number;
  end_s: number;
}

/** One track under the hand, beside the queue. */
export interface Deck {
  /** Starts where the player is in the track. What was playing waits while this sounds, and goes on when it is put away. */
  open: () => () => void;
  subscribe: (changed: () => void) => () => void;
  position: () => number;
  playing: () => boolean;
  /** The browser can play neither the file nor an MP3 of it. */
  fault: () => boolean;
  toggle: () => void;
  /** Goes there; plays on if it was playing. */
  seek: (seconds: number) => void;
  /** Plays from there; a loop goes round until something else is played. */
  playFrom: (seconds: number, round?: Loop | null) => void;
}

export function makeDeck(trackId: Id): Deck {
  const audio = new Audio();
  const listeners = new Set<() => void>();
  let loop: Loop | null = null;
  let broken = false;
  const tell = (): void => listeners.forEach((changed) => changed());
  const play = (): void => void audio.play().catch(() => undefined);

  const open = (): (() => void) => {
    const player = thePlayer();
    let plain = false;
    let waits = false;
    let frame = 0;
    const tick = (): void => {
      if (loop && audio.currentTime >= loop.end_s) audio.currentTime = loop.start_s;
      tell();
      frame = requestAnimationFrame(tick);
    };
    const started = (): void => {
      if (player.getState().state === "playing") {
        waits = true;
        player.pause();
      }
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(tick);
      tell();
    };
    const paused = (): void => {
      cancelAnimationFrame(frame);
      tell();
    };
    const failed = (): void => {
      // A form the browser does not know is asked for once more as MP3.
      if (plain) broken = true;
      else audio.src = url(`stream/${trackId}?format=mp3`);
      plain = true;
      tell();
    };
    const on: [string, () => void][] = [
      ["play", started],
      ["pause", paused],
      ["seeked", tell],
      ["error", failed],
    ];
    for (const [name, run] of on) audio.addEventListener(name, run);
    audio.preload = "auto";
    audio.src = url(`stream/${trackId}`);
    audio.volume = player.getState().volume;
    audio.muted = player.getState().muted;
    if (currentTrackId(player.getState()) === trackId) audio.currentTime = player.getTime().position;
    const leave = player.subscribe(() => player.getState().state === "playing" && audio.pause());
    return () => {
      leave();
      cancelAnimationFrame(frame);
      for (const [name, run] of on) audio.removeEventListener(name, run);
      audio.pause();
      audio.removeAttribute("src");
      audio.load();
      if (waits) player.play();
    };
  };
  return {
    open,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    position: () => audio.currentTime,
    playing: () => !audio.paused,
    fault: () => broken,
    toggle: () => (audio.paused ? play() : audio.pause()),
    seek: (seconds) => {
      loop = null;
      audio.currentTime = Math.max(0, seconds);
      tell();
    },
    playFrom: (seconds, round = null) => {
      loop = round;
      audio.currentTime = Math.max(0, seconds);
      play();
    },
  };
}
