import { upcomingStart, type Queue, type QueueEntry } from "@/player/queue";

export type QueueRow = { kind: "now" | "entry"; entry: QueueEntry; index: number } | { kind: "own-head" | "source-head"; count: number };

/** The queue as it is shown: now, the listener's own, what follows from the source. What was played is in the history.
 *  Rows are worked out when they are asked for: ten thousand of them cost nothing. */
export interface QueueView {
  count: number;
  at: (row: number) => QueueRow | null;
  isHead: (row: number) => boolean;
  keyOf: (row: number) => string | number;
  /** The row of an entry that is current or comes later. */
  rowOf: (index: number) => number;
}

export function queueView(queue: Queue): QueueView {
  const { entries, index } = queue;
  const now = entries[index] ? 1 : 0;
  const from = upcomingStart(queue);
  const own = from - index - 1;
  const rest = entries.length - from;
  const ownHead = own > 0 ? now : -1;
  const restStart = now + (own > 0 ? own + 1 : 0);
  const restHead = rest > 0 ? restStart : -1;
  const indexOf = (row: number): number => {
    if (row < now) return index;
    return row < restStart ? index + row - ownHead : from + row - restHead - 1;
  };
  const at = (row: number): QueueRow | null => {
    if (row === ownHead) return { kind: "own-head", count: own };
    if (row === restHead) return { kind: "source-head", count: rest };
    const place = indexOf(row);
    const entry = entries[place];
    return entry ? { kind: row < now ? "now" : "entry", entry, index: place } : null;
  };
  return {
    count: restStart + (rest > 0 ? rest + 1 : 0),
    at,
    isHead: (row) => row === ownHead || row === restHead,
    keyOf: (row) => (row === ownHead ? "own" : row === restHead ? "source" : (entries[indexOf(row)]?.uid ?? -row)),
    rowOf: (place) => (place === index ? 0 : place < from ? ownHead + place - index : restHead + 1 + place - from),
  };
}
