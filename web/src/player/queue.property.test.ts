import { describe, expect, it } from "vitest";
import * as q from "./queue";
import { arrange } from "./shuffle";

/** A small generator, so that a failing sequence can be run again by its seed. */
function dice(seed: number) {
  let state = seed * 2654435761 + 1;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  const some = <T>(list: readonly T[]): T[] => list.filter(() => next() < 0.2);
  return { next, below, some };
}

const uidsOf = (queue: q.Queue): number[] => queue.entries.map((entry) => entry.uid);
const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);

type Dice = ReturnType<typeof dice>;
interface Step {
  queue: q.Queue;
  /** Entries that must have come and gone. */
  came?: number;
  went?: readonly number[];
  /** The same entry is current as before. */
  keeps: boolean;
}

let song = 0;
const songs = (n: number): string[] => Array.from({ length: n }, () => `t${(song += 1)}`);

const actions: Record<string, (queue: q.Queue, d: Dice) => Step> = {
  playNext: (queue, d) => { const n = 1 + d.below(3); return { queue: q.playNext(queue, songs(n)), came: n, keeps: true }; },
  addLast: (queue, d) => { const n = 1 + d.below(3); return { queue: q.addLast(queue, songs(n)), came: n, keeps: true }; },
  extend: (queue, d) => { const n = 1 + d.below(5); return { queue: q.extend(queue, songs(n), d.next), came: n, keeps: true }; },
  removeOthers: (queue, d) => {
    const went = d.some(uidsOf(queue)).filter((uid) => uid !== q.current(queue)?.uid);
    return { queue: q.remove(queue, new Set(went)), went, keeps: true };
  },
  removeCurrent: (queue) => {
    const went = q.current(queue) ? [q.current(queue)?.uid ?? -1] : [];
    return { queue: q.remove(queue, new Set(went)), went, keeps: went.length === 0 };
  },
  move: (queue, d) => ({ queue: q.move(queue, uidsOf(queue)[d.below(queue.entries.length)] ?? -1, d.below(queue.entries.length + 2) - 1), keeps: true }),
  moveAll: (queue, d) => ({ queue: q.moveAll(queue, new Set(d.some(uidsOf(queue))), d.below(queue.entries.length + 2) - 1), keeps: true }),
  clearAdded: (queue) => ({ queue: q.clearAdded(queue), went: q.upcomingAdded(queue).map((entry) => entry.uid), keeps: true }),
  clearUpcoming: (queue, d) => (d.next() < 0.9 ? { queue, keeps: true } : { queue: q.clearUpcoming(queue), went: uidsOf(queue).slice(queue.index + 1), keeps: true }),
  jump: (queue, d) => ({ queue: q.jump(queue, d.below(queue.entries.length + 1)), keeps: false }),
  shuffle: (queue, d) => ({ queue: q.setShuffled(queue, !queue.shuffled, d.next), keeps: true }),
  serverOrder: (queue, d) => ({ queue: arrange(queue, uidsOf(queue).slice(q.upcomingStart(queue)).map((uid) => [d.next(), uid] as const).sort((a, b) => a[0] - b[0]).map(([, uid]) => uid)), keeps: true }),
  advance: (queue) => ({ queue: q.jump(queue, q.nextIndex(queue, true) ?? queue.index), keeps: false }),
};

/** What holds for every queue, whatever was done to it. */
function isWhole(queue: q.Queue): void {
  expect(new Set(uidsOf(queue)).size).toBe(queue.entries.length);
  expect(Math.max(0, ...uidsOf(queue))).toBeLessThan(queue.nextUid);
  if (queue.entries.length > 0) expect(q.current(queue)).not.toBeNull();
  else expect(queue.index).toBe(-1);
}

describe("queue under random actions", () => {
  const names = Object.keys(actions);
  for (let seed = 1; seed <= 60; seed += 1) {
    it(`no entry is lost or doubled, the current one stays, undo restores (seed ${seed})`, () => {
      const d = dice(seed);
      let queue = q.start({ ...q.emptyQueue, repeat: (["off", "all", "one"] as const)[seed % 3] ?? "off" }, songs(5 + d.below(30)), d.below(5), null, seed % 4 === 0, d.next);
      isWhole(queue);
      for (let step = 0; step < 120; step += 1) {
        const name = names[d.below(names.length)] ?? "move";
        if (queue.entries.length === 0) queue = q.start(queue, songs(12), 3, null, queue.shuffled, d.next);
        const before = queue;
        const done = actions[name]?.(before, d) ?? { queue, keeps: true };
        const after = done.queue;
        isWhole(after);
        const fresh = Array.from({ length: done.came ?? 0 }, (_, i) => before.nextUid + i);
        const gone = new Set(done.went ?? []);
        expect(sorted(uidsOf(after)), `${name} in step ${step}`).toEqual(sorted([...uidsOf(before).filter((uid) => !gone.has(uid)), ...fresh]));
        if (done.keeps && after.entries.length > 0) expect(q.current(after)?.uid, `${name} in step ${step}`).toBe(q.current(before)?.uid);

        if (gone.size > 0) {
          const undone = q.putBack(after, before, gone);
          expect(undone.entries, `undo of ${name}`).toEqual(before.entries);
          if (done.keeps) expect(undone.index).toBe(before.index);
        }
        if (name === "move" || name === "moveAll") {
          const moved = new Set(uidsOf(before));
          expect(sorted(uidsOf(q.putBack(after, before, moved)))).toEqual(sorted(uidsOf(before)));
        }
        queue = after;
      }
    });
  }

  it("undo after more has happened brings back what was taken and keeps the rest as it is", () => {
    const first = q.start(q.emptyQueue, songs(8), 2, null, false);
    const uid = (i: number): number => first.entries[i]?.uid ?? -1;
    const gone = new Set([uid(4), uid(5), uid(7)]);
    let queue = q.remove(first, gone);
    queue = q.jump(q.addLast(queue, ["x"]), 3); // the added one plays now
    queue = q.remove(queue, new Set([uid(6)]));
    const back = q.putBack(queue, first, gone);
    expect(uidsOf(back)).toEqual([uid(0), uid(1), uid(2), 9, uid(3), uid(4), uid(5), uid(7)]);
    expect(q.current(back)?.trackId).toBe("x");
  });

  it("a move is undone to the same order, as the listener's own or not", () => {
    const first = q.addLast(q.start(q.emptyQueue, songs(8), 1, null, false), ["x", "y"]);
    for (const entry of first.entries)
      for (let to = 0; to <= first.entries.length; to += 1) {
        const moved = q.move(first, entry.uid, to);
        const back = q.putBack(moved, first, new Set([entry.uid]));
        expect(back.entries).toEqual(first.entries);
        expect(back.index).toBe(first.index);
      }
  });

  it("what is to play next becomes the listener's own, in front of what they added before", () => {
    const first = q.start(q.emptyQueue, songs(6), 1, null, false);
    const uid = (i: number): number => first.entries[i]?.uid ?? -1;
    let queue = q.moveAll(first, new Set([uid(4)]), 2, true);
    expect(q.upcomingAdded(queue).map((entry) => entry.uid)).toEqual([uid(4)]);
    queue = q.moveAll(queue, new Set([uid(5)]), 2, true);
    expect(q.upcomingAdded(queue).map((entry) => entry.uid)).toEqual([uid(5), uid(4)]);
    expect(q.upcomingAdded(q.moveAll(first, new Set([uid(4)]), 2))).toEqual([]);
  });

  it("several rows move together and keep their order", () => {
    const first = q.start(q.emptyQueue, songs(8), 1, null, false);
    const uid = (i: number): number => first.entries[i]?.uid ?? -1;
    const moved = q.moveAll(first, new Set([uid(7), uid(3), uid(1)]), 2);
    expect(uidsOf(moved)).toEqual([uid(0), uid(1), uid(3), uid(7), uid(2), uid(4), uid(5), uid(6)]);
    expect(q.current(moved)?.uid).toBe(uid(1));
  });
});
