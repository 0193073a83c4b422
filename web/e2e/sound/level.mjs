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

/** Least-squares share of each part (`{samples, rate, origin}`, origin = frame of its first sample) in a window. */
export function shares(recording, rate, { from, count }, parts) {
  const sounds = parts.map(({ samples, rate: own, origin }) => values(samples, ((from - origin) * own) / rate, count, own / rate));
  const dot = (x, y) => {
    let sum = 0;
    for (let i = 0; i < count; i += 1) sum += x[i] * y[i];
    return sum;
  };
  const heard = recording.subarray(from, from + count);
  // A part that is silent here (before its begin) has no share.
  const rows = sounds.map((one, r) => [...sounds.map((other, c) => dot(one, other) + (r === c ? 1e-9 : 0)), dot(one, heard)]);
  for (let pivot = 0; pivot < rows.length; pivot += 1)
    for (let r = 0; r < rows.length; r += 1) {
      if (r === pivot) continue;
      const factor = rows[r][pivot] / rows[pivot][pivot];
      rows[r] = rows[r].map((value, c) => value - factor * rows[pivot][c]);
    }
  return rows.map((row, r) => row.at(-1) / row[r]);
}

/** Straight line through points: `{slope, offset}`. */
export function straight(points) {
  const n = points.length;
  const mx = points.reduce((sum, [x]) => sum + x, 0) / n;
  const my = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const slope = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return { slope, offset: my - slope * mx };
}
