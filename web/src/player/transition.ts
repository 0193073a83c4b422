import type { Cue } from "./engine";
import type { Join } from "./join";
import type { Lane } from "./lane";
import { levelFor } from "./lanes";
import type { Level } from "./sound/levelling";
import type { SoundOutput } from "./soundOutput";
import { endOf, type Piece } from "./timeline";

export interface Plan {
  cue: Cue;
  /** null = it could not be had. */
  readonly piece: Piece | null;
  readonly join: Join | null;
  /** It waits on the other lane. */
  loaded: boolean;
}

interface TransitionEvents {
  /** The other lane has begun to sound. */
  faded(): void;
  /** A moment came for which a timer was set. */
  due(): void;
}

/** The network belongs to the current track until it is in the buffer or this near its end. */
const prepareBefore = 40;
/** An element needs so long from play() to sound. */
const startUp = 0.02;
const levelBefore = 1.5;
const enoughToFade = 1;

/** What happens at the end of the current track: the plan, its timers, and the automation of levels and fades. */
export class Transition {
  plan: Plan | null = null;
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Set for the border that comes. */
  private levelSet: number | null = null;

  constructor(private readonly output: SoundOutput, private readonly events: TransitionEvents) {}

  /** A new planning begins; the other lane is emptied by the next tick that loads it. */
  begin(): number {
    this.drop();
    return this.turn;
  }
  isCurrent(turn: number): boolean {
    return turn === this.turn;
  }
  drop(): void {
    this.turn += 1;
    this.plan = null;
    this.disarm();
  }
  disarm(): void {
    clearTimeout(this.timer);
  }

  /** Ends a fade that is under way. */
  cut(other: Lane): void {
    if (other.leaving) other.clear();
  }

  /** Takes back a level that was set for the border, because the border will come at another moment. */
  forgetLevel(lane: Lane): void {
    if (this.levelSet !== null) lane.forgetPlannedLevel();
    this.levelSet = null;
  }

  /** The border was crossed; true when the level changed there as it was set. */
  levelReached(lane: Lane, gain: number): boolean {
    const set = this.levelSet;
    this.levelSet = null;
    if (set !== gain) return false;
    lane.adoptLevel(gain);
    return true;
  }

  tick(lane: Lane, other: Lane, wanted: boolean): void {
    this.disarm();
    const [span, spliced] = lane.feed.spans;
    const { plan } = this;
    if (!span) return;
    if (!plan?.loaded && !other.leaving && other.feed.spans.length > 0) other.clear();
    if (plan?.piece && plan.join?.kind === "fade") this.tickFade(plan, plan.piece, plan.join, lane, other, wanted);
    else if (spliced && wanted) {
      const left = (spliced.t0 - lane.time) / lane.audio.playbackRate;
      if (left < levelBefore) this.planLevel(lane, levelFor(span), levelFor(spliced), left);
      if (left < levelBefore) this.arm(left);
    }
  }

  private planLevel(lane: Lane, from: Level, to: Level, left: number): void {
    const { now } = this.output;
    if (this.levelSet !== null || now === null || left <= 0 || Math.abs(from.gain - to.gain) < 1e-6) return;
    this.levelSet = to.gain;
    lane.setLevel(to.gain, now + left, to.peak);
  }

  private tickFade(plan: Plan, piece: Piece, join: Extract<Join, { kind: "fade" }>, lane: Lane, other: Lane, wanted: boolean): void {
    const [span] = lane.feed.spans;
    if (!span) return;
    const rate = lane.audio.playbackRate;
    const begin = endOf(span) - Math.min(join.beforeEnd * rate, span.duration);
    const left = (begin - lane.time) / rate;
    if (!plan.loaded && !other.leaving && (lane.feed.wholeIn || left < prepareBefore)) {
      plan.loaded = true;
      other.connect(this.output);
      other.feed.load(piece, join.skip);
      const { gain, peak } = levelFor(piece);
      other.setLevel(gain, undefined, peak);
    }
    // Without Web Audio there is no fade: the other lane begins when this one ends.
    if (!wanted || !plan.loaded || !this.output.hasGraph) return;
    if (left > startUp) return this.arm(left - startUp);
    if (other.ahead < Math.min(enoughToFade, piece.manifest.duration_s / 2)) return;
    this.fade(join.seconds, left, lane, other);
  }

  private fade(asked: number, left: number, lane: Lane, other: Lane): void {
    const now = this.output.now ?? 0;
    const when = now + Math.max(0, left);
    const [span] = lane.feed.spans;
    const rest = span ? (endOf(span) - lane.time) / lane.audio.playbackRate - Math.max(0, left) : 0;
    const seconds = Math.max(0.005, Math.min(asked, rest));
    other.setFade(0);
    other.fade(1, seconds, when);
    lane.fade(0, seconds, when);
    lane.clearIn(Math.max(0, left) + seconds + 0.1);
    this.events.faded();
  }

  private arm(seconds: number): void {
    if (seconds < 2) this.timer = setTimeout(() => this.events.due(), Math.max(1, seconds * 1000));
  }
}
