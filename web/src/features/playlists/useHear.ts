import { useCallback, useEffect, useRef, useState } from "react";
import { thePlayer } from "@/player";
import { url } from "@/shared/api/client";
import type { Id } from "@/shared/api/types";

export interface Hear {
  /** What is heard now. */
  id: Id | null;
  toggle: (id: Id) => void;
}

/** Hearing a track to know it again, beside the queue: what was playing waits, and goes on afterwards. Counts as no play. */
export function useHear(): Hear {
  const audio = useRef<HTMLAudioElement | null>(null);
  const waiting = useRef(false);
  const [id, setId] = useState<Id | null>(null);
  const stop = useCallback((goOn: boolean): void => {
    audio.current?.pause();
    audio.current?.removeAttribute("src");
    audio.current = null;
    setId(null);
    if (goOn && waiting.current) thePlayer().play();
    waiting.current = false;
  }, []);
  useEffect(() => () => stop(true), [stop]);
  useEffect(() => {
    if (id === null) return;
    const player = thePlayer();
    // Somebody pressed play elsewhere.
    return player.subscribe(() => player.getState().state === "playing" && stop(false));
  }, [id, stop]);

  const start = (wanted: Id): void => {
    const player = thePlayer();
    if (player.getState().state === "playing") {
      waiting.current = true;
      player.pause();
    }
    audio.current?.pause();
    const element = new Audio(url(`stream/${wanted}`));
    let plain = false;
    element.addEventListener("ended", () => audio.current === element && stop(true));
    element.addEventListener("error", () => {
      if (audio.current !== element) return;
      // A form the browser does not know is asked for once more as MP3.
      if (plain) return stop(true);
      plain = true;
      element.src = url(`stream/${wanted}?format=mp3`);
      element.play().catch(() => undefined);
    });
    element.volume = player.getState().muted ? 0 : player.getState().volume;
    audio.current = element;
    setId(wanted);
    element.play().catch(() => undefined);
  };
  return { id, toggle: (wanted) => (wanted === id ? stop(true) : start(wanted)) };
}
