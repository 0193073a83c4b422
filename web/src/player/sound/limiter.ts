/** Look-ahead limiter: no sample leaves above the ceiling, all channels are lowered together, nothing is ever raised.
 *
 *  The gain that each sample needs is known 5 ms before that sample leaves. The least of the window holds until its cause is through, rises
 *  again slowly, and is averaged over the window, so that the gain moves in a slope and has arrived when the peak does. While
 *  nothing is above the ceiling the gain is exactly 1 and the samples are only delayed. */
export const lookAheadSeconds = 0.005;
/** -0.1 dBFS. */
export const ceiling = 10 ** (-0.1 / 20);
const releaseSeconds = 0.12;

export class Limiter {
  /** Frames by which the sound is later. */
  readonly delay: number;
  private readonly release: number;
  /** The last `delay + 1` frames of each channel. */
  private readonly held: Float32Array[];
  /** Smoothed gains of the averaging window. */
  private readonly gains: Float64Array;
  private sum: number;
  /** How many gains in a row were exactly 1. */
  private quiet: number;
  private gain = 1;
  /** Indices and needs of the window's falling minima, as a ring. */
  private readonly minAt: Int32Array;
  private readonly minGain: Float64Array;
  private head = 0;
  private count = 0;
  private frame = 0;
  private write = 0;
  private slot = 0;

  constructor(sampleRate: number, channels = 2) {
    this.delay = Math.round(sampleRate * lookAheadSeconds);
    this.release = 1 - Math.exp(-1 / (sampleRate * releaseSeconds));
    const window = this.delay + 1;
    this.held = Array.from({ length: channels }, () => new Float32Array(window));
    this.gains = new Float64Array(window).fill(1);
    this.sum = window;
    this.quiet = window;
    this.minAt = new Int32Array(window + 1);
    this.minGain = new Float64Array(window + 1);
  }

  /** The same number of frames in and out; a missing input channel is silence. */
  process(inputs: readonly Float32Array[], outputs: readonly Float32Array[]): void {
    const frames = outputs[0]?.length ?? 0;
    const window = this.delay + 1;
    const channels = this.held.length;
    // Plain loops: nothing may be allocated in the audio thread.
    for (let i = 0; i < frames; i += 1) {
      let peak = 0;
      for (let channel = 0; channel < channels; channel += 1) {
        const value = inputs[channel]?.[i] ?? 0;
        (this.held[channel] as Float32Array)[this.write] = value;
        const size = value < 0 ? -value : value;
        if (size > peak) peak = size;
      }
      const factor = this.next(peak > ceiling ? ceiling / peak : 1, window);
      this.write = this.write === this.delay ? 0 : this.write + 1;
      for (let channel = 0; channel < channels; channel += 1) {
        const output = outputs[channel];
        if (output) output[i] = ((this.held[channel] as Float32Array)[this.write] as number) * factor;
      }
    }
  }

  /** Takes what the newest sample needs, gives the gain for the oldest one held. */
  private next(needed: number, window: number): number {
    const { minAt, minGain } = this;
    const size = window + 1;
    // The difference is right also where the counter has begun anew, after half a day.
    if (this.count > 0 && ((this.frame - (minAt[this.head] as number)) | 0) >= window) {
      this.head = (this.head + 1) % size;
      this.count -= 1;
    }
    while (this.count > 0 && (minGain[(this.head + this.count - 1) % size] as number) >= needed) this.count -= 1;
    const end = (this.head + this.count) % size;
    minAt[end] = this.frame;
    minGain[end] = needed;
    this.count += 1;
    this.frame = (this.frame + 1) | 0;

    const least = minGain[this.head] as number;
    this.gain = least < this.gain ? least : this.gain + (least - this.gain) * this.release;
    if (this.gain > 0.999_999 && least === 1) this.gain = 1;

    this.sum += this.gain - (this.gains[this.slot] as number);
    this.gains[this.slot] = this.gain;
    this.slot = this.slot === this.delay ? 0 : this.slot + 1;
    this.quiet = this.gain === 1 ? this.quiet + 1 : 0;
    // Rounding must not stay behind in the sum.
    if (this.quiet >= window) this.sum = window;
    return this.sum / window;
  }
}
