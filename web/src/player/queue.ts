import type { Id } from "@/shared/api/types";

/** The queue is one list in the order in which it plays. Entries the listener put in ("added") sit behind the current
 *  one; the rest comes from the source. Every function returns a new value and leaves the old one alone. */
export interface QueueEntry {
  readonly uid: number;
  readonly trackId: Id;
  readonly added: boolean;
  /** Place in the source, to undo a shuffle. */
  readonly place: number;
}
export interface QueueSource {
  kind: "album" | "artist" | "playlist" | "genre" | "library" | "search" | "home" | "tracks";
  id: Id | null;
  name: string;
}
export type Repeat = "off" | "all" | "one";

export interface Queue {
  readonly entries: readonly QueueEntry[];
  /** -1 = nothing is current. */
  readonly index: number;
  readonly source: QueueSource | null;
  readonly shuffled: boolean;
  readonly repeat: Repeat;
  readonly nextUid: number;
}

export const emptyQueue: Queue = { entries: [], index: -1, source: null, shuffled: false, repeat: "off", nextUid: 1 };

export const current = (queue: Queue): QueueEntry | null => queue.entries[queue.index] ?? null;

type Random = () => number;

function shuffle<T>(items: readonly T[], random: Random): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const swap = out[i] as T;
    out[i] = out[j] as T;
    out[j] = swap;
  }
  return out;
}

const make = (queue: Queue, trackIds: readonly Id[], added: boolean, firstPlace: number): QueueEntry[] =>
  trackIds.map((trackId, i) => ({ uid: queue.nextUid + i, trackId, added, place: firstPlace + i }));

/** Plays a list from one of its rows: the whole list becomes the queue. What the listener had added stays next. */
export function start(queue: Queue, trackIds: readonly Id[], index: number, source: QueueSource | null, shuffled: boolean, random: Random = Math.random): Queue {
  const kept = upcomingAdded(queue);
  const fresh = make(queue, trackIds, false, 0);
  const first = fresh[index];
  if (!first) return { ...queue, entries: [], index: -1, source };
  const entries = shuffled
    ? [first, ...kept, ...shuffle(fresh.filter((entry) => entry !== first), random)]
    : [...fresh.slice(0, index + 1), ...kept, ...fresh.slice(index + 1)];
  return { ...queue, entries, index: shuffled ? 0 : index, source, shuffled, nextUid: queue.nextUid + fresh.length };
}

/** The rest of a long list, which arrives page by page after playing began. */
export function extend(queue: Queue, trackIds: readonly Id[], random: Random = Math.random): Queue {
  const last = queue.entries.reduce((max, entry) => Math.max(max, entry.place), -1);
  const fresh = make(queue, trackIds, false, last + 1);
  const tail = queue.shuffled ? shuffle([...queue.entries.slice(upcomingStart(queue)), ...fresh], random) : null;
  const entries = tail ? [...queue.entries.slice(0, upcomingStart(queue)), ...tail] : [...queue.entries, ...fresh];
  return { ...queue, entries, nextUid: queue.nextUid + fresh.length };
}

/** Index behind the listener's own block that follows the current entry. */
export function upcomingStart(queue: Queue): number {
  let at = queue.index + 1;
  while (queue.entries[at]?.added) at += 1;
  return at;
}
export const upcomingAdded = (queue: Queue): QueueEntry[] => queue.entries.slice(queue.index + 1, upcomingStart(queue));

const insert = (queue: Queue, at: number, trackIds: readonly Id[]): Queue => {
  const fresh = make(queue, trackIds, true, -1);
  return { ...queue, entries: [...queue.entries.slice(0, at), ...fresh, ...queue.entries.slice(at)], nextUid: queue.nextUid + fresh.length };
};
export const playNext = (queue: Queue, trackIds: readonly Id[]): Queue => insert(queue, queue.index + 1, trackIds);
export const addLast = (queue: Queue, trackIds: readonly Id[]): Queue => insert(queue, upcomingStart(queue), trackIds);

export function remove(queue: Queue, uids: ReadonlySet<number>): Queue {
  const before = queue.entries.slice(0, Math.max(0, queue.index)).filter((entry) => uids.has(entry.uid)).length;
  const entries = queue.entries.filter((entry) => !uids.has(entry.uid));
  const index = Math.min(queue.index - before, entries.length - 1);
  return { ...queue, entries, index };
}

/** Puts entries, in their order in the queue, before the entry that is at `to` in the list without them. The current one stays
 *  where it is. Among the listener's own they become such, and also where `own` says so. */
export function moveAll(queue: Queue, uids: ReadonlySet<number>, to: number, own = false): Queue {
  const playing = current(queue);
  const taken = queue.entries.filter((entry) => uids.has(entry.uid) && entry !== playing);
  if (taken.length === 0) return queue;
  const rest = queue.entries.filter((entry) => !uids.has(entry.uid) || entry === playing);
  const at = Math.min(Math.max(to, 0), rest.length);
  const currentAt = playing ? rest.indexOf(playing) : -1;
  let blockEnd = currentAt + 1;
  while (rest[blockEnd]?.added) blockEnd += 1;
  const atItsEnd = at === blockEnd && taken.some((entry) => entry.added);
  const inBlock = at > currentAt && (at < blockEnd || atItsEnd || (own && at === blockEnd));
  const moved = taken.map((entry) => (entry.added === inBlock ? entry : { ...entry, added: inBlock }));
  const entries = [...rest.slice(0, at), ...moved, ...rest.slice(at)];
  return { ...queue, entries, index: playing ? (at <= currentAt ? currentAt + moved.length : currentAt) : -1 };
}
export const move = (queue: Queue, uid: number, to: number): Queue => moveAll(queue, new Set([uid]), to);

/** Undoes what was done to these entries (taken out, moved) and leaves alone what happened since: each returns behind the
 *  entry it followed, and what plays goes on. */
export function putBack(now: Queue, before: Queue, uids: ReadonlySet<number>): Queue {
  if (now.entries.length === 0) return before;
  const playing = current(now);
  const stay = new Set(now.entries.filter((entry) => !uids.has(entry.uid) || entry === playing).map((entry) => entry.uid));
  const behind = new Map<number | null, QueueEntry[]>();
  let anchor: number | null = null;
  for (const entry of before.entries) {
    if (stay.has(entry.uid)) anchor = entry.uid;
    else if (uids.has(entry.uid)) {
      const group = behind.get(anchor);
      if (group) group.push(entry);
      else behind.set(anchor, [entry]);
    }
  }
  const entries = [...(behind.get(null) ?? [])];
  for (const entry of now.entries) if (stay.has(entry.uid)) entries.push(entry, ...(behind.get(entry.uid) ?? []));
  return { ...now, entries, index: playing ? entries.indexOf(playing) : -1 };
}

/** Empties what comes next and leaves what plays. */
export function clearUpcoming(queue: Queue): Queue {
  const playing = current(queue);
  return { ...queue, entries: playing ? queue.entries.slice(0, queue.index + 1) : [], source: queue.source };
}
export function clearAdded(queue: Queue): Queue {
  return remove(queue, new Set(upcomingAdded(queue).map((entry) => entry.uid)));
}

export const jump = (queue: Queue, index: number): Queue => (queue.entries[index] ? { ...queue, index } : queue);

/** Where playback goes from here. `byItself` = the track ended; then repeat-one counts. null = the end. */
export function nextIndex(queue: Queue, byItself: boolean): number | null {
  if (queue.index < 0) return null;
  if (byItself && queue.repeat === "one") return queue.index;
  if (queue.index + 1 < queue.entries.length) return queue.index + 1;
  return queue.repeat === "off" || queue.entries.length === 0 ? null : 0;
}
export function previousIndex(queue: Queue): number | null {
  if (queue.index > 0) return queue.index - 1;
  return queue.repeat === "all" && queue.entries.length > 0 ? queue.entries.length - 1 : null;
}

/** Shuffling mixes only what comes next from the source; unshuffling goes on in the source's order from the current entry. */
export function setShuffled(queue: Queue, on: boolean, random: Random = Math.random): Queue {
  if (on === queue.shuffled) return queue;
  const own = upcomingAdded(queue);
  if (on) {
    const at = upcomingStart(queue);
    return { ...queue, shuffled: true, entries: [...queue.entries.slice(0, at), ...shuffle(queue.entries.slice(at), random)] };
  }
  const playing = current(queue);
  const kept = new Set(own);
  const others = queue.entries.filter((entry) => entry !== playing && !kept.has(entry));
  const sourced = others.filter((entry) => entry.place >= 0).sort((a, b) => a.place - b.place);
  const split = playing && playing.place >= 0 ? sourced.filter((entry) => entry.place < playing.place).length : 0;
  // The listener's own outside the block have no place in the source: played ones stay behind the current one, others come last.
  const strangers = (part: readonly QueueEntry[]): QueueEntry[] => part.filter((entry) => entry.place < 0 && entry !== playing && !kept.has(entry));
  const head = [...sourced.slice(0, split), ...strangers(queue.entries.slice(0, Math.max(0, queue.index)))];
  const tail = [...own, ...sourced.slice(split), ...strangers(queue.entries.slice(queue.index + 1))];
  return { ...queue, shuffled: false, entries: [...head, ...(playing ? [playing] : []), ...tail], index: playing ? head.length : -1 };
}
