import { api } from "@/shared/api/client";
import type { Id } from "@/shared/api/types";
import { upcomingStart, type Queue, type QueueEntry } from "./queue";

/** Longer than this nobody waits to see what comes next. */
const answerWithinMs = 1_500;

/** The server's order of these tracks, as positions; it keeps artists and albums apart. */
export type AskOrder = (trackIds: readonly Id[], signal: AbortSignal) => Promise<readonly number[]>;

export const serverOrder: AskOrder = async (trackIds, signal) => (await api.post<{ order: number[] }>("queue/order", { track_ids: trackIds }, { signal })).order;

function localOrder(length: number): number[] {
  const order = Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}

const isOrder = (order: readonly number[], length: number): boolean => order.length === length && new Set(order).size === length && order.every((i) => Number.isInteger(i) && i >= 0 && i < length);

/** Positions for `trackIds`: from the server, or made here when it does not answer. */
export async function shuffledOrder(trackIds: readonly Id[], ask: AskOrder = serverOrder): Promise<readonly number[]> {
  if (trackIds.length < 2) return trackIds.map((_, i) => i);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), answerWithinMs);
  const order = await ask(trackIds, limit.signal).catch(() => null);
  clearTimeout(timer);
  return order && isOrder(order, trackIds.length) ? order : localOrder(trackIds.length);
}

/** What comes next from the source, in the order of `uids`; entries that came meanwhile stay behind them. */
export function arrange(queue: Queue, uids: readonly number[]): Queue {
  const at = upcomingStart(queue);
  const rest = new Map(queue.entries.slice(at).map((entry) => [entry.uid, entry]));
  const ordered = uids.map((uid) => rest.get(uid)).filter((entry): entry is QueueEntry => entry !== undefined);
  const known = new Set(uids);
  return { ...queue, entries: [...queue.entries.slice(0, at), ...ordered, ...queue.entries.slice(at).filter((entry) => !known.has(entry.uid))] };
}

/** A "random" source for the queue's own shuffles that leaves everything in its place until the real order is known. */
export const inPlace = (): number => 0.999_999;
