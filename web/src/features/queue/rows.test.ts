import { describe, expect, it } from "vitest";
import * as q from "@/player/queue";
import { queueView } from "./rows";

const ids = (n: number, from = 0): string[] => Array.from({ length: n }, (_, i) => `t${from + i}`);
const shown = (queue: q.Queue): string[] => {
  const view = queueView(queue);
  return Array.from({ length: view.count }, (_, row) => {
    const one = view.at(row);
    if (!one) return "nothing";
    return "entry" in one ? `${one.kind} ${one.entry.trackId}` : `${one.kind} ${one.count}`;
  });
};

describe("rows of the queue", () => {
  it("shows now, the listener's own and the rest, without what was played", () => {
    const queue = q.addLast(q.start(q.emptyQueue, ids(4), 1, null, false), ["x", "y"]);
    expect(shown(queue)).toEqual(["now t1", "own-head 2", "entry x", "entry y", "source-head 2", "entry t2", "entry t3"]);
  });
  it("leaves heads out that have nothing under them", () => {
    expect(shown(q.emptyQueue)).toEqual([]);
    expect(shown(q.start(q.emptyQueue, ids(2), 1, null, false))).toEqual(["now t1"]);
    expect(shown(q.addLast(q.start(q.emptyQueue, ids(1), 0, null, false), ["x"]))).toEqual(["now t0", "own-head 1", "entry x"]);
    expect(shown(q.start(q.emptyQueue, ids(2), 0, null, false))).toEqual(["now t0", "source-head 1", "entry t1"]);
  });
  it("finds the row of an entry, and every key is its own", () => {
    const queue = q.addLast(q.start(q.emptyQueue, ids(6), 2, null, false), ["x", "y"]);
    const view = queueView(queue);
    for (let row = 0; row < view.count; row += 1) {
      const one = view.at(row);
      expect(view.isHead(row)).toBe(!(one && "entry" in one));
      if (one && "entry" in one) expect(view.rowOf(one.index)).toBe(row);
    }
    expect(new Set(Array.from({ length: view.count }, (_, row) => view.keyOf(row))).size).toBe(view.count);
    expect(view.at(view.count)).toBeNull();
  });
});
