// Values of a sampled signal between its samples: windowed sinc, far better than what it is compared with.
const HALF = 48;
const BETA = 12;

function bessel(x) {
  let sum = 1;
  let term = 1;
  for (let k = 1; k < 60 && term > sum * 1e-17; k += 1) sum += term *= (x / (2 * k)) ** 2;
  return sum;
}
const STEPS = 8192;
const WINDOW = Float64Array.from({ length: STEPS + 2 }, (_, i) => bessel(BETA * Math.sqrt(Math.max(0, 1 - (i / STEPS) ** 2))) / bessel(BETA));

function kaiser(distance) {
  const place = Math.min(1, Math.abs(distance)) * STEPS;
  const i = Math.floor(place);
  return WINDOW[i] + (WINDOW[i + 1] - WINDOW[i]) * (place - i);
}

/** The signal at a fractional position (in samples). `cut` < 1 lowers the pass band, for a target of a lower rate. */
export function valueAt(signal, position, cut = 1) {
  const first = Math.floor(position);
  const fraction = position - first;
  if (fraction === 0 && cut === 1) return signal[first] ?? 0;
  let sum = 0;
  for (let k = first - HALF + 1; k <= first + HALF; k += 1) {
    const x = position - k;
    const sinc = x === 0 ? cut : Math.sin(Math.PI * cut * x) / (Math.PI * x);
    sum += (signal[k] ?? 0) * sinc * kaiser(x / HALF);
  }
  return sum;
}

/** `count` values from `start` (in samples of the signal), one every `step` samples. */
export function values(signal, start, count, step) {
  const cut = step > 1 ? 0.98 / step : 1;
  return Float64Array.from({ length: count }, (_, i) => valueAt(signal, start + i * step, cut));
}
