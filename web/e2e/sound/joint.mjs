// The measure: how far apart two parts of one signal are in a recording, and what happened to the samples where they meet.
import { bestFit } from "./fft.mjs";
import { values } from "./resample.mjs";

export const BLOCK = 8192;
export const NEAR = 3000;

/** Least-squares shift (in recorded samples, |shift| < 1) and factor that make `expected` the recording. */
function refine(recorded, expected) {
  let ee = 0;
  let ed = 0;
  let dd = 0;
  let xe = 0;
  let xd = 0;
  for (let i = 1; i < expected.length - 1; i += 1) {
    const e = expected[i];
    const d = (expected[i + 1] - expected[i - 1]) / 2;
    ee += e * e;
    ed += e * d;
    dd += d * d;
    xe += recorded[i] * e;
    xd += recorded[i] * d;
  }
  const det = ee * dd - ed * ed;
  const factor = (xe * dd - xd * ed) / det;
  const slope = (xd * ee - xe * ed) / det;
  return { shift: -slope / factor, factor };
}

/**
 * Finds `count` recorded frames that hold the reference from sample `from` on.
 * `step` = reference samples a recorded frame. Answers where reference sample `from` lies in the recording (fractional),
 * how well it fits and the factor of the level. With step 1 and an unshifted fit the place is an exact integer.
 */
export function locate(recording, reference, from, { step = 1, count = BLOCK, search } = {}) {
  const [begin, end] = search ?? [0, recording.length];
  const low = Math.max(0, Math.floor(begin));
  const part = recording.subarray(low, Math.min(recording.length, Math.ceil(end)));
  const found = bestFit(part, values(reference, from, count, step));
  if (found.at < 0) return { at: NaN, quality: 0, factor: 0 };
  let at = low + found.at;
  let factor = 1;
  for (let round = 0; round < 4; round += 1) {
    const whole = Math.round(at);
    const expected = values(reference, from + (whole - at) * step, count, step);
    const better = refine(recording.subarray(whole, whole + count), expected);
    if (!Number.isFinite(better.shift)) break;
    at += Math.max(-0.5, Math.min(0.5, better.shift));
    factor = better.factor;
  }
  if (step === 1 && Math.abs(at - Math.round(at)) < 0.002) at = Math.round(at);
  return { at, quality: found.quality, factor };
}

/** Deviations of `count` frames of the recording from `start` on, when reference sample 0 lies at `origin`. */
export function deviations(recording, reference, { origin, start, count, step = 1 }) {
  const expected = values(reference, (start - origin) * step, count, step);
  return Float64Array.from(expected, (value, i) => Math.abs((recording[start + i] ?? 0) - value));
}

export function largest(list) {
  let most = 0;
  for (const value of list) if (value > most) most = value;
  return most;
}

/** Every pause of `least` frames and more between the first and the last sound: `[{at, frames}]`. A starved browser makes them. */
export function pauses(recording, { below = 1e-6, least = 16 } = {}) {
  const found = [];
  let last = -1;
  for (let i = 0; i < recording.length; i += 1) {
    if (Math.abs(recording[i]) <= below) continue;
    if (last >= 0 && i - last > least) found.push({ at: last + 1, frames: i - last - 1 });
    last = i;
  }
  return found;
}

/**
 * Measures one joint. `cut` = reference sample where the second part begins.
 * `gap` in recorded samples (negative = something is missing), `damaged` = frames within NEAR of the cut that deviate more
 * than `threshold` (in the last `tail.frames` before the cut: `tail.limit`) from where their side puts them, `inside` = the largest deviation well away from the cut.
 */
export function measureJoint(recording, reference, cut, { step = 1, threshold, tail, search, near = NEAR, block = BLOCK } = {}) {
  const reach = near * step;
  const a = locate(recording, reference, cut - reach - block * step, { step, count: block, search });
  const b = locate(recording, reference, cut + reach, { step, count: block, search });
  const originA = a.at - (cut - reach - block * step) / step;
  const originB = b.at - (cut + reach) / step;
  const gap = originB - originA;
  const lastA = Math.ceil(originA + cut / step);
  const firstB = Math.ceil(originB + cut / step);
  const before = deviations(recording, reference, { origin: originA, start: lastA - near, count: near, step });
  const after = deviations(recording, reference, { origin: originB, start: firstB, count: near, step });
  const insideA = deviations(recording, reference, { origin: originA, start: Math.round(a.at), count: block, step });
  const insideB = deviations(recording, reference, { origin: originB, start: Math.round(b.at), count: block, step });
  const inside = Math.max(largest(insideA), largest(insideB));
  const limit = typeof threshold === "function" ? threshold(inside) : threshold;
  const limitAt = (i) => (tail && i >= near - tail.frames && i < near ? tail.limit : limit);
  const damaged = [...before, ...after].filter((value, i) => value > limitAt(i)).length;
  return {
    gap,
    damaged,
    threshold: limit,
    inside,
    edge: Math.max(largest(before), largest(after)),
    quality: Math.min(a.quality, b.quality),
    factor: a.factor,
    factorAfter: b.factor,
    at: lastA,
    originA,
    originB,
  };
}

/**
 * The gap between two unrelated parts, each at its own rate: `a` and `b` are `{samples, rate}`, whole tracks. In frames of
 * the recording, negative = overlap or loss.
 */
export function measureMeeting(recording, rate, a, b, { near = NEAR, block = BLOCK, search } = {}) {
  const stepA = a.rate / rate;
  const stepB = b.rate / rate;
  const fromA = a.samples.length - (near + block) * stepA;
  const fromB = near * stepB;
  const endsAt = locate(recording, a.samples, fromA, { step: stepA, count: block, search });
  const beginsAt = locate(recording, b.samples, fromB, { step: stepB, count: block, search });
  const end = endsAt.at + (a.samples.length - fromA) / stepA;
  const begin = beginsAt.at - fromB / stepB;
  return { gap: begin - end, quality: Math.min(endsAt.quality, beginsAt.quality), end, begin };
}
