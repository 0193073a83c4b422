import { describe, expect, it } from "vitest";
import * as q from "./queue";

const source = { kind: "album", id: "a", name: "A" } as const;
const ids = (n: number): string[] => Array.from({ length: n }, (_, i) => `t${i}`);
const order = (queue: q.Queue): string[] => queue.entries.map((entry) => entry.trackId);
/** A small generator, so that a shuffle is the same in every run. */
const seeded = (seed: number) => () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648);

describe("queue", () => {
  it("playing a row queues the whole list at that row", () => {
    const queue = q.start(q.emptyQueue, ids(5), 3, source, false);
    expect(order(queue)).toEqual(ids(5));
    expect(q.current(queue)?.trackId).toBe("t3");
  });

  it("play next goes in front of what was added before, add goes behind it, both before the source", () => {
    let queue = q.start(q.emptyQueue, ids(3), 0, source, false);
    queue = q.addLast(queue, ["x"]);
    queue = q.addLast(queue, ["y"]);
    queue = q.playNext(queue, ["n"]);
    expect(order(queue)).toEqual(["t0", "n", "x", "y", "t1", "t2"]);
    expect(q.upcomingAdded(queue).map((entry) => entry.trackId)).toEqual(["n", "x", "y"]);
  });

  it("a new list keeps the listener's own additions next", () => {
    let queue = q.addLast(q.start(q.emptyQueue, ids(3), 0, source, false), ["x"]);
    queue = q.start(queue, ["b0", "b1"], 0, null, false);
    expect(order(queue)).toEqual(["b0", "x", "b1"]);
  });

  it("shuffling leaves the current one and the additions, unshuffling restores the order of the source", () => {
    let queue = q.addLast(q.start(q.emptyQueue, ids(20), 4, source, false), ["x"]);
    const shuffled = q.setShuffled(queue, true, seeded(7));
    expect(order(shuffled).slice(0, 6)).toEqual(["t0", "t1", "t2", "t3", "t4", "x"]);
    expect(order(shuffled)).not.toEqual(order(queue));
    expect([...order(shuffled)].sort()).toEqual([...order(queue)].sort());
    queue = q.setShuffled(shuffled, false);
    expect(order(queue)).toEqual(["t0", "t1", "t2", "t3", "t4", "x", ...ids(20).slice(5)]);
    expect(q.current(queue)?.trackId).toBe("t4");
  });

  it("a shuffled start puts the chosen track first and every track in once", () => {
    const queue = q.start(q.emptyQueue, ids(50), 10, source, true, seeded(3));
    expect(order(queue)[0]).toBe("t10");
    expect(new Set(order(queue)).size).toBe(50);
  });

  it("removing before, at and after the current one keeps the right one current", () => {
    const queue = q.start(q.emptyQueue, ids(5), 2, source, false);
    const uid = (i: number): number => queue.entries[i]?.uid ?? -1;
    expect(q.current(q.remove(queue, new Set([uid(0)])))?.trackId).toBe("t2");
    expect(q.current(q.remove(queue, new Set([uid(4)])))?.trackId).toBe("t2");
    expect(q.current(q.remove(queue, new Set([uid(2)])))?.trackId).toBe("t3");
    expect(q.current(q.remove(queue, new Set([0, 1, 2, 3, 4].map(uid))))).toBeNull();
  });

  it("moving never moves the current one and keeps it current", () => {
    const queue = q.start(q.emptyQueue, ids(5), 1, source, false);
    const moved = q.move(queue, queue.entries[4]?.uid ?? 0, 2);
    expect(order(moved)).toEqual(["t0", "t1", "t4", "t2", "t3"]);
    expect(q.current(moved)?.trackId).toBe("t1");
    expect(q.move(queue, queue.entries[1]?.uid ?? 0, 4)).toBe(queue);
    const back = q.move(queue, queue.entries[3]?.uid ?? 0, 0);
    expect(order(back)).toEqual(["t3", "t0", "t1", "t2", "t4"]);
    expect(q.current(back)?.trackId).toBe("t1");
  });

  it("repeat decides what follows the end", () => {
    const queue = q.start(q.emptyQueue, ids(2), 1, source, false);
    expect(q.nextIndex(queue, true)).toBeNull();
    expect(q.nextIndex({ ...queue, repeat: "all" }, true)).toBe(0);
    expect(q.nextIndex({ ...queue, repeat: "one" }, true)).toBe(1);
    expect(q.nextIndex({ ...queue, repeat: "one" }, false)).toBe(0);
  });

  it("a list that arrives in pieces continues the order and can be unshuffled", () => {
    const queue = q.extend(q.start(q.emptyQueue, ids(3), 0, source, false), ["u0", "u1"]);
    expect(order(queue)).toEqual(["t0", "t1", "t2", "u0", "u1"]);
    const mixed = q.extend(q.setShuffled(q.start(q.emptyQueue, ids(3), 0, source, false), true, seeded(1)), ["u0", "u1"], seeded(2));
    expect(order(q.setShuffled(mixed, false))).toEqual(["t0", "t1", "t2", "u0", "u1"]);
  });

  it("is quick with ten thousand", () => {
    let queue = q.start(q.emptyQueue, ids(10_000), 5_000, source, false);
    const began = performance.now();
    queue = q.playNext(queue, ["x"]);
    queue = q.move(queue, queue.entries[9_000]?.uid ?? 0, 5_002);
    queue = q.remove(queue, new Set([queue.entries[7_000]?.uid ?? 0]));
    queue = q.setShuffled(queue, true);
    queue = q.setShuffled(queue, false);
    expect(queue.entries).toHaveLength(10_000);
    expect((performance.now() - began) / 5).toBeLessThan(50);
  });
});
