import type { PromptMade } from "@/shared/api/types";

export type Point = readonly [number, number];

/** Two points have nothing to bend: such a curve gets handles between. */
export function handles(points: readonly (readonly number[])[]): Point[] {
  const own = points.map(([share = 0, level = 0]) => [share, level] as const);
  if (own.length !== 2) return own;
  return [0, 1 / 3, 2 / 3, 1].map((share) => [share, levelAt(own, share)] as const);
}

/** The level at a share of the list, by straight lines between the points. */
export function levelAt(points: readonly Point[], share: number): number {
  const after = points.findIndex(([at]) => at >= share);
  const [x1, y1] = points[after < 0 ? points.length - 1 : after] ?? [0, 0];
  const [x0, y0] = points[Math.max(0, after - 1)] ?? [0, 0];
  if (after <= 0 || x1 === x0) return y1;
  return y0 + ((y1 - y0) * (share - x0)) / (x1 - x0);
}

/** One handle elsewhere; it stays between its neighbours and within the box. */
export function moved(points: readonly Point[], index: number, share: number, level: number): Point[] {
  const gap = 0.02;
  const low = index === 0 ? 0 : (points[index - 1]?.[0] ?? 0) + gap;
  const high = index === points.length - 1 ? 1 : (points[index + 1]?.[0] ?? 1) - gap;
  const own = points[index]?.[0] ?? 0;
  const at = index === 0 || index === points.length - 1 ? own : Math.min(high, Math.max(low, share));
  return points.map((point, i) => (i === index ? [round(at), round(Math.min(1, Math.max(0, level)))] : point));
}
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Where the middle of the track at a share of the list stands, 0 to 1: the first and last bars have width too. */
export const xOf = (share: number, count: number): number => (count > 1 ? (0.5 + share * (count - 1)) / count : 0.5);
export const shareOf = (x: number, count: number): number => (count > 1 ? Math.min(1, Math.max(0, (x * count - 0.5) / (count - 1))) : 0);

/** How far on the whole the tracks are from the curve. */
export function meanError(tracks: PromptMade["tracks"]): number | null {
  const known = tracks.flatMap((one) => (one.level === null ? [] : [Math.abs(one.level - one.wanted)]));
  return known.length > 0 ? known.reduce((sum, one) => sum + one, 0) / known.length : null;
}

/** Times under the graph: round ones, at most four, and the end. */
export function ticks(seconds: number): number[] {
  const step = [300, 600, 900, 1800, 3600, 7200, 14_400, 21_600].find((one) => seconds / one <= 4.2) ?? 43_200;
  return Array.from({ length: Math.floor((seconds * 0.93) / step) + 1 }, (_, i) => i * step);
}
