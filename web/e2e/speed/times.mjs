// From the input to the sound: when did the first frame of the new music leave for the loudspeaker?
import { bestFit } from "../sound/fft.mjs";
import { timeOf } from "../sound/recorder.mjs";

const RATE = 44100;
const BLOCK = 4096;
const WINDOW = 128;

/** How alike two windows are, whatever their level. */
function likeness(recording, at, reference, from) {
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < WINDOW; i += 1) {
    const x = recording[at + i] ?? 0;
    const y = reference[from + i] ?? 0;
    xy += x * y;
    xx += x * x;
    yy += y * y;
  }
  return xx < 1e-9 ? 0 : xy / Math.sqrt(xx * yy);
}

/**
 * The frame with which the music that sounds at `probe` began: `reference` (the track, from `low` s to `high` s) is found
 * there, then followed backwards while it goes on.
 */
export function beginOf(recording, probe, reference, low, high) {
  const first = Math.max(0, Math.floor(low * RATE));
  const part = Float64Array.from(reference.subarray(first, Math.min(reference.length, Math.ceil(high * RATE))));
  const found = bestFit(part, recording.subarray(probe, probe + BLOCK));
  if (found.quality < 0.7) return null;
  const offset = first + found.at - probe;
  let at = probe;
  while (at >= WINDOW && at + offset >= WINDOW && likeness(recording, at - WINDOW, reference, at - WINDOW + offset) > 0.5) at -= WINDOW;
  return { frame: at, position: (at + offset) / RATE };
}

/** The last input of a kind before the end of the recording, in ms of the day. */
export function lastInput(recording, kind) {
  return recording.inputs.filter((input) => input.type === kind).at(-1)?.at;
}

/** ms between an input and a frame. */
export const delay = (recording, frame, input) => timeOf(recording, frame) - input;
