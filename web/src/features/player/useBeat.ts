import { useEffect, useState } from "react";
import { thePlayer } from "@/player";

/** Index of the last of these moments (ms, ascending) that has passed; -1 before the first. */
export function lastBegun(starts: readonly number[], ms: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The same for the music: the player tells its position a few times a second, a timer finds the moments in between. */
export function useBeat(starts: readonly number[], offsetMs = 0): number {
  const [at, setAt] = useState(-1);
  useEffect(() => {
    const player = thePlayer();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let base = { ms: 0, told: 0 };
    const look = (): void => {
      clearTimeout(timer);
      const { state, speed } = player.getState();
      const playing = state === "playing";
      const now = base.ms + (playing ? (performance.now() - base.told) * speed : 0) + offsetMs;
      const index = lastBegun(starts, now);
      setAt(index);
      const next = starts[index + 1];
      if (playing && next !== undefined) timer = setTimeout(look, Math.max(4, (next - now) / speed));
    };
    const told = (): void => {
      base = { ms: player.getTime().position * 1000, told: performance.now() };
      look();
    };
    told();
    const stops = [player.subscribeTime(told), player.subscribe(told)];
    return () => {
      clearTimeout(timer);
      stops.forEach((stop) => stop());
    };
  }, [starts, offsetMs]);
  return at;
}
