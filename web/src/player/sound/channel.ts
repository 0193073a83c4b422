import { Fader } from "./fade";
import { smoothly } from "./smoothly";

/** A shorter fade only hides a cut; two tracks are not heard together. */
const shortestOverlap = 0.05;

/** One deck's way into the graph: the level of its track, then the fade. */
export interface Channel {
  /** Loudness of the track as a factor. With `when` (context time) the step is exactly there; without, it is now and free of clicks.
   *  Forgets what was set for later. `peak`: the track's highest sample, 1 = unknown; it tells whether the level can exceed full scale. */
  setLevel(gain: number, when?: number, peak?: number): void;
  /** Equal power, from wherever the fade stands at `when`; cancels what was scheduled. */
  fade(to: 0 | 1, seconds: number, when?: number): void;
  /** At once. */
  setFade(value: number): void;
  disconnect(): void;
}

/** What a channel may send from a moment on, as a factor of full scale. */
interface Reach {
  readonly at: number;
  readonly factor: number;
}

interface ChannelEvents {
  reachChanged(): void;
  /** Slowly enough that another track may be heard under it. */
  fadesIn(channel: DeckChannel, at: number): void;
  gone(channel: DeckChannel): void;
}

export class DeckChannel implements Channel {
  private readonly level: GainNode;
  private readonly fadeGain: GainNode;
  private readonly fader: Fader;
  private reaches: Reach[] = [];

  constructor(
    private readonly context: BaseAudioContext,
    private readonly source: AudioNode,
    mix: AudioNode,
    private readonly events: ChannelEvents,
  ) {
    this.level = context.createGain();
    this.fadeGain = context.createGain();
    this.fader = new Fader(this.fadeGain.gain, () => context.currentTime);
    source.connect(this.level).connect(this.fadeGain).connect(mix);
  }

  audibleAt(time: number): boolean {
    return this.fader.valueAt(Math.max(time, this.context.currentTime)) > 0;
  }

  /** The most it can send from now on; the part of a level above full scale counts, what the file does by itself does not. */
  reach(): number {
    const now = this.context.currentTime;
    const current = this.reaches.findLastIndex((one) => one.at <= now);
    return Math.max(1, ...this.reaches.slice(Math.max(0, current)).map((one) => one.factor));
  }

  setLevel(gain: number, when?: number, peak = 1): void {
    const now = this.context.currentTime;
    const at = Math.max(when ?? now, now);
    this.reaches = [...this.reaches.filter((one) => one.at < at).slice(-2), { at, factor: gain * Math.min(1, peak) }];
    if (when === undefined) smoothly(this.context, this.level.gain, gain);
    else {
      this.level.gain.cancelScheduledValues(at);
      this.level.gain.setValueAtTime(gain, at);
    }
    this.events.reachChanged();
  }

  fade(to: 0 | 1, seconds: number, when?: number): void {
    this.fader.to(to, seconds, when);
    if (to === 1 && seconds > shortestOverlap) this.events.fadesIn(this, when ?? 0);
  }

  setFade(value: number): void {
    this.fader.set(value);
  }

  disconnect(): void {
    try {
      this.source.disconnect(this.level);
    } catch {
      // It was not connected any more.
    }
    this.level.disconnect();
    this.fadeGain.disconnect();
    this.events.gone(this);
  }
}
