import { describe, expect, it } from "vitest";
import { mapBytes } from "@/test/fakeMap";
import { around, between, toPlace, toScreen, whole, zoomed, zoomLimits } from "./camera";
import { freeOf, labelStrength } from "./labels";
import { landmarks } from "./landmarks";
import { hazeOf, paint, rampOf, type Palette } from "./paint";
import { inBox, indexPlaces, inLasso, inRegion, nearest, placeOf } from "./places";
import { readPoints, world } from "./points";

const points = readPoints(mapBytes(20_000, 7));
const index = indexPlaces(points);
const all = Array.from({ length: points.count }, (_, i) => i);
const frame = { width: 1126, height: 812 };

describe("the format", () => {
  it("is read as it was written", () => {
    expect([points.count, points.layout, points.x.length, points.energy.length]).toEqual([20_000, 7, 20_000, 20_000]);
    expect(points.energy.includes(255)).toBe(true);
    expect(readPoints(mapBytes(0, 1)).count).toBe(0);
  });
  it("is refused where it is another one or cut", () => {
    const bytes = mapBytes(10, 1);
    expect(() => readPoints(bytes.slice(0, -1))).toThrow(/length/);
    expect(() => readPoints(new ArrayBuffer(4))).toThrow(/no.* map/);
    const next = bytes.slice(0);
    new DataView(next).setUint32(4, 2, true);
    expect(() => readPoints(next)).toThrow(/version 2/);
    new DataView(next).setUint8(0, 0);
    expect(() => readPoints(next)).toThrow(/no.* map/);
  });
});

describe("finding points", () => {
  it("the nearest is the nearest of all", () => {
    for (const place of [placeOf(points, 4), { x: 0.31, y: 0.62 }, { x: 0.999, y: 0.001 }, { x: 0, y: 1 }]) {
      const radius = { x: 0.05, y: 0.03 };
      const far = (i: number): number => (((points.x[i] ?? 0) / world - place.x) / radius.x) ** 2 + (((points.y[i] ?? 0) / world - place.y) / radius.y) ** 2;
      const best = all.reduce((a, b) => (far(b) < far(a) ? b : a));
      const found = nearest(index, place, radius);
      if (far(best) > 1) expect(found).toBeNull();
      else expect(far(found ?? -1)).toBeCloseTo(far(best), 9);
    }
  });
  it("a box and a lasso hold what lies in them", () => {
    const box = { left: 0.2, right: 0.47, top: 0.33, bottom: 0.71 };
    const inside = all.filter((i) => {
      const { x, y } = placeOf(points, i);
      return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    });
    expect(inside.length).toBeGreaterThan(100);
    expect(inBox(index, box)).toEqual(inside);
    const corners = [
      { x: box.left, y: box.top },
      { x: box.right, y: box.top },
      { x: box.right, y: box.bottom },
      { x: box.left, y: box.bottom },
    ];
    const caught = inLasso(index, corners);
    expect(Math.abs(caught.length - inside.length)).toBeLessThan(4);
    expect(inLasso(index, corners.slice(0, 2))).toEqual([]);
    // A bow tie holds its two wings, not what lies beside its waist.
    const tie = inLasso(index, [
      { x: 0, y: 0 },
      { x: 1, y: 1 },
      { x: 1, y: 0 },
      { x: 0, y: 1 },
    ]);
    expect(tie.every((i) => { const { x, y } = placeOf(points, i); return Math.abs(x - 0.5) >= Math.abs(y - 0.5) - 1e-9; })).toBe(true);
  });
  it("a region is its points", () => expect(inRegion(points, 2).every((i) => points.region[i] === 2)).toBe(true));
});

describe("the camera", () => {
  it("goes from window to map and back", () => {
    const camera = { x: 0.3, y: 0.7, zoom: 5 };
    const spot = { x: 100, y: 700 };
    const back = toScreen(toPlace(spot, camera, frame), camera, frame);
    expect([back.x, back.y].map(Math.round)).toEqual([100, 700]);
  });
  it("keeps what is under the pointer there while it zooms", () => {
    const spot = { x: 640, y: 333 };
    const before = toPlace(spot, whole(), frame);
    const after = toPlace(spot, zoomed(whole(), 3, spot, frame), frame);
    expect(after.x).toBeCloseTo(before.x, 6);
    expect(after.y).toBeCloseTo(before.y, 6);
    expect(zoomed(whole(), 1e9, spot, frame).zoom).toBe(zoomLimits.max);
  });
  it("shows all that it is asked to show, also above a card", () => {
    const places = [
      { x: 0.1, y: 0.2 },
      { x: 0.3, y: 0.3 },
    ];
    const camera = around(places, frame, 10, { left: 300, bottom: 200 });
    for (const place of places) {
      const spot = toScreen(place, camera, frame);
      expect(spot.x).toBeGreaterThan(300);
      expect(spot.x).toBeLessThan(frame.width);
      expect(spot.y).toBeGreaterThan(0);
      expect(spot.y).toBeLessThan(frame.height - 200);
    }
    expect(around([{ x: 0.5, y: 0.5 }], frame, 10).zoom).toBe(10);
  });
  it("flies from the one to the other", () => {
    const to = { x: 0.9, y: 0.1, zoom: 8 };
    expect(between(whole(), to, 0)).toEqual(whole());
    const end = between(whole(), to, 1);
    expect(end.x).toBeCloseTo(0.9, 9);
    expect(end.zoom).toBeCloseTo(8, 9);
    expect(between(to, { ...to, x: 0.2 }, 0.5).x).toBeCloseTo(0.55, 6);
  });
});

describe("colours", () => {
  const palette: Palette = { energy: [[0, 0, 0], [200, 100, 0]], regions: [[1, 2, 3], [4, 5, 6]], unknown: [9, 9, 9], ground: [0, 0, 0] };
  it("by energy, and what is not known says so", () => {
    const colours = paint(points, "energy", palette, null);
    const dark = points.energy.indexOf(255);
    expect([...colours.slice(dark * 4, dark * 4 + 3)]).toEqual([9, 9, 9]);
    const ramp = rampOf(palette.energy);
    expect([ramp[0], ramp[254]]).toEqual([[0, 0, 0], [200, 100, 0]]);
    const known = points.energy.findIndex((value) => value !== 255);
    expect([...colours.slice(known * 4, known * 4 + 3)]).toEqual(ramp[points.energy[known] ?? 0]);
  });
  it("by region, and what is not chosen steps back", () => {
    const colours = paint(points, "region", palette, new Set([0]));
    expect([...colours.slice(0, 3)]).toEqual([...(palette.regions[points.region[0] ?? 0] ?? palette.unknown)]);
    expect(colours[3]).toBeGreaterThan((colours[7] ?? 255) * 3);
  });
  it("the haze lies where points are", () => {
    const { side, bytes } = hazeOf(points, paint(points, "region", palette, null));
    expect(bytes.length).toBe(side * side * 4);
    expect(bytes.some((value) => value > 0)).toBe(true);
  });
});

it("labels that would touch give way to the larger region, and all fade from near", () => {
  const box = { width: 80, height: 16 };
  expect(freeOf([{ x: 100, y: 100, ...box }, { x: 150, y: 104, ...box }, { x: 300, y: 100, ...box }], 10)).toEqual([true, false, true]);
  expect([labelStrength(1), labelStrength(7), labelStrength(20)]).toEqual([1, 0.5, 0]);
});

it("landmarks are few, apart, and the same for the same view", () => {
  const regions = [{ x: 0.3, y: 0.3, tracks: 10 }, { x: 0.31, y: 0.3, tracks: 5 }];
  expect(landmarks(index, regions, whole(), frame)).toHaveLength(1);
  const near = { x: 0.4, y: 0.4, zoom: 6 };
  const found = landmarks(index, regions, near, frame);
  expect(found.length).toBeGreaterThan(2);
  expect(found.length).toBeLessThanOrEqual(10);
  expect(landmarks(index, regions, near, frame)).toEqual(found);
});
