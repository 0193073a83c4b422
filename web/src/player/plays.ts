import { api } from "@/shared/api/client";
import type { PlayReport, TrackItem } from "@/shared/api/types";
import type { Player } from "./player";

/** A play counts after half the track or four minutes of listening, whichever comes first. Heard time counts, seeking does not.
 *  Each report carries an id made here, so that sending it twice is harmless; unsent ones wait in the browser. */
const storageKey = "resonance.plays";
const fullAfter = 240;
const longestStep = 2;

export const countsAfter = (durationSeconds: number): number => (durationSeconds > 0 ? Math.min(durationSeconds / 2, fullAfter) : fullAfter);

const readOutbox = (): PlayReport[] => {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? "[]") as PlayReport[];
  } catch {
    return [];
  }
};
const writeOutbox = (items: readonly PlayReport[]): void => localStorage.setItem(storageKey, JSON.stringify(items.slice(-500)));

/** 22 characters of base62 from 128 random bits, the form of every id of the server. */
export function newId(): string {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let value = crypto.getRandomValues(new BigUint64Array(2)).reduce((sum, part) => (sum << 64n) | part, 0n);
  let text = "";
  for (let i = 0; i < 22; i += 1) {
    text = letters[Number(value % 62n)] + text;
    value /= 62n;
  }
  return text;
}

let sending = false;
export async function sendPlays(): Promise<void> {
  const items = readOutbox();
  if (sending || items.length === 0) return;
  sending = true;
  try {
    await api.post("plays", { items });
    const sent = new Set(items.map((item) => item.id));
    writeOutbox(readOutbox().filter((item) => !sent.has(item.id)));
  } catch {
    // They stay and go with the next one, or when the network is back.
  } finally {
    sending = false;
  }
}

export function reportPlays(player: Player): () => void {
  let track: TrackItem | null = null;
  let uid: number | null = null;
  let startedAt = "";
  let heard = 0;
  let last = 0;
  let counted = false;

  const begin = (): void => {
    counted = false;
    const state = player.getState();
    track = state.track;
    uid = state.queue.entries[state.queue.index]?.uid ?? null;
    heard = 0;
    last = player.getTime().position;
    startedAt = new Date().toISOString();
  };
  const count = (): void => {
    if (!track) return;
    counted = true;
    writeOutbox([...readOutbox(), { id: newId(), track_id: track.id, started_at: startedAt, played_s: Math.round(heard), client: "web" }]);
    void sendPlays();
  };
  const stopState = player.subscribe(() => {
    const state = player.getState();
    const now = state.queue.entries[state.queue.index]?.uid ?? null;
    if (state.track && (state.track.id !== track?.id || now !== uid)) {
      begin();
      if (state.state === "playing" || state.state === "loading") void announce(state.track);
    }
  });
  const announce = (playing: TrackItem): Promise<unknown> =>
    api.post("now-playing", { track_id: playing.id, position_ms: Math.round(player.getTime().position * 1000) }).catch(() => undefined);
  const stopTime = player.subscribeTime(() => {
    const { position } = player.getTime();
    const step = position - last;
    last = position;
    if (!track || player.getState().state !== "playing") return;
    // A repeat of the same entry begins a new play.
    if (counted && position < 1 && step < -longestStep) return begin();
    if (step > 0 && step <= longestStep) heard += step;
    if (!counted && heard >= countsAfter(track.duration_s)) count();
  });
  const online = (): void => void sendPlays();
  window.addEventListener("online", online);
  void sendPlays();
  return () => {
    stopState();
    stopTime();
    window.removeEventListener("online", online);
  };
}
