import type { JointPlan } from "./align";
import { faderAt, faderGains, gainCurve, type FadeShape } from "./curves";

/** A decoded part of a track: its first sample lies `from` seconds into the music. */
export interface Decoded {
  readonly buffer: AudioBuffer;
  readonly from: number;
  /** It was already made faster by this factor, with its pitch kept; 1 = as it is. */
  readonly stretched: number;
}

export interface JointSound {
  readonly plan: JointPlan;
  readonly a: Decoded;
  readonly b: Decoded;
  /** Factors that make the two equally loud. */
  readonly levelA: number;
  readonly levelB: number;
  /** Automatic, or where the crossfader stands (0 = the first alone). */
  readonly fade: FadeShape | number;
}

export interface Voice {
  readonly source: AudioBufferSourceNode | null;
  /** Level and crossfader. */
  readonly gain: GainNode;
}

/** One time through the joint, as it was scheduled. */
export interface Lap {
  /** Context time of the joint's second 0. */
  readonly origin: number;
  readonly ends: number;
  a: Voice;
  b: Voice;
}

/** A wave that is cut in its middle clicks; so short a fade does not. */
export const edge = 0.004;

/** Puts a lap into a context, from `position` seconds of the joint on, sounding at `at`. */
export function scheduleJoint(context: BaseAudioContext, to: AudioNode, sound: JointSound, at: number, position = 0): Lap {
  const { plan } = sound;
  const origin = at - position;
  const a = voice(context, to, sound.a, { from: plan.a.from, at: origin, until: origin + plan.mixTo, rate: 1 }, at);
  const lap = { origin, ends: origin + plan.length, a, b: scheduleSecond(context, to, sound, origin, at) };
  setFade(lap, sound, at);
  return lap;
}

/** The second deck of a lap alone, from `now` on. */
export function scheduleSecond(context: BaseAudioContext, to: AudioNode, { b, plan }: JointSound, origin: number, now: number): Voice {
  return voice(context, to, b, { from: plan.b.from, at: origin + plan.bAt, until: origin + plan.length, rate: plan.rate }, now);
}

function voice(context: BaseAudioContext, to: AudioNode, clip: Decoded, when: { from: number; at: number; until: number; rate: number }, now: number): Voice {
  const gain = context.createGain();
  const start = Math.max(when.at, now);
  if (when.until - start < 2 * edge) return { source: null, gain };
  const edges = context.createGain();
  gain.connect(edges).connect(to);
  const source = context.createBufferSource();
  source.buffer = clip.buffer;
  source.playbackRate.value = when.rate / clip.stretched;
  source.connect(gain);
  source.start(start, Math.max(0, when.from + (start - when.at) * when.rate - clip.from) / clip.stretched);
  source.stop(when.until);
  edges.gain.setValueAtTime(0, start);
  edges.gain.linearRampToValueAtTime(1, start + edge);
  edges.gain.setValueAtTime(1, when.until - edge);
  edges.gain.linearRampToValueAtTime(0, when.until);
  source.onended = () => {
    source.disconnect();
    gain.disconnect();
    edges.disconnect();
  };
  return { source, gain };
}

/** Levels and crossfade of a lap from `now` on. */
export function setFade(lap: Lap, { plan, fade, levelA, levelB }: JointSound, now: number): void {
  const [from, to] = [lap.origin + plan.mixFrom, lap.origin + plan.mixTo];
  for (const deck of ["a", "b"] as const) {
    const { gain } = lap[deck].gain;
    const level = deck === "a" ? levelA : levelB;
    gain.cancelScheduledValues(0);
    if (typeof fade === "number") {
      gain.setTargetAtTime(faderGains(fade)[deck] * level, now, edge);
      continue;
    }
    const start = Math.max(now, from);
    const share = Math.min(1, Math.max(0, (start - from) / (to - from)));
    gain.setValueAtTime(faderGains(faderAt(fade, share))[deck] * level, now);
    if (to - start > edge) gain.setValueCurveAtTime(gainCurve(fade, deck, share, 1).map((value) => value * level), start, to - start);
  }
}

export function stopVoice({ source, gain }: Voice, now: number): void {
  gain.gain.cancelScheduledValues(0);
  gain.gain.setTargetAtTime(0, now, edge / 3);
  source?.stop(now + 2 * edge);
}

export function stopLap(lap: Lap, now: number): void {
  stopVoice(lap.a, now);
  stopVoice(lap.b, now);
}
