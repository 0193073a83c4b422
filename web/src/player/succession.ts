import type { Cue } from "./engine";
import { joinOf } from "./join";
import type { Lane } from "./lane";
import type { Lanes } from "./lanes";
import type { Pieces } from "./pieces";
import { playbackSettings } from "./playbackSettings";
import { indexAt } from "./timeline";
import { Transition } from "./transition";

interface SuccessionEvents {
  /** `cue` became the present one: by itself, or because the listener asked for what was prepared. */
  over(cue: Cue, byItself: boolean): void;
  /** A moment came for which a timer was set. */
  due(): void;
}

const joinSettings = ["gapless", "crossfade", "smartFade", "quality"] as const;
const sameCue = (a: Cue, b: Cue): boolean => a.uid === b.uid && a.track.id === b.track.id && a.albumPlay === b.albumPlay;

/** What follows the current track: decided when it becomes known, prepared in time, and gone over to. */
export class Succession {
  /** undefined = not told yet. */
  next: Cue | null | undefined = undefined;
  readonly transition: Transition;
  private asking = new AbortController();

  constructor(private readonly lanes: Lanes, private readonly pieces: Pieces, private readonly events: SuccessionEvents) {
    playbackSettings.subscribe((now, before) => {
      if (joinSettings.some((key) => now[key] !== before[key])) void this.replan();
    });
    this.transition = new Transition(lanes.output, { faded: () => this.onFaded(), due: () => events.due() });
  }

  /** Nothing comes after the current track on its deck. */
  get endsHere(): boolean {
    const { plan } = this.transition;
    return this.next === null || (plan !== null && plan.join?.kind !== "splice");
  }

  setNext(cue: Cue | null): void {
    const before = this.next;
    this.next = cue;
    const same = cue && before ? sameCue(cue, before) : cue === before;
    const failed = this.transition.plan !== null && this.transition.plan.join === null;
    if (!same || failed) void this.replan();
  }

  /** Another track begins; what was prepared is void. */
  drop(): void {
    this.asking.abort();
    this.transition.drop();
  }

  /** Decides anew how the next track follows, and prepares it. */
  async replan(): Promise<void> {
    this.asking.abort();
    this.asking = new AbortController();
    const turn = this.transition.begin();
    const { active, span } = this.lanes;
    const cue = this.next;
    if (!span || cue === undefined) return;
    active.feed.setNext(null, cue === null);
    if (cue === null) return;
    const piece = await this.pieces.of(cue, this.asking.signal, () => undefined).catch(() => null);
    if (!this.transition.isCurrent(turn) || active !== this.lanes.active) return;
    const join = piece && joinOf({ ...span, track: span.cue.track }, { ...piece, track: piece.cue.track }, playbackSettings.getState());
    this.transition.plan = { cue, piece, join, loaded: false };
    // A piece that cannot be had is tried again when its turn comes.
    active.feed.setNext(join?.kind === "splice" ? piece : null, join?.kind !== "splice");
    this.events.due();
  }

  /** Time went on. True when the playhead went over to the spliced track. */
  tick(wanted: boolean): boolean {
    const { active, other } = this.lanes;
    const spliced = active.feed.spans[1];
    if (spliced && indexAt(active.feed.spans, active.time) > 0) {
      this.goOver(spliced.cue, true);
      return true;
    }
    this.transition.tick(active, other, wanted);
    return false;
  }

  /** Goes over to what was prepared; false when it is not there. */
  take(cue: Cue, byItself: boolean): boolean {
    const { lanes, transition } = this;
    const { plan } = transition;
    const spliced = lanes.active.feed.spans[1];
    if (plan?.cue.uid !== cue.uid || plan.cue.track.id !== cue.track.id) return false;
    if (plan.join?.kind === "splice" && spliced && lanes.active.deck.has(spliced.t0 + 0.1)) {
      transition.cut(lanes.other);
      lanes.active.feed.seek(spliced.t0);
    } else if (plan.loaded) {
      lanes.active.hush();
      lanes.swap();
      lanes.active.setFade(1);
    } else return false;
    this.goOver(cue, byItself);
    return true;
  }

  /** The next one cannot be fed. What plays goes on to its end, and then the next gets another chance. */
  failed(lane: Lane): void {
    const { plan } = this.transition;
    if (plan) this.transition.plan = { ...plan, join: null, loaded: false };
    if (lane === this.lanes.active) lane.feed.setNext(null, true);
    else lane.clear();
  }

  /** The fade began: the other lane is the present one. */
  private onFaded(): void {
    const cue = this.transition.plan?.cue;
    if (!cue) return;
    this.lanes.swap();
    this.goOver(cue, true);
  }

  private goOver(cue: Cue, byItself: boolean): void {
    const { feed } = this.lanes.active;
    if (feed.spans.length > 1) feed.advance();
    this.transition.plan = null;
    this.next = undefined;
    this.events.over(cue, byItself);
  }
}
