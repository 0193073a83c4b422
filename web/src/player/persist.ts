import type { Player } from "./player";
import type { Saved } from "./queuePlayer";
import type { Queue } from "./queue";

/** The queue survives a reload. The version changes with the shape; an older shape is dropped, never guessed at. */
const version = 1;
const keyFor = (userId: string): string => `resonance.player.${userId}`;
const saveEvery = 5_000;

interface Kept extends Saved {
  version: number;
}

export function readSaved(userId: string): Partial<Saved> {
  try {
    const kept = JSON.parse(localStorage.getItem(keyFor(userId)) ?? "null") as Kept | null;
    if (kept?.version !== version || !Array.isArray(kept.queue?.entries)) return {};
    return kept;
  } catch {
    return {};
  }
}

export function forgetSaved(userId: string): void {
  localStorage.removeItem(keyFor(userId));
}

/** Writes soon after the queue changed, and the position now and then; the page's last breath writes too. */
export function keepSaved(userId: string, player: Player): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let queue: Queue | null = null;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const state = player.getState();
    const kept: Kept = { version, queue: state.queue, position: player.getTime().position, volume: state.volume, muted: state.muted };
    try {
      localStorage.setItem(keyFor(userId), JSON.stringify(kept));
    } catch {
      // A full store costs the queue after a reload, nothing else.
    }
  };
  const later = (ms: number): void => {
    timer ??= setTimeout(write, ms);
  };
  const stopState = player.subscribe(() => {
    const changed = player.getState().queue !== queue;
    queue = player.getState().queue;
    later(changed ? 400 : saveEvery);
  });
  const stopTime = player.subscribeTime(() => later(saveEvery));
  window.addEventListener("pagehide", write);
  return () => {
    clearTimeout(timer);
    stopState();
    stopTime();
    window.removeEventListener("pagehide", write);
  };
}
