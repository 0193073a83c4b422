import type { Spot } from "./camera";
import { world, type MapPoints } from "./points";

/** Finds points by place: cells of a square grid, and the points of each in one row. */
export interface PlaceIndex {
  points: MapPoints;
  side: number;
  starts: Uint32Array;
  order: Uint32Array;
}

export function indexPlaces(points: MapPoints): PlaceIndex {
  const side = Math.max(1, Math.min(256, Math.round(Math.sqrt(points.count / 4))));
  const cellOf = (i: number): number => cellAt(points.y[i] ?? 0, side) * side + cellAt(points.x[i] ?? 0, side);
  const starts = new Uint32Array(side * side + 1);
  for (let i = 0; i < points.count; i += 1) starts[cellOf(i) + 1] = (starts[cellOf(i) + 1] ?? 0) + 1;
  for (let cell = 0; cell < side * side; cell += 1) starts[cell + 1] = (starts[cell + 1] ?? 0) + (starts[cell] ?? 0);
  const next = starts.slice();
  const order = new Uint32Array(points.count);
  for (let i = 0; i < points.count; i += 1) {
    const cell = cellOf(i);
    const at = next[cell] ?? 0;
    order[at] = i;
    next[cell] = at + 1;
  }
  return { points, side, starts, order };
}

const cellAt = (value: number, side: number): number => Math.min(side - 1, Math.max(0, Math.floor((value / (world + 1)) * side)));

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Calls `see` for all points in the cells that touch the box (0..1); some lie outside of it. */
function near({ points, side, starts, order }: PlaceIndex, box: Box, see: (index: number, x: number, y: number) => void): void {
  const [left, right, top, bottom] = [box.left, box.right, box.top, box.bottom].map((value) => cellAt(value * world, side)) as [number, number, number, number];
  for (let row = top; row <= bottom; row += 1) {
    for (let at = starts[row * side + left] ?? 0; at < (starts[row * side + right + 1] ?? 0); at += 1) {
      const index = order[at] ?? 0;
      see(index, (points.x[index] ?? 0) / world, (points.y[index] ?? 0) / world);
    }
  }
}

/** The point nearest to `place` within the ellipse of the radii (0..1), or null. */
export function nearest(index: PlaceIndex, place: Spot, radius: Spot): number | null {
  let best: number | null = null;
  let least = 1;
  near(index, { left: place.x - radius.x, right: place.x + radius.x, top: place.y - radius.y, bottom: place.y + radius.y }, (i, x, y) => {
    const far = ((x - place.x) / radius.x) ** 2 + ((y - place.y) / radius.y) ** 2;
    if (far <= least) [best, least] = [i, far];
  });
  return best;
}

export function inBox(index: PlaceIndex, box: Box): number[] {
  const found: number[] = [];
  near(index, box, (i, x, y) => {
    if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) found.push(i);
  });
  return found.sort((a, b) => a - b);
}

/** Points inside a closed line; where it crosses itself, every second area is inside. */
export function inLasso(index: PlaceIndex, line: readonly Spot[]): number[] {
  if (line.length < 3) return [];
  const xs = line.map((spot) => spot.x);
  const ys = line.map((spot) => spot.y);
  const found: number[] = [];
  near(index, { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }, (i, x, y) => {
    if (isInside(line, x, y)) found.push(i);
  });
  return found.sort((a, b) => a - b);
}

export function isInside(line: readonly Spot[], x: number, y: number): boolean {
  let inside = false;
  let before = line.at(-1);
  for (const spot of line) {
    if (before && spot.y > y !== before.y > y && x < ((before.x - spot.x) * (y - spot.y)) / (before.y - spot.y) + spot.x) inside = !inside;
    before = spot;
  }
  return inside;
}

export function inRegion(points: MapPoints, region: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < points.count; i += 1) if (points.region[i] === region) found.push(i);
  return found;
}

export const placeOf = (points: MapPoints, index: number): Spot => ({ x: (points.x[index] ?? 0) / world, y: (points.y[index] ?? 0) / world });

/** A line with fewer corners: one that is nearer than `least` to the one before is left out. */
export function thinned(line: readonly Spot[], least: number): Spot[] {
  const kept: Spot[] = [];
  for (const spot of line) {
    const last = kept.at(-1);
    if (!last || Math.hypot(spot.x - last.x, spot.y - last.y) >= least) kept.push(spot);
  }
  return kept;
}

/** The places of a region without its farthest stragglers, so that it fills the window. */
export function coreOf(points: MapPoints, indexes: readonly number[]): Spot[] {
  const places = indexes.map((at) => placeOf(points, at));
  const part = (values: number[], share: number): number => values.sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0.5;
  const [left, right] = [part(places.map((one) => one.x), 0.04), part(places.map((one) => one.x), 0.96)];
  const [top, bottom] = [part(places.map((one) => one.y), 0.04), part(places.map((one) => one.y), 0.96)];
  return [
    { x: left, y: top },
    { x: right, y: bottom },
  ];
}
