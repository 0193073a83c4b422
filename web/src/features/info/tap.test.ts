import { expect, it } from "vitest";
import { tapped, tempoOf } from "./tap";

const every = (ms: number, n: number, off: (i: number) => number = () => 0): number[] => Array.from({ length: n }, (_, i) => 1000 + i * ms + off(i));

it("finds the tempo of even and of human taps", () => {
  expect(tempoOf(every(500, 8))).toBe(120);
  expect(tempoOf(every(640, 4))).toBe(93.8);
  expect(Math.abs((tempoOf(every(500, 12, (i) => (i % 2 ? 18 : -15))) ?? 0) - 120)).toBeLessThan(1);
  expect(tempoOf(every(500, 3))).toBeNull();
});

it("begins anew after a pause, and takes a bounce for none", () => {
  expect(tapped([0, 500, 1000], 5000)).toEqual([5000]);
  expect(tapped([0, 500, 1000], 1040)).toEqual([0, 500, 1000]);
  expect(tapped([0, 500], 1000)).toEqual([0, 500, 1000]);
  let taps: number[] = [];
  for (let i = 0; i < 60; i += 1) taps = tapped(taps, i * 400);
  expect(taps).toHaveLength(24);
  expect(tempoOf(taps)).toBe(150);
});
