import { describe, expect, it } from "vitest";
import { withOnly, withPiece, type Plan } from "./api";
import { inputsOf, read, shown } from "./fields";
import { handles, levelAt, moved, shareOf, ticks, xOf } from "./shape";

const plan: Plan = { text: "", pieces: [{ kind: "length", value: { minutes: 60 } }, { kind: "curve", value: { name: "rise" } }], leftovers: [], pins: {}, without: [] };

describe("the curve's handles", () => {
  it("a straight line gets two to bend it with, and stays the same line", () => {
    const made = handles([[0, 0.2], [1, 0.8]]);
    expect(made).toHaveLength(4);
    for (const share of [0, 0.25, 0.5, 1]) expect(levelAt(made, share)).toBeCloseTo(0.2 + 0.6 * share);
  });
  it("stay between their neighbours, in the box, and the ends at the ends", () => {
    const made = handles([[0, 0.2], [1, 0.8]]);
    expect(moved(made, 1, 0.9, 2)[1]).toEqual([0.647, 1]);
    expect(moved(made, 0, 0.5, -1)[0]).toEqual([0, 0]);
    expect(moved(made, 3, 0.5, 0.3)[3]).toEqual([1, 0.3]);
  });
  it("a place and its share are each other's way back", () => {
    for (const share of [0, 0.4, 1]) expect(shareOf(xOf(share, 24), 24)).toBeCloseTo(share);
    expect(xOf(0.5, 1)).toBe(0.5);
  });
  it("times are round and few", () => {
    expect(ticks(5400)).toEqual([0, 1800, 3600]);
    expect(ticks(600)).toEqual([0, 300]);
    expect(ticks(0)).toEqual([0]);
  });
});

describe("pieces", () => {
  it("are changed, taken away and added without touching the others", () => {
    expect(withPiece(plan, 0, null).pieces).toEqual([plan.pieces[1]]);
    expect(withPiece(plan, 2, { kind: "live", value: { is: false } }).pieces).toHaveLength(3);
    expect(withOnly(plan, "curve", { name: "fall" }).pieces).toEqual([plan.pieces[0], { kind: "curve", value: { name: "fall" } }]);
  });
  it("read back what they show", () => {
    const values: Record<string, Record<string, unknown>> = {
      years: { ranges: [[1970, 1989], [1995, 1995], [2010, null]] },
      key: { keys: ["8A", "9A"] },
      tempo: { from: 100, to: 120 },
      genre: { names: ["Jazz", "Soul"] },
      sound: { text: "slow warm piano" },
      length: { minutes: 90 },
    };
    for (const [kind, value] of Object.entries(values)) {
      for (const input of inputsOf(kind, value)) {
        if (value[input.name] !== undefined) expect(read(input, shown(input, value))).toEqual(value[input.name]);
      }
    }
  });
});
