import { bandsHz, maxGainDb, preampRangeDb } from "./equaliser";

export interface Preset {
  readonly name: string;
  readonly gainsDb: readonly number[];
  /** null = automatic. */
  readonly preampDb: number | null;
}

/** dB at 31, 62, 125, 250, 500, 1k, 2k, 4k, 8k, 16k Hz. The keys are kept in settings; what the listener reads is translated elsewhere. */
export const builtIn = {
  flat: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  bass: [4.5, 4, 3, 1.5, 0, 0, 0, 0, 0, 0],
  "less-bass": [-5, -4, -2.5, -1, 0, 0, 0, 0, 0, 0],
  treble: [0, 0, 0, 0, 0, 0.5, 1.5, 2.5, 3.5, 4],
  "less-treble": [0, 0, 0, 0, 0, 0, -1, -2, -3, -4],
  // The ear loses the ends when music is quiet.
  loudness: [5, 3.5, 1.5, 0, -0.5, -0.5, 0, 1, 2.5, 4],
  warm: [2, 2, 1.5, 1, 0.5, 0, -0.5, -1, -1.5, -2],
  voice: [-8, -5, -2, 0, 1, 2, 3, 2, 0, -2],
  // What they cannot play only costs them power; what lies an octave above makes up for it.
  "small-speakers": [-9, -4, 2, 3, 1.5, 0, 0, 1, 1.5, 1],
  headphones: [3, 2.5, 1, 0, 0, 0, -0.5, -1.5, -1, 1],
  evening: [-7, -5, -2.5, -0.5, 0.5, 1.5, 1.5, 1, 0, -1],
} as const satisfies Record<string, readonly number[]>;
export type BuiltIn = keyof typeof builtIn;
export const builtInNames = Object.keys(builtIn) as BuiltIn[];
export const isBuiltIn = (name: string): name is BuiltIn => Object.hasOwn(builtIn, name);

/** Presets of the account are kept apart from the built-in ones, whatever they are called. */
const ownPrefix = "own:";
export const ownKey = (name: string): string => ownPrefix + name;
export const ownName = (key: string): string => (key.startsWith(ownPrefix) ? key.slice(ownPrefix.length) : key);

export const mostPresets = 50;
export const longestName = 40;

const between = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** What the account keeps may come from a newer player or another program: only what makes sense is taken. */
export function readPresets(kept: unknown): Preset[] {
  if (!Array.isArray(kept)) return [];
  const names = new Set<string>();
  const found: Preset[] = [];
  for (const one of kept.slice(0, mostPresets) as unknown[]) {
    if (typeof one !== "object" || one === null) continue;
    const { name, gains_db: gains, preamp_db: preamp } = one as Record<string, unknown>;
    if (typeof name !== "string" || !name.trim() || name.length > longestName || names.has(name)) continue;
    if (!Array.isArray(gains) || gains.length !== bandsHz.length || !gains.every((gain) => typeof gain === "number" && Number.isFinite(gain))) continue;
    names.add(name);
    found.push({
      name,
      gainsDb: (gains as number[]).map((gain) => between(gain, -maxGainDb, maxGainDb)),
      preampDb: typeof preamp === "number" && Number.isFinite(preamp) ? between(preamp, preampRangeDb.min, preampRangeDb.max) : null,
    });
  }
  return found;
}

export const writePresets = (presets: readonly Preset[]): unknown[] => presets.map(({ name, gainsDb, preampDb }) => ({ name, gains_db: gainsDb, preamp_db: preampDb }));
