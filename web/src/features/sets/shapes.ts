import type { SetCurve, SetSlot } from "@/shared/api/djSets";
import { startsOf, type Order } from "./order";

/** Geometry of the graph: numbers in, numbers and paths out. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}
export interface SlotShape {
  readonly id: string;
  readonly x0: number;
  readonly x1: number;
  readonly mid: number;
  readonly bpm: number | null;
  /** Height of the tempo line; null while no tempo of the set is known. */
  readonly y: number;
  readonly level: number | null;
}

/** Shares of the height: where the tempo runs, where the energy stands, where keys are written. */
const bands = { tempoTop: 0.15, tempoBottom: 0.42, energyTop: 0.5, energyBottom: 0.88, keys: 0.965 } as const;
/** A steady set is no mountain range. */
const leastRange = 14;
const least = 0.35;

export const keysY = ({ height }: Frame): number => height * bands.keys;
export const energyY = ({ height }: Frame, level: number): number => height * (bands.energyBottom - (bands.energyBottom - bands.energyTop) * Math.min(1, Math.max(0, level)));
export const levelAt = ({ height }: Frame, y: number): number => Math.min(1, Math.max(0, (bands.energyBottom - y / height) / (bands.energyBottom - bands.energyTop)));

/** Tempos as they run into each other: a track that is counted at half or double time goes on where the one before is. */
function runningTempos(slots: readonly SetSlot[], joints: Order["joints"]): (number | null)[] {
  let fold = 1;
  return slots.map((slot, i) => {
    fold *= joints[i - 1]?.tempo_factor ?? 1;
    const bpm = slot.track?.bpm ?? null;
    return bpm === null ? null : bpm * fold;
  });
}

/** The slots side by side, as wide as they are long; a short one is still to be hit. */
export function slotShapes({ slots, energy, joints }: Order, frame: Frame): SlotShape[] {
  const count = slots.length;
  if (count === 0) return [];
  const starts = startsOf(slots);
  const total = starts.at(-1) ?? 0;
  const even = 1 / count;
  const widths = slots.map((_slot, i) => (total > 0 ? Math.max(least * even, ((starts[i + 1] ?? 0) - (starts[i] ?? 0)) / total) : even));
  const sum = widths.reduce((a, b) => a + b, 0);
  const running = runningTempos(slots, joints);
  const tempos = running.flatMap((bpm) => bpm ?? []);
  const [low, high] = [Math.min(...tempos), Math.max(...tempos)];
  const pad = Math.max(0, leastRange - (high - low)) / 2;
  const yOf = (bpm: number): number => frame.height * (bands.tempoBottom - ((bpm - low + pad) / (high - low + 2 * pad)) * (bands.tempoBottom - bands.tempoTop));
  let x = 0;
  let y = tempos.length > 0 ? yOf(tempos[0] ?? 0) : frame.height * 0.3;
  return slots.map((slot, i) => {
    const x0 = x;
    x += ((widths[i] ?? even) / sum) * frame.width;
    const tempo = running[i] ?? null;
    if (tempo !== null) y = yOf(tempo);
    return { id: slot.track_id, x0, x1: x, mid: (x0 + x) / 2, bpm: slot.track?.bpm ?? null, y, level: energy[i]?.level ?? null };
  });
}

/** Samples along the width, so that one line can travel into another. */
export const samples = 241;

/** The tempo: level within a track, and a short ramp from one to the next. */
export function tempoLine(shapes: readonly SlotShape[], frame: Frame): number[] {
  let slot = 0;
  return Array.from({ length: samples }, (_, i) => {
    const x = (i / (samples - 1)) * frame.width;
    while (slot < shapes.length - 1 && x > (shapes[slot]?.x1 ?? 0)) slot += 1;
    const [here, before, after] = [shapes[slot], shapes[slot - 1], shapes[slot + 1]];
    if (!here) return frame.height * 0.3;
    const ramp = Math.min(14, (here.x1 - here.x0) * 0.2);
    if (before && x < here.x0 + ramp) return blend(before.y, here.y, 0.5 + (0.5 * (x - here.x0)) / ramp);
    if (after && x > here.x1 - ramp) return blend(here.y, after.y, (0.5 * (x - here.x1 + ramp)) / ramp);
    return here.y;
  });
}
const blend = (a: number, b: number, share: number): number => a + (b - a) * share;

/** A soft line through the middles of the slots; unknown ones are passed over. */
export function energyLine(shapes: readonly SlotShape[], frame: Frame, levelOf: (index: number) => number | null): number[] {
  const points = shapes.flatMap((shape, i) => {
    const level = levelOf(i);
    return level === null ? [] : [{ x: shape.mid, level }];
  });
  return Array.from({ length: samples }, (_, i) => energyY(frame, through(points, (i / (samples - 1)) * frame.width)));
}

function through(points: readonly { x: number; level: number }[], x: number): number {
  const after = points.findIndex((point) => point.x >= x);
  if (points.length === 0) return 0;
  if (after === 0) return points[0]?.level ?? 0;
  if (after < 0) return points.at(-1)?.level ?? 0;
  const [a, b] = [points[after - 1], points[after]];
  if (!a || !b) return 0;
  const share = (x - a.x) / Math.max(1e-6, b.x - a.x);
  return blend(a.level, b.level, share * share * (3 - 2 * share));
}

export const linePath = (ys: readonly number[], frame: Frame): string => ys.map((y, i) => `${i === 0 ? "M" : "L"}${((i / (ys.length - 1)) * frame.width).toFixed(1)} ${y.toFixed(1)}`).join("");
export const areaPath = (ys: readonly number[], frame: Frame): string => `${linePath(ys, frame)}L${frame.width} ${energyY(frame, 0)}L0 ${energyY(frame, 0)}Z`;

export type Point = readonly [share: number, level: number];
/** The curves that have a name; the server's are the same. */
export const namedCurves: Readonly<Record<string, readonly Point[]>> = {
  rise: [[0, 0.15], [1, 0.95]],
  fall: [[0, 0.95], [1, 0.15]],
  arc: [[0, 0.3], [0.65, 0.95], [1, 0.45]],
  wave: [[0, 0.3], [0.2, 0.8], [0.4, 0.45], [0.6, 0.9], [0.8, 0.5], [1, 0.85]],
  flat: [[0, 0.5], [1, 0.5]],
};

export const pointsOf = (curve: SetCurve): readonly Point[] => (curve.points ? curve.points.map(([share = 0, level = 0]) => [share, level] as const) : (namedCurves[curve.name ?? "arc"] ?? namedCurves["arc"] ?? []));

export function levelOf(points: readonly Point[], share: number): number {
  let before = points[0] ?? [0, 0.5];
  for (const point of points) {
    if (share <= point[0]) return point[0] > before[0] ? blend(before[1], point[1], (share - before[0]) / (point[0] - before[0])) : point[1];
    before = point;
  }
  return before[1];
}

/** Shares of a curve count tracks, not minutes: the first stands in the middle of the first slot, the last in that of the last. */
export function xOfShare(shapes: readonly SlotShape[], frame: Frame, share: number): number {
  if (shapes.length < 2) return share * frame.width;
  const at = share * (shapes.length - 1);
  const [a, b] = [shapes[Math.floor(at)], shapes[Math.ceil(at)]];
  return a && b ? blend(a.mid, b.mid, at - Math.floor(at)) : share * frame.width;
}
export function shareAt(shapes: readonly SlotShape[], frame: Frame, x: number): number {
  if (shapes.length < 2) return Math.min(1, Math.max(0, x / frame.width));
  const after = shapes.findIndex((shape) => shape.mid >= x);
  if (after === 0) return 0;
  if (after < 0) return 1;
  const [a, b] = [shapes[after - 1], shapes[after]];
  return a && b ? (after - 1 + (x - a.mid) / Math.max(1e-6, b.mid - a.mid)) / (shapes.length - 1) : 0;
}

/** The curve as it is drawn over the slots. */
export const curveLine = (points: readonly Point[], shapes: readonly SlotShape[], frame: Frame): number[] =>
  Array.from({ length: samples }, (_, i) => energyY(frame, levelOf(points, shareAt(shapes, frame, (i / (samples - 1)) * frame.width))));

const nearest = 0.02;
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** A handle moved: it stays between its neighbours; the ends keep their places. */
export function movePoint(points: readonly Point[], index: number, share: number, level: number): Point[] {
  const [before, after] = [points[index - 1], points[index + 1]];
  const end = !before || !after;
  const place = end ? (points[index]?.[0] ?? 0) : Math.min(after[0] - nearest, Math.max(before[0] + nearest, share));
  return points.map((point, i) => (i === index ? ([round(place), round(Math.min(1, Math.max(0, level)))] as const) : point));
}
/** A new handle in the middle of the widest gap, or at a place. */
export function addPoint(points: readonly Point[], share?: number, level?: number): { points: Point[]; index: number } | null {
  let at = share;
  if (at === undefined) {
    let widest = 0;
    points.forEach(([place], i) => {
      const next = points[i + 1];
      if (next && next[0] - place > widest) [widest, at] = [next[0] - place, (place + next[0]) / 2];
    });
  }
  if (at === undefined || points.length >= 40 || points.some(([place]) => Math.abs(place - (at ?? 0)) < nearest)) return null;
  const index = points.findIndex(([place]) => place > (at ?? 0));
  if (index < 1) return null;
  const fresh = [round(at), round(level ?? levelOf(points, at))] as const;
  return { points: [...points.slice(0, index), fresh, ...points.slice(index)], index };
}
export const dropPoint = (points: readonly Point[], index: number): Point[] => (index === 0 || index === points.length - 1 ? [...points] : points.filter((_point, i) => i !== index));

/** A number needs so much of a slot's width. */
export const narrow = 26;
/** Whether slots are, on the average, narrower than that. */
export const crowded = (shapes: readonly SlotShape[], frame: Frame, than = narrow): boolean => shapes.length > 0 && frame.width / shapes.length < than;

/** Which of the slots that `wants` names can have a label in a row of labels, each `room` from the next; `taken` are there already. */
export function roomFor(shapes: readonly SlotShape[], room: number, wants: (shape: SlotShape, index: number) => boolean, taken: ReadonlySet<number> = new Set()): Set<number> {
  const found = new Set(taken);
  const places = [...taken].map((i) => shapes[i]?.mid ?? 0);
  let last = -room;
  shapes.forEach((shape, i) => {
    if (!wants(shape, i) || shape.mid - last < room || places.some((place) => Math.abs(place - shape.mid) < room)) return;
    last = shape.mid;
    found.add(i);
  });
  return found;
}

/** Text for those who do not see the graph: the run in a sentence or two. */
export interface Run {
  readonly low: number | null;
  readonly high: number | null;
  readonly keys: readonly string[];
  readonly weak: readonly number[];
}
export function runOf({ slots, joints }: Order): Run {
  const tempos = slots.flatMap((slot) => slot.track?.bpm ?? []);
  return {
    low: tempos.length > 0 ? Math.min(...tempos) : null,
    high: tempos.length > 0 ? Math.max(...tempos) : null,
    keys: slots.map((slot) => slot.track?.camelot ?? "–"),
    weak: joints.flatMap((joint, i) => (joint && joint.score < 60 ? [i] : [])),
  };
}
