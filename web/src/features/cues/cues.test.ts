import { describe, expect, it } from "vitest";
import type { Cue } from "@/shared/api/types";
import { added, endedAt, inHand, movedTo, padsFor, place, readPlace, snapped, toSend } from "./cues";

const cue = (more: Partial<Cue> = {}): Cue => ({ kind: "cue", start_s: 10, end_s: null, number: null, name: "", colour: null, bpm: null, beat: null, beats: null, ...more });

describe("cues in the hand", () => {
  it("takes the first free pad and stands in the order of time", () => {
    const before = inHand([cue({ number: 0, start_s: 30 }), cue({ number: 2, start_s: 5 })]);
    const { cues, key } = added(before, "cue", 12.3456, 200, null);
    expect(cues.map((one) => one.start_s)).toEqual([5, 12.346, 30]);
    expect(cues.find((one) => one.key === key)?.number).toBe(1);
  });

  it("makes a loop of four beats on the beat, and finds room for it at the end", () => {
    const beats = { first_s: 0.25, bpm: 120 };
    expect(added([], "loop", 10.1, 200, beats).cues[0]).toMatchObject({ start_s: 10.25, end_s: 12.25 });
    const last = added([], "loop", 200, 200, null).cues[0];
    expect(last).toMatchObject({ start_s: 196, end_s: 200 });
  });

  it("moves a loop as a whole and keeps its end behind its start", () => {
    const [loop] = inHand([cue({ kind: "loop", start_s: 10, end_s: 14 })]);
    if (!loop) throw new Error("no loop");
    expect(movedTo(loop, 199, 200)).toMatchObject({ start_s: 196, end_s: 200 });
    expect(movedTo(loop, -3, 200)).toMatchObject({ start_s: 0, end_s: 4 });
    expect(endedAt(loop, 3, 200).end_s).toBe(10.05);
    expect(endedAt(loop, 900, 200).end_s).toBe(200);
  });

  it("sends what the server knows, and beat grids as they came", () => {
    const grid = cue({ kind: "grid", bpm: 128, beat: 1, beats: 4 });
    const named = cue({ name: "  drop " });
    expect(toSend(inHand([grid, named]))).toEqual([grid, { ...named, name: "drop" }]);
  });

  it("offers the pads that are free, and its own", () => {
    const all = inHand([cue({ number: 0 }), cue({ number: 3 })]);
    const [own] = all;
    if (!own) throw new Error("no cue");
    expect(padsFor(all, own).slice(0, 4)).toEqual([0, 1, 2, 4]);
  });
});

describe("places in a track", () => {
  it("are written to the thousandth and read as people type them", () => {
    expect(place(62.34)).toBe("1:02.340");
    expect(place(59.9996)).toBe("1:00.000");
    expect([readPlace("1:02.34"), readPlace("62,34"), readPlace(" 7 ")]).toEqual([62.34, 62.34, 7]);
    expect([readPlace("1:72"), readPlace("soon"), readPlace("")]).toEqual([null, null, null]);
  });

  it("snap to the nearest beat, never before the start", () => {
    expect(snapped(10.1, { first_s: 0.25, bpm: 120 })).toBeCloseTo(10.25);
    expect(snapped(0, { first_s: 0.4, bpm: 60 })).toBe(0.4);
    expect(snapped(3, null)).toBe(3);
  });
});
