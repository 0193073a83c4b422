import { useState } from "react";
import type { Queue } from "@/player/queue";

const none: ReadonlySet<number> = new Set();

export interface QueueSelection {
  /** In the order of the queue. */
  uids: readonly number[];
  has: (uid: number) => boolean;
  toggle: (uid: number, index: number) => void;
  /** Everything between the anchor (`from`, if there is none) and this place; what was chosen before goes. */
  extend: (index: number, from: number) => void;
  all: () => void;
  clear: () => void;
  setAnchor: (index: number) => void;
}

/** Entries chosen together, by what they are and not where they stand: the queue moves on underneath. */
export function useQueueSelection(queue: Queue): QueueSelection {
  const [chosen, setChosen] = useState(none);
  const [anchor, setAnchor] = useState<number | null>(null);
  const { entries, index: now } = queue;
  const uids = chosen.size === 0 ? [] : entries.slice(Math.max(0, now)).flatMap((entry) => (chosen.has(entry.uid) ? [entry.uid] : []));
  const between = (from: number, to: number): Set<number> => new Set(entries.slice(Math.max(0, now, Math.min(from, to)), Math.max(from, to) + 1).map((entry) => entry.uid));
  return {
    uids,
    has: (uid) => chosen.has(uid),
    toggle: (uid, index) => {
      setChosen(new Set(uids.includes(uid) ? uids.filter((one) => one !== uid) : [...uids, uid]));
      setAnchor(index);
    },
    extend: (index, from) => {
      const start = anchor ?? from;
      setAnchor(start);
      setChosen(between(start, index));
    },
    all: () => setChosen(between(now + 1, entries.length)),
    clear: () => setChosen(none),
    setAnchor,
  };
}
