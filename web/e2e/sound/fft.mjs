// A small radix-2 FFT and the normalised cross-correlation built on it.

function transform(re, im, inverse) {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i += 1) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j |= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j], re[i]];
    [im[i], im[j]] = [im[j], im[i]];
  }
  const cos = new Float64Array(n / 2);
  const sin = new Float64Array(n / 2);
  for (let i = 0; i < n / 2; i += 1) {
    cos[i] = Math.cos((2 * Math.PI * i) / n);
    sin[i] = (inverse ? 1 : -1) * Math.sin((2 * Math.PI * i) / n);
  }
  for (let size = 2; size <= n; size <<= 1) {
    const half = size >> 1;
    const step = n / size;
    for (let start = 0; start < n; start += size)
      for (let k = 0; k < half; k += 1) {
        const a = start + k;
        const b = a + half;
        const c = cos[k * step];
        const s = sin[k * step];
        const bre = re[b] * c - im[b] * s;
        const bim = re[b] * s + im[b] * c;
        re[b] = re[a] - bre;
        im[b] = im[a] - bim;
        re[a] += bre;
        im[a] += bim;
      }
  }
}

/**
 * Where in `signal` the `template` fits best: `{at, quality}`, quality 1 = the same up to a factor.
 * Sums of squares under the template come from a running sum, so loud neighbours do not attract it.
 */
export function bestFit(signal, template) {
  const places = signal.length - template.length + 1;
  if (places < 1) return { at: -1, quality: 0 };
  let n = 1;
  while (n < signal.length + template.length) n <<= 1;
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  // Both are real: one transform of signal + i * template holds the spectra of the two.
  re.set(signal);
  im.set(template);
  transform(re, im, false);
  const pre = new Float64Array(n);
  const pim = new Float64Array(n);
  for (let k = 0; k < n; k += 1) {
    const m = (n - k) & (n - 1);
    const are = (re[k] + re[m]) / 2;
    const aim = (im[k] - im[m]) / 2;
    const bre = (im[k] + im[m]) / 2;
    const bim = (re[m] - re[k]) / 2;
    pre[k] = are * bre + aim * bim;
    pim[k] = aim * bre - are * bim;
  }
  transform(pre, pim, true);
  let own = 0;
  for (const value of template) own += value * value;
  let under = 0;
  for (let i = 0; i < template.length; i += 1) under += signal[i] ** 2;
  let at = -1;
  let quality = -Infinity;
  for (let k = 0; k < places; k += 1) {
    const fit = pre[k] / n / Math.sqrt(Math.max(under, own * 1e-6) * own);
    if (fit > quality) [at, quality] = [k, fit];
    under += (signal[k + template.length] ?? 0) ** 2 - signal[k] ** 2;
  }
  return { at, quality };
}
