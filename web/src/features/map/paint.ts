import { unknownEnergy, type MapPoints } from "./points";

export type Rgb = readonly [number, number, number];
export type ColourBy = "energy" | "region";

/** All colours of a drawing, already red, green and blue. */
export interface Palette {
  /** From calm to energetic. */
  energy: readonly Rgb[];
  /** By the number of the region. */
  regions: readonly Rgb[];
  unknown: Rgb;
  ground: Rgb;
}

const full = 235;
const dimmed = 46;
const grey: Rgb = [128, 128, 128];

/** Four bytes a point: its colour, and how much of it there is. What is not chosen steps back. */
export function paint(points: MapPoints, by: ColourBy, palette: Palette, chosen: ReadonlySet<number> | null): Uint8Array {
  const { count } = points;
  const out = new Uint8Array(count * 4);
  const ramp = rampOf(palette.energy);
  for (let i = 0; i < count; i += 1) {
    let colour: Rgb;
    if (by === "region") colour = palette.regions[points.region[i] ?? 0] ?? palette.unknown;
    else colour = points.energy[i] === unknownEnergy ? palette.unknown : (ramp[points.energy[i] ?? 0] ?? grey);
    const at = i * 4;
    out[at] = colour[0];
    out[at + 1] = colour[1];
    out[at + 2] = colour[2];
    out[at + 3] = chosen && !chosen.has(i) ? dimmed : full;
  }
  return out;
}

/** 255 steps between the given colours. */
export function rampOf(stops: readonly Rgb[]): Rgb[] {
  return Array.from({ length: unknownEnergy }, (_, value) => {
    const at = (value / (unknownEnergy - 1)) * (stops.length - 1);
    const low = stops[Math.floor(at)] ?? grey;
    const high = stops[Math.min(stops.length - 1, Math.floor(at) + 1)] ?? low;
    const part = at - Math.floor(at);
    return [0, 1, 2].map((c) => Math.round((low[c] ?? 0) + ((high[c] ?? 0) - (low[c] ?? 0)) * part)) as unknown as Rgb;
  });
}

const side = 144;
export interface Haze {
  side: number;
  /** Premultiplied. */
  bytes: Uint8Array;
}

/** The glow under dense parts: how many points are near each place, in their mean colour. */
export function hazeOf(points: MapPoints, colours: Uint8Array): Haze {
  const sums = [0, 1, 2, 3].map(() => new Float32Array(side * side));
  const [red, green, blue, many] = sums as [Float32Array, Float32Array, Float32Array, Float32Array];
  for (let i = 0; i < points.count; i += 1) {
    const cell = (((points.y[i] ?? 0) * side) >> 16) * side + (((points.x[i] ?? 0) * side) >> 16);
    const weight = (colours[i * 4 + 3] ?? 0) / full;
    red[cell] = (red[cell] ?? 0) + (colours[i * 4] ?? 0) * weight;
    green[cell] = (green[cell] ?? 0) + (colours[i * 4 + 1] ?? 0) * weight;
    blue[cell] = (blue[cell] ?? 0) + (colours[i * 4 + 2] ?? 0) * weight;
    many[cell] = (many[cell] ?? 0) + weight;
  }
  for (const sum of sums) for (const pass of [2, 2]) soften(sum, pass);
  const sorted = Float32Array.from(many).sort();
  const dense = Math.max(sorted[Math.floor(sorted.length * 0.985)] ?? 0, 0.05);
  // Of a few tracks each would wear a glow of its own.
  const whole = 0.22 * Math.min(1, Math.max(0, points.count / 2000 - 0.1));
  const bytes = new Uint8Array(side * side * 4);
  for (let cell = 0; cell < side * side; cell += 1) {
    const here = many[cell] ?? 0;
    if (here <= 0) continue;
    const much = whole * Math.min(1, here / dense) ** 0.8;
    for (const c of [0, 1, 2]) bytes[cell * 4 + c] = ((sums[c]?.[cell] ?? 0) / here) * much;
    bytes[cell * 4 + 3] = 255 * much;
  }
  return { side, bytes };
}

function soften(grid: Float32Array, reach: number): void {
  const line = new Float32Array(side);
  for (const [step, next] of [
    [1, side],
    [side, 1],
  ] as const) {
    for (let row = 0; row < side; row += 1) {
      const start = row * next;
      for (let i = 0; i < side; i += 1) {
        let sum = 0;
        for (let k = -reach; k <= reach; k += 1) sum += grid[start + Math.min(side - 1, Math.max(0, i + k)) * step] ?? 0;
        line[i] = sum / (2 * reach + 1);
      }
      for (let i = 0; i < side; i += 1) grid[start + i * step] = line[i] ?? 0;
    }
  }
}

/** How large and how strong a point is drawn: few are large, many are fine dust; near ones grow. */
export function dotOf(count: number, zoom: number): { size: number; strength: number } {
  const base = Math.min(7, Math.max(1.7, 2.1 * (30_000 / Math.max(1, count)) ** 0.22));
  const size = Math.min(11, base * Math.max(1, zoom) ** 0.42);
  const strength = Math.min(1, Math.max(0.5, 0.6 * (40_000 / Math.max(1, count)) ** 0.16) * Math.max(1, zoom) ** 0.25);
  return { size, strength };
}
