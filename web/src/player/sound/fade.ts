/** Equal-power fading of one gain: while one side goes along the sine and the other along the cosine, the power of the two stays the same. */
const points = 257;

interface Stretch {
  readonly at: number;
  readonly seconds: number;
  readonly from: number;
  readonly to: 0 | 1;
}

function along({ from, to }: Stretch, share: number): number {
  if (share >= 1) return to;
  const start = to === 1 ? Math.asin(from) : Math.acos(from);
  const angle = start + (Math.PI / 2 - start) * Math.max(0, share);
  return to === 1 ? Math.sin(angle) : Math.cos(angle);
}

/** Remembers what it scheduled, because a browser does not tell what a gain will be at a later moment. */
export class Fader {
  private resting = 1;
  private stretches: Stretch[] = [];

  constructor(
    private readonly param: AudioParam,
    private readonly now: () => number,
  ) {}

  /** At a context time. */
  valueAt(time: number): number {
    const last = this.stretches.findLast((one) => one.at <= time);
    if (!last) return this.resting;
    return last.seconds === 0 ? last.to : along(last, (time - last.at) / last.seconds);
  }

  set(value: number): void {
    this.stretches = [];
    this.resting = Math.min(1, Math.max(0, value));
    this.param.cancelScheduledValues(0);
    this.param.setValueAtTime(this.resting, this.now());
  }

  to(goal: 0 | 1, seconds: number, when?: number): void {
    const now = this.now();
    const at = Math.max(when ?? now, now);
    const from = this.valueAt(at);
    const kept = this.stretches.filter((one) => one.at < at);
    const running = kept.at(-1);
    const cut = running && running.at + running.seconds > at && at > now;
    // A curve that is cut is dropped whole by the browser, so the part until then is written again.
    this.param.cancelScheduledValues(cut ? Math.min(now, running.at) : at);
    if (cut) {
      const start = Math.max(now, running.at);
      const span = at - start;
      if (span > 0.002) this.param.setValueCurveAtTime(this.curve((share) => this.valueAt(start + span * share)), start, span - 0.000_1);
    }
    const stretch: Stretch = { at, seconds: Math.max(0, seconds), from, to: goal };
    if (stretch.seconds === 0) this.param.setValueAtTime(goal, at);
    else this.param.setValueCurveAtTime(this.curve((share) => along(stretch, share)), at, stretch.seconds);
    const past = kept.findLastIndex((one) => one.at <= now);
    this.stretches = [...kept.slice(Math.max(0, past)), stretch];
  }

  private curve(value: (share: number) => number): Float32Array<ArrayBuffer> {
    const curve = new Float32Array(points);
    for (let i = 0; i < points; i += 1) curve[i] = value(i / (points - 1));
    return curve;
  }
}
