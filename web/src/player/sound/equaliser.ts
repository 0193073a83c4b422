import type { Equaliser } from "../playbackSettings";

/** Ten peaking filters, an octave apart. One octave of bandwidth is a Q of the square root of two. */
export const bandsHz = [31, 62, 125, 250, 500, 1000, 2000, 4000, 8000, 16000] as const;
export const bandQ = 1.41;
/** What a slider reaches, up and down. */
export const maxGainDb = 12;
/** What the preamplifier reaches, down and up. */
export const preampRangeDb = { min: -24, max: 12 } as const;

/** Second-order section with a0 = 1: y = b0 x + b1 x1 + b2 x2 - a1 y1 - a2 y2. */
export interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

const identity: Section = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 };

/** The filter of a BiquadFilterNode of type "peaking" (Web Audio specification, 1.13.5). Hz, dB. */
export function peaking(frequency: number, q: number, gainDb: number, sampleRate: number): Section {
  if (frequency >= sampleRate / 2) return identity;
  const a = 10 ** (gainDb / 40);
  const w = (2 * Math.PI * frequency) / sampleRate;
  const alpha = Math.sin(w) / (2 * q);
  const a0 = 1 + alpha / a;
  const b1 = (-2 * Math.cos(w)) / a0;
  return { b0: (1 + alpha * a) / a0, b1, b2: (1 - alpha * a) / a0, a1: b1, a2: (1 - alpha / a) / a0 };
}

/** Gain of a section at a frequency, in dB. */
export function sectionDb({ b0, b1, b2, a1, a2 }: Section, frequency: number, sampleRate: number): number {
  const w = (2 * Math.PI * frequency) / sampleRate;
  const power = (c0: number, c1: number, c2: number): number => {
    const real = c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w);
    const imaginary = c1 * Math.sin(w) + c2 * Math.sin(2 * w);
    return real * real + imaginary * imaginary;
  };
  return 10 * Math.log10(power(b0, b1, b2) / power(1, a1, a2));
}

const sections = (gainsDb: readonly number[], sampleRate: number): Section[] =>
  bandsHz.flatMap((hz, band) => {
    const gain = gainsDb[band] ?? 0;
    return gain === 0 ? [] : [peaking(hz, bandQ, gain, sampleRate)];
  });

/** What the whole equaliser does at these frequencies, in dB: the bands work on each other's slopes, so this is more than the sliders say. */
export function responseDb(frequencies: readonly number[], gainsDb: readonly number[], preampDb = 0, sampleRate = 48_000): number[] {
  const chain = sections(gainsDb, sampleRate);
  return frequencies.map((frequency) => chain.reduce((sum, section) => sum + sectionDb(section, frequency, sampleRate), preampDb));
}

/** `count` frequencies, evenly spaced for the ear. */
export const logGrid = (from: number, to: number, count: number): number[] => Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));

const heard = logGrid(16, 20_000, 241);

/** The highest point of the curve, never under 0 dB. */
export const peakDb = (gainsDb: readonly number[], sampleRate = 48_000): number => Math.max(0, ...responseDb(heard.filter((hz) => hz < sampleRate / 2), gainsDb, 0, sampleRate));

/** Lowers the sound as much as the curve rises. */
export const automaticPreampDb = (gainsDb: readonly number[], sampleRate = 48_000): number => 0 - peakDb(gainsDb, sampleRate);

export const preampOf = (eq: Equaliser, sampleRate = 48_000): number => eq.preampDb ?? automaticPreampDb(eq.gainsDb, sampleRate);

/** Nothing to do: switched off, or on with everything at zero. */
export const isNeutral = (eq: Equaliser): boolean => !eq.on || (eq.gainsDb.every((gain) => gain === 0) && (eq.preampDb ?? 0) === 0);

/** The largest factor by which the bands can raise any sample whatsoever: the sum of the impulse response without signs. It lies above
 *  the top of the curve, because a filter also moves the parts of a sound against each other. */
export function worstCaseGain(gainsDb: readonly number[], sampleRate: number): number {
  const length = Math.ceil(sampleRate / 4);
  const response = new Float64Array(length);
  response[0] = 1;
  for (const { b0, b1, b2, a1, a2 } of sections(gainsDb, sampleRate)) {
    let s1 = 0;
    let s2 = 0;
    for (let i = 0; i < length; i += 1) {
      const x = response[i] as number;
      const y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      response[i] = y;
    }
  }
  return response.reduce((sum, value) => sum + Math.abs(value), 0);
}
