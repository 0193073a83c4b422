import { expect, it } from "vitest";
import { around } from "./ring";

it("goes once around the sleeve, evenly, and always looks outwards", () => {
  const place = new Float32Array(4);
  const at = (turn: number): number[] => {
    around(turn, 0.1, place);
    return [...place];
  };
  expect(at(0).map(Math.round)).toEqual([0, 1, 0, 1]);
  const count = 400;
  let [lastX = 0, lastY = 0] = at(0);
  const steps: number[] = [];
  for (let step = 1; step <= count; step += 1) {
    const [x = 0, y = 0, outX = 0, outY = 0] = at((step % count) / count);
    steps.push(Math.hypot(x - lastX, y - lastY));
    expect(Math.hypot(outX, outY)).toBeCloseTo(1, 4);
    expect(x * outX + y * outY).toBeGreaterThan(0.8);
    expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1.0001);
    [lastX, lastY] = [x, y];
  }
  expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.1);
});
