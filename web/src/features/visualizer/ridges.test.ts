import { expect, it } from "vitest";
import { ridgeHeight } from "./ridges";
import { bandCount } from "./spectrum";

it("is flat at the edges and never below the ground, and bass is in the middle", () => {
  const bass = new Float32Array(bandCount);
  bass.fill(1, 0, 8);
  for (let row = 0; row < 30; row += 1) {
    expect(ridgeHeight(bass, 0, row)).toBeCloseTo(0);
    expect(ridgeHeight(bass, 1, row)).toBeCloseTo(0);
    const heights = Array.from({ length: 101 }, (_, at) => ridgeHeight(bass, at / 100, row));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...heights)).toBeLessThanOrEqual(1);
    expect(Math.abs(heights.indexOf(Math.max(...heights)) - 50)).toBeLessThan(20);
  }
});
