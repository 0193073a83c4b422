import { useSyncExternalStore } from "react";
import { thePlayer } from ".";
import type { PlayerState, PlayerTime } from "./player";

/** Reads one value of the player; the component renders again only when that value changes, so select small and stable things. */
export function usePlayer<T>(select: (state: PlayerState) => T): T {
  const player = thePlayer();
  return useSyncExternalStore(
    (changed) => player.subscribe(changed),
    () => select(player.getState()),
  );
}

/** Changes about four times a second while playing. */
export function usePlayerTime<T>(select: (time: PlayerTime) => T): T {
  const player = thePlayer();
  return useSyncExternalStore(
    (changed) => player.subscribeTime(changed),
    () => select(player.getTime()),
  );
}

export const currentTrackId = (state: PlayerState): string | null => state.queue.entries[state.queue.index]?.trackId ?? null;
export const isPlaying = (state: PlayerState): boolean => state.state === "playing" || state.state === "loading";
