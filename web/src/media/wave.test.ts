import { describe, expect, it } from "vitest";
import { strokes, wavePath } from "./wave";

describe("strokes of a waveform", () => {
  it("are relative to the loudest part", () => {
    expect(strokes([10, 10, 20, 20], 2)).toEqual([0.5 ** 1.25, 1]);
  });
  it("repeat peaks when there are fewer than strokes", () => {
    expect(strokes([255, 255], 4)).toEqual([1, 1, 1, 1]);
  });
  it("are nothing for silence and for no peaks at all", () => {
    expect(strokes([0, 0, 0], 3)).toEqual([0, 0, 0]);
    expect(strokes([], 2)).toEqual([0, 0]);
  });
});

describe("the path", () => {
  it("stays inside its box and leaves a dot for silence", () => {
    const path = wavePath([0, 255, 128], 30, 20, 10);
    const parts = [...path.matchAll(/M([\d.]+) ([\d.]+)v([\d.]+)/g)].map((part) => part.slice(1).map(Number));
    expect(parts).toHaveLength(3);
    for (const [x = -1, y = -1, tall = -1] of parts) {
      expect(x).toBeGreaterThanOrEqual(1);
      expect(x).toBeLessThanOrEqual(29);
      expect(y).toBeGreaterThanOrEqual(1);
      expect(y + tall).toBeLessThanOrEqual(19);
      expect(tall).toBeGreaterThan(0);
    }
    expect(parts[1]?.[2]).toBe(18);
  });
});
