/** From the analyser's bytes to what is drawn. Pure; all arrays are given and reused, so that a frame makes no garbage. */
export const bandCount = 64;
const lowest = 40;
const highest = 14_000;

/** Borders of the bands as bins, evenly spaced as the ear hears; every band has at least one bin of its own. */
export function bandEdges(count: number, sampleRate: number, bins: number): Uint16Array {
  const edges = new Uint16Array(count + 1);
  const perBin = sampleRate / 2 / bins;
  const top = Math.min(highest, sampleRate / 2);
  for (let at = 0; at <= count; at += 1) {
    const hertz = lowest * (top / lowest) ** (at / count);
    const bin = Math.round(hertz / perBin);
    edges[at] = Math.min(bins, Math.max(bin, at === 0 ? 1 : (edges[at - 1] ?? 0) + 1));
  }
  return edges;
}

/** Mean of each band, 0..1. Treble is lifted: music falls towards it, and a picture should not lean to the left. */
export function readBands(bytes: Uint8Array, edges: Uint16Array, into: Float32Array): void {
  for (let band = 0; band < into.length; band += 1) {
    const from = edges[band] ?? 0;
    const to = Math.max(from + 1, edges[band + 1] ?? from + 1);
    let sum = 0;
    for (let bin = from; bin < to; bin += 1) sum += bytes[bin] ?? 0;
    const lift = 0.8 + (0.5 * band) / into.length;
    into[band] = Math.min(1, ((sum / (to - from) / 255) * lift) ** 1.6);
  }
}

/** Never faster than this: with it nothing on the screen can go up and down by a tenth more than three times a second. */
export interface Pace {
  readonly risePerSecond: number;
  readonly fallPerSecond: number;
}
export const bandPace: Pace = { risePerSecond: 5, fallPerSecond: 0.55 };
export const energyPace: Pace = { risePerSecond: 0.8, fallPerSecond: 0.4 };

/** Moves `shown` towards `heard`, limited to the pace. */
export function follow(shown: Float32Array, heard: Float32Array, seconds: number, pace: Pace): void {
  const up = pace.risePerSecond * seconds;
  const down = pace.fallPerSecond * seconds;
  for (let at = 0; at < shown.length; at += 1) {
    const now = shown[at] ?? 0;
    shown[at] = now + Math.max(-down, Math.min(up, (heard[at] ?? 0) - now));
  }
}

/** Energy of bass, middle and treble. */
export function readEnergies(bands: Float32Array, into: Float32Array): void {
  const third = bands.length / 3;
  for (let part = 0; part < 3; part += 1) {
    let sum = 0;
    const from = Math.round(part * third);
    const to = Math.round((part + 1) * third);
    for (let at = from; at < to; at += 1) sum += bands[at] ?? 0;
    into[part] = sum / (to - from);
  }
}

/** A quiet shape for a picture that stands still, the same for the same track. */
export function stillBands(seed: string, into: Float32Array): void {
  let hash = 2166136261;
  for (const letter of seed) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
  const a = (hash % 1000) / 159;
  const b = ((hash >>> 10) % 1000) / 159;
  for (let at = 0; at < into.length; at += 1) {
    const x = at / into.length;
    into[at] = Math.max(0, 0.3 + 0.16 * Math.sin(a + x * 9) + 0.12 * Math.sin(b + x * 23) - 0.12 * x);
  }
}
