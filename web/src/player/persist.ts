import type { Player } from "./player";
import type { Saved } from "./queuePlayer";
import type { Queue } from "./queue";

/** The queue survives a reload. The version changes with the shape; an older shape is dropped, never guessed at. */
const version = 1;
const keyFor = (userId: string): string => `resonance.player.${userId}`;
const saveEvery = 5_000;
const soonMs = 400;

interface Kept extends Omit<Saved, "position"> {
  version: number;
}
/** Beside the queue, because it changes all the time and a queue may be long. */
interface Place {
  uid: number | null;
  position: number;
}
const placeKeyFor = (userId: string): string => `resonance.place.${userId}`;
const currentUid = (queue: Queue): number | null => queue.entries[queue.index]?.uid ?? null;

const read = (key: string): unknown => JSON.parse(localStorage.getItem(key) ?? "null");

export function readSaved(userId: string): Partial<Saved> {
  try {
    const kept = read(keyFor(userId)) as Kept | null;
    if (kept?.version !== version || !Array.isArray(kept.queue?.entries)) return {};
    const place = read(placeKeyFor(userId)) as Place | null;
    return { ...kept, position: place && place.uid === currentUid(kept.queue) && place.position > 0 ? place.position : 0 };
  } catch {
    return {};
  }
}

/** Writes soon after the queue changed, and the position now and then; the page's last breath writes what is not written yet. */
export function keepSaved(userId: string, player: Player): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let soon = false;
  let written: Omit<Kept, "version"> | null = null;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    soon = false;
    const { queue, volume, muted } = player.getState();
    const place: Place = { uid: currentUid(queue), position: player.getTime().position };
    try {
      if (queue !== written?.queue || volume !== written.volume || muted !== written.muted) {
        localStorage.setItem(keyFor(userId), JSON.stringify({ version, queue, volume, muted } satisfies Kept));
        written = { queue, volume, muted };
      }
      localStorage.setItem(placeKeyFor(userId), JSON.stringify(place));
    } catch {
      // A full store costs the queue after a reload, nothing else.
    }
  };
  const later = (ms: number): void => {
    timer ??= setTimeout(write, ms);
  };
  let queue: Queue | null = null;
  const stopState = player.subscribe(() => {
    const changed = player.getState().queue !== queue;
    queue = player.getState().queue;
    if (changed && !soon) {
      clearTimeout(timer);
      timer = undefined;
      soon = true;
    }
    later(changed ? soonMs : saveEvery);
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
