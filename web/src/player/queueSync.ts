import { api } from "@/shared/api/client";
import type { QueueToSave, SavedQueue } from "@/shared/api/types";
import type { Player } from "./player";

/** The server knows the queue too, so that another device can go on with it. Sent when it rests, and on pause. */
const restMs = 3_000;
const positionEvery = 30_000;

export const snapshot = (player: Player): QueueToSave => {
  const { queue } = player.getState();
  return { track_ids: queue.entries.map((entry) => entry.trackId), current_index: Math.max(0, queue.index), position_ms: Math.round(player.getTime().position * 1000), changed_by: "web" };
};

export function syncQueue(player: Player): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent = player.getState().queue;
  let lastState = player.getState().state;
  let sentAt = Date.now();
  const send = (keepalive = false): void => {
    clearTimeout(timer);
    timer = undefined;
    sent = player.getState().queue;
    sentAt = Date.now();
    const body = snapshot(player);
    // A request that outlives the page may carry 64 KB; a longer queue was sent when it changed.
    if (keepalive && body.track_ids.length > 2000) return;
    void api.put("queue", body, { keepalive }).catch(() => undefined);
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(send, restMs);
  };
  const stopState = player.subscribe(() => {
    const { queue, state } = player.getState();
    if (queue !== sent || (state === "paused" && lastState === "playing")) soon();
    lastState = state;
  });
  const stopTime = player.subscribeTime(() => {
    if (player.getState().state === "playing" && Date.now() - sentAt > positionEvery) send();
  });
  const hide = (): void => {
    if (document.visibilityState === "hidden" && player.getState().queue.entries.length > 0) send(true);
  };
  document.addEventListener("visibilitychange", hide);
  return () => {
    clearTimeout(timer);
    stopState();
    stopTime();
    document.removeEventListener("visibilitychange", hide);
  };
}

/** What the listener left elsewhere is offered only where this browser has nothing of its own. */
export async function adoptServerQueue(player: Player): Promise<void> {
  if (player.getState().queue.entries.length > 0) return;
  const saved = await api.get<SavedQueue>("queue").catch(() => null);
  if (saved && saved.track_ids.length > 0 && player.getState().queue.entries.length === 0) {
    player.restore(saved.track_ids, saved.current_index ?? 0, saved.position_ms / 1000);
  }
}
