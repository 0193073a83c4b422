import type { Gain } from "../manifest";
import { levelGain } from "../sound/levelling";

const settings = { levelling: "track", preampDb: 0, unknownDb: 0, clipGuard: true } as const;
/** Room for two at once where only the parts themselves can be compared. */
const room = 0.7;

/** Mean power of what was decoded, as a factor of full scale. */
export function loudnessOf(channels: readonly Float32Array[]): number {
  let sum = 0;
  let count = 0;
  // Every eighth sample says as much of loudness.
  for (const channel of channels) for (let i = 0; i < channel.length; i += 8, count += 1) sum += (channel[i] ?? 0) ** 2;
  return count > 0 ? Math.sqrt(sum / count) : 0;
}

/** Factors that make two tracks equally loud: by what was measured of the whole tracks, else by the parts that are heard. */
export function levelsOf(a: { gain: Gain; rms: number }, b: { gain: Gain; rms: number }): { a: number; b: number } {
  if (a.gain.track_db !== null && b.gain.track_db !== null) return { a: levelGain(a.gain, settings, { albumPlay: false }), b: levelGain(b.gain, settings, { albumPlay: false }) };
  if (a.rms === 0 || b.rms === 0) return { a: room, b: room };
  const quieter = Math.min(a.rms, b.rms);
  return { a: (room * quieter) / a.rms, b: (room * quieter) / b.rms };
}
