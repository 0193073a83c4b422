import { expect, it } from "vitest";
import { frameClock } from "./clock";

const drawn = (fps: 60 | 30, screen: number, cost = 0): number => {
  const clock = frameClock(fps);
  let count = 0;
  for (let frame = 0; frame < screen * 10; frame += 1) {
    if (clock.due((frame * 1000) / screen) === 0) continue;
    count += 1;
    clock.took(cost);
  }
  return count / 10;
};

it("draws 60 or 30 times a second on screens of 60, 120 and 144 Hz", () => {
  expect(drawn(60, 60)).toBeCloseTo(60, 0);
  expect(drawn(60, 120)).toBeCloseTo(60, 0);
  expect(drawn(30, 60)).toBeCloseTo(30, 0);
  expect(drawn(60, 144)).toBeLessThanOrEqual(72);
  expect(drawn(30, 120)).toBeCloseTo(30, 0);
});

it("goes down to 30 when drawing costs more than its share", () => {
  expect(drawn(60, 60, 2)).toBeCloseTo(60, 0);
  expect(drawn(60, 60, 9)).toBeLessThan(40);
});

it("never says that more than a tenth of a second has passed", () => {
  const clock = frameClock(60);
  clock.due(0);
  expect(clock.due(60_000)).toBe(0.1);
});
