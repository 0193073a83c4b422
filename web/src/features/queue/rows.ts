import { upcomingStart, type Queue, type QueueEntry } from "@/player/queue";

/** The queue as it is shown: now, the listener's own, what follows from the source. What was played is not shown. */
export type QueueRow =
  | { kind: "now" | "entry"; entry: QueueEntry; index: number; key: string }
  | { kind: "own-head" | "source-head"; key: string; count: number };

export function queueRows(queue: Queue): QueueRow[] {
  const rows: QueueRow[] = [];
  const now = queue.entries[queue.index];
  if (now) rows.push({ kind: "now", entry: now, index: queue.index, key: `now-${now.uid}` });
  const from = upcomingStart(queue);
  const push = (start: number, end: number): void => {
    for (let index = start; index < end; index += 1) {
      const entry = queue.entries[index];
      if (entry) rows.push({ kind: "entry", entry, index, key: String(entry.uid) });
    }
  };
  if (from > queue.index + 1) {
    rows.push({ kind: "own-head", key: "own", count: from - queue.index - 1 });
    push(queue.index + 1, from);
  }
  if (queue.entries.length > from) {
    rows.push({ kind: "source-head", key: "source", count: queue.entries.length - from });
    push(from, queue.entries.length);
  }
  return rows;
}
