// Levels in a recording: of a tone, and of two known signals that sound at the same time.
import { values } from "./resample.mjs";

export const decibels = (factor) => 20 * Math.log10(factor);

/** Amplitude of `hz` in recording[from, from + count), whatever its phase. */
export function amplitude(recording, { from, count, hz, rate }) {
  const w = (2 * Math.PI * hz) / rate;
  let ss = 0;
  let cc = 0;
  let sc = 0;
  let xs = 0;
  let xc = 0;
  for (let i = from; i < from + count; i += 1) {
    const s = Math.sin(w * i);
    const c = Math.cos(w * i);
    ss += s * s;
    cc += c * c;
    sc += s * c;
    xs += recording[i] * s;
    xc += recording[i] * c;
  }
  const det = ss * cc - sc * sc;
  return Math.hypot((xs * cc - xc * sc) / det, (xc * ss - xs * sc) / det);
}

/** First frame that is heard. */
export function onset(recording, above = 1e-3) {
  return recording.findIndex((value) => Math.abs(value) > above);
}

/** How much of `a` and of `b` (`{samples, rate, origin}`, origin = frame of their first sample) sounds in a window. */
export function shares(recording, rate, { from, count }, a, b) {
  const part = ({ samples, rate: own, origin }) => values(samples, ((from - origin) * own) / rate, count, own / rate);
  const one = part(a);
  const two = part(b);
  let aa = 0;
  let bb = 0;
  let ab = 0;
  let xa = 0;
  let xb = 0;
  for (let i = 0; i < count; i += 1) {
    const x = recording[from + i];
    aa += one[i] ** 2;
    bb += two[i] ** 2;
    ab += one[i] * two[i];
    xa += x * one[i];
    xb += x * two[i];
  }
  const det = aa * bb - ab * ab;
  return { a: (xa * bb - xb * ab) / det, b: (xb * aa - xa * ab) / det };
}

/** Straight line through points: `{slope, offset}`. */
export function straight(points) {
  const n = points.length;
  const mx = points.reduce((sum, [x]) => sum + x, 0) / n;
  const my = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const slope = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return { slope, offset: my - slope * mx };
}
