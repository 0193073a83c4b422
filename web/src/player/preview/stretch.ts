/** Faster or slower with the pitch kept: pieces of the music overlap, each put where it fits the one before best (WSOLA). */

const pieceSeconds = 0.05;
/** How far a piece may be moved to fit. A beat is never off by more. */
const seekSeconds = 0.008;
/** The search looks at every such sample first, then closely around the best. */
const coarse = 4;

export interface Stretcher {
  /** Makes the next part of the output; true = it is whole. */
  step(seconds: number): boolean;
  readonly output: readonly Float32Array<ArrayBuffer>[];
}

/** `rate` 1.05 = 5 % faster, so the output is shorter. */
export function stretcher(input: readonly Float32Array[], sampleRate: number, rate: number): Stretcher {
  const length = input[0]?.length ?? 0;
  const size = 2 * Math.round((pieceSeconds * sampleRate) / 2);
  const hop = size / 2;
  const seek = Math.round(seekSeconds * sampleRate);
  const total = Math.max(1, Math.floor(length / rate));
  const output = input.map(() => new Float32Array(total));
  const window = Float32Array.from({ length: size }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / size) ** 2);
  const mono = input.length > 1 ? mixed(input) : (input[0] ?? new Float32Array(0));
  let written = 0;
  /** Where the piece before lies in the input; its natural continuation is what the next one should look like. */
  let before: number | null = null;

  const put = (from: number, at: number): void => {
    input.forEach((channel, c) => {
      const out = output[c];
      if (!out) return;
      // The very beginning has no piece before it to fade from.
      for (let i = 0; i < size && at + i < total; i += 1) if (at + i >= 0) out[at + i] = (out[at + i] ?? 0) + (channel[from + i] ?? 0) * (at <= 0 && i < hop ? 1 : (window[i] ?? 0));
    });
  };
  const piece = (): void => {
    const wanted = Math.round(written * rate);
    const from: number = before === null ? wanted : best(mono, before + hop, wanted, seek, hop);
    put(from, written);
    before = from;
    written += hop;
  };
  return {
    output,
    step(seconds) {
      const until = Math.min(total, written + seconds * sampleRate);
      while (written < until) piece();
      return written >= total;
    },
  };
}

function mixed(input: readonly Float32Array[]): Float32Array {
  const [a, b] = input as [Float32Array, Float32Array];
  const sum = new Float32Array(a.length);
  for (let i = 0; i < sum.length; i += 1) sum[i] = (a[i] ?? 0) + (b[i] ?? 0);
  return sum;
}

/** Where around `wanted` the music looks most like what comes at `natural`. */
function best(mono: Float32Array, natural: number, wanted: number, seek: number, size: number): number {
  const likeness = (at: number, step: number): number => {
    let product = 0;
    let power = 1e-9;
    for (let i = 0; i < size; i += step) {
      const x = mono[at + i] ?? 0;
      product += x * (mono[natural + i] ?? 0);
      power += x * x;
    }
    return product / Math.sqrt(power);
  };
  const search = (from: number, to: number, by: number, look: number, first: number): number => {
    let [place, most] = [first, likeness(first, look)];
    for (let at = Math.max(0, from); at <= to; at += by) {
      const value = likeness(at, look);
      if (value > most) [place, most] = [at, value];
    }
    return place;
  };
  const near = search(wanted - seek, wanted + seek, coarse, coarse, wanted);
  return search(near - coarse, near + coarse, 1, 2, near);
}
