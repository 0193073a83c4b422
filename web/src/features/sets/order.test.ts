import { describe, expect, it } from "vitest";
import type { SetJoint, SlotPlace } from "@/shared/api/djSets";
import { tracks } from "@/test/fakeData";
import { inserted, moved, placesOf, removed, reorder, sumsOf, wantedAt, weakest, type Order } from "./order";
import { isWhole, readRule, ruleOf } from "./pools";
import { addPoint, curveLine, dropPoint, energyY, levelAt, levelOf, linePath, movePoint, namedCurves, shareAt, slotShapes, tempoLine, xOfShare, type Point } from "./shapes";
import { between } from "./travel";
import { advanced, wentBack, wentForth, type Stacks } from "./useHistory";

const places = (text: string): SlotPlace[] => [...text].map((letter) => ({ track_id: letter.toLowerCase(), locked: letter !== letter.toLowerCase(), joined: false }));
const text = (slots: readonly SlotPlace[]): string => slots.map((slot) => (slot.locked ? slot.track_id.toUpperCase() : slot.track_id)).join("");
const joint = (a: string, b: string, score: number): SetJoint => ({ a, b, score, weak_reason: null, tempo_change_pct: 0, tempo_factor: 1, relation: "same", compatible: true, costs: {} });
const order = (letters: string, scores: readonly number[]): Order => ({
  slots: [...letters].map((letter, i) => ({ track_id: letter, locked: false, joined: false, track: { ...(tracks[i] as (typeof tracks)[0]), id: letter, bpm: 100 + 4 * i, duration_s: 200 + 100 * i } })),
  joints: scores.map((score, i) => joint(letters[i] ?? "", letters[i + 1] ?? "", score)),
  energy: [...letters].map((_, i) => ({ wanted: i / (letters.length - 1), level: i / 10 })),
});

describe("an order", () => {
  it("is moved around what is locked", () => {
    expect(text(moved(places("abcd"), 0, 2))).toBe("bcad");
    expect(text(moved(places("aBcd"), 0, 3))).toBe("cBda");
    expect(text(moved(places("aBcd"), 3, 0))).toBe("dBac");
    expect(text(moved(places("aBcd"), 1, 3))).toBe("aBcd");
    expect(text(moved(places("aBcd"), 0, 1))).toBe("aBcd");
    expect(text(moved(places("abc"), 0, 9))).toBe("abc");
  });

  it("takes tracks in once, and lets them go", () => {
    expect(text(inserted(places("ab"), 1, ["c", "a", "c"]))).toBe("acb");
    expect(text(removed(places("abc"), 1))).toBe("ac");
  });

  it("keeps what it knows of joints and levels that stay", () => {
    const next = reorder(order("abcd", [90, 40, 70]), places("acdb"));
    expect(next.joints.map((one) => one?.score ?? null)).toEqual([null, 70, null]);
    expect(next.energy.map((one) => one.level)).toEqual([0, 0.2, 0.3, 0.1]);
    expect(next.energy[1]?.wanted).toBeCloseTo(1 / 3, 9);
    expect(sumsOf(next)).toMatchObject({ average: 70, weak: 0, duration: 1400 });
    expect(weakest(order("abcd", [90, 40, 70]).joints)).toBe(1);
    expect(weakest([])).toBeNull();
    expect(placesOf(next.slots).map((slot) => slot.track_id)).toEqual(["a", "c", "d", "b"]);
    expect(wantedAt([], 0.4)).toBe(0.5);
  });
});

describe("the graph", () => {
  const frame = { width: 1200, height: 216 };
  const set = order("abcd", [90, 40, 70]);
  const shapes = slotShapes(set, frame);

  it("gives every track the width of its length, side by side", () => {
    expect(shapes[0]?.x0).toBe(0);
    expect(shapes.at(-1)?.x1).toBeCloseTo(1200, 6);
    for (let i = 1; i < 4; i += 1) expect(shapes[i]?.x0).toBeCloseTo(shapes[i - 1]?.x1 ?? 0, 9);
    expect((shapes[3]?.x1 ?? 0) - (shapes[3]?.x0 ?? 0)).toBeCloseTo(((500 / 1400) * 1200), 6);
    // Faster is higher.
    expect(shapes[3]?.y ?? 0).toBeLessThan(shapes[0]?.y ?? 0);
  });

  it("a track counted at half time goes on where the one before is", () => {
    const slots = set.slots.map((slot, i) => (slot.track && i > 1 ? { ...slot, track: { ...slot.track, bpm: (slot.track.bpm ?? 0) * 2 } } : slot));
    const joints = set.joints.map((one, i) => (one && i === 1 ? { ...one, tempo_factor: 0.5 } : one));
    const folded = slotShapes({ ...set, slots, joints }, frame);
    expect(folded.map((shape) => shape.y)).toEqual(shapes.map((shape) => shape.y));
    expect(folded[2]?.bpm).toBe(216);
  });

  it("lines have as many points as each other, whatever is in the set", () => {
    expect(tempoLine(shapes, frame)).toHaveLength(tempoLine([], frame).length);
    expect(linePath([1, 2], frame)).toBe("M0.0 1.0L1200.0 2.0");
    expect(between([[0, 10]], [[10, 20]], 0.5)).toEqual([[5, 15]]);
    expect(curveLine(namedCurves["rise"] ?? [], shapes, frame)[0]).toBeCloseTo(energyY(frame, 0.15), 6);
  });

  it("a place in the graph and a share of the curve are one and the same", () => {
    for (const share of [0, 0.2, 0.5, 0.81, 1]) expect(shareAt(shapes, frame, xOfShare(shapes, frame, share))).toBeCloseTo(share, 6);
    expect(levelAt(frame, energyY(frame, 0.37))).toBeCloseTo(0.37, 9);
  });

  it("handles stay between their neighbours, the ends at the ends", () => {
    const points: Point[] = [[0, 0.3], [0.65, 0.95], [1, 0.45]];
    expect(movePoint(points, 1, 1.4, 2)).toEqual([[0, 0.3], [0.98, 1], [1, 0.45]]);
    expect(movePoint(points, 0, 0.5, 0.1)[0]).toEqual([0, 0.1]);
    expect(dropPoint(points, 1)).toHaveLength(2);
    expect(dropPoint(points, 0)).toHaveLength(3);
    expect(addPoint(points)).toMatchObject({ index: 1, points: { length: 4 } });
    expect(addPoint(points, 0.651)).toBeNull();
    expect(levelOf(points, 0.325)).toBeCloseTo(0.625, 9);
  });
});

describe("a pool by a filter", () => {
  it("is written as a rule and read back", () => {
    const filters = { year_from: 1970, year_to: 1979, liked: true as const, bpm_min: 118, energy_max: 0.6, key: "8A,9A", rated_min: 4 };
    const rule = ruleOf(filters, "House");
    expect(rule?.match.all).toContainEqual({ field: "bpm", op: "at_least", value: 118 });
    expect(readRule({ ...rule })).toEqual({ filters, genre: "House", more: false });
    expect(readRule({ ...ruleOf({ key: "8A", key_compatible: true }, null) }).filters).toEqual({ key: "8A", key_compatible: true });
  });
  it("nothing chosen is no rule; a rule from elsewhere says so", () => {
    expect(ruleOf({}, null)).toBeNull();
    expect(readRule({ match: { any: [] } }).more).toBe(true);
    expect(readRule({ match: { all: [{ field: "title", op: "contains", value: "x" }] } }).more).toBe(true);
    expect(isWhole({ kind: "playlist", id: null })).toBe(false);
    expect(isWhole({ kind: "library" })).toBe(true);
    expect(isWhole({ kind: "tracks", track_ids: [] })).toBe(false);
  });
});

describe("undo and redo", () => {
  it("are earlier versions restored", () => {
    let stacks: Stacks = { version: 3, undo: [1, 2], redo: [] };
    stacks = advanced(stacks, 4);
    expect(stacks).toEqual({ version: 4, undo: [1, 2, 3], redo: [] });
    stacks = wentBack(stacks, 5);
    expect(stacks).toEqual({ version: 5, undo: [1, 2], redo: [4] });
    stacks = wentForth(stacks, 6);
    expect(stacks).toEqual({ version: 6, undo: [1, 2, 5], redo: [] });
    expect(advanced(stacks, 6)).toBe(stacks);
    expect(advanced(wentBack(stacks, 7), 8).redo).toEqual([]);
  });
});
