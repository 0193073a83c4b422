import type { Cue, Engine, EngineEvent } from "./engine";
import { FragmentSource, type FragmentNeeds } from "./fragmentSource";
import type { Lane } from "./lane";
import { Lanes, levelFor, type LanesNeeds } from "./lanes";
import type { Manifests } from "./manifest";
import { Undecodable } from "./mediaDeck";
import { Pieces } from "./pieces";
import { playbackSettings, type PlaybackSettings } from "./playbackSettings";
import type { Streamed } from "./player";
import { FileChanged, Unplayable } from "./retry";
import { Succession } from "./succession";
import { Teller } from "./teller";
import { toDeckTime, type Span } from "./timeline";
import { Watch } from "./watch";

export interface MseNeeds extends FragmentNeeds, LanesNeeds {
  supports: (mime: string) => boolean;
  manifests: Manifests;
}

const tickMs = 250;
const mostReloads = 3;
const leastAhead = 0.3;
/** A seek to the very end would leave nothing to hear. */
const shortestRest = 0.05;
const levelSettings = ["levelling", "preampDb", "unknownDb", "clipGuard"] as const;

/** Two decks fed through MediaSource. A track that belongs to the one before it is laid behind it on the same deck, sample to sample;
 *  others begin on the other deck under a fade. */
export class MseEngine implements Engine {
  private readonly lanes: Lanes;
  private readonly pieces: Pieces;
  private readonly succession: Succession;
  private readonly watch: Watch;
  private readonly teller = new Teller();
  private current: Cue | null = null;
  private wanted = false;
  private startAt = 0;
  private turn = 0;
  private asking = new AbortController();
  private reloads = 0;
  private failure: "format" | "gone" | null = null;
  /** The rest of the current track cannot be had; what is in the buffer is still heard. */
  private dying: unknown = null;
  private ticking: ReturnType<typeof setInterval> | undefined;

  constructor(needs: MseNeeds) {
    const source = new FragmentSource(needs);
    this.pieces = new Pieces(needs.manifests, source, needs.supports);
    this.lanes = new Lanes(needs, source, (lane) => ({ lost: (yes) => lane() === this.lanes.active && this.lost(yes), failed: (span, error) => this.onFeedFailed(lane(), span, error) }), {
      playing: () => this.say("playing"),
      waiting: () => this.say("waiting"),
      timeupdate: () => this.tick(),
      seeked: () => {
        this.tick();
        this.teller.tell({ type: "seeked" });
      },
      ended: () => this.onEnded(),
      pause: () => this.onPause(),
      error: () => this.onMediaError(),
    });
    this.succession = new Succession(this.lanes, this.pieces, { over: (cue, byItself) => this.onOver(cue, byItself), due: () => this.tick() });
    this.watch = new Watch(this.lanes.output, { flowing: () => this.say("playing"), still: () => this.say("waiting"), ended: () => this.onEnded(), rebuild: () => this.reload() });
    playbackSettings.subscribe((now, before) => this.onSettings(now, before));
  }

  on(listener: (event: EngineEvent) => void): void {
    this.teller.on(listener);
  }

  async load(cue: Cue, { at, play }: { at: number; play: boolean }): Promise<void> {
    this.wanted = play;
    this.teller.assume(play ? "waiting" : "paused");
    this.reloads = 0;
    if (play) this.lanes.output.wake();
    if (at === 0 && !this.failure && this.succession.take(cue, false)) return;
    this.current = cue;
    this.succession.next = undefined;
    await this.begin(at);
  }

  setNext(cue: Cue | null): void {
    this.succession.setNext(cue);
  }

  warm(cue: Cue): void {
    void this.pieces.warm(cue, this.asking.signal).catch(() => undefined);
  }

  play(): Promise<void> {
    this.wanted = true;
    this.lanes.output.wake();
    return this.failure && this.current ? this.begin(this.position()) : this.start();
  }

  pause(): void {
    this.wanted = false;
    this.stopTicking();
    this.succession.transition.cut(this.lanes.other);
    this.succession.transition.forgetLevel(this.lanes.active);
    this.lanes.active.audio.pause();
    this.lanes.output.rest();
  }

  seek(seconds: number): void {
    const { span, active, other } = this.lanes;
    this.succession.transition.cut(other);
    this.succession.transition.forgetLevel(active);
    this.dying = null;
    if (span) active.feed.seek(toDeckTime(span, Math.min(seconds, span.duration - shortestRest)));
    else this.startAt = seconds;
    this.watch.reset();
    this.teller.tell({ type: "time" });
  }

  setVolume = (volume: number): void => this.lanes.setVolume(volume);
  setSpeed(speed: number): void {
    this.succession.transition.forgetLevel(this.lanes.active);
    this.lanes.setSpeed(speed);
    this.tick();
  }
  setOutput = (id: string): Promise<void> => this.lanes.output.setOutput(id);
  analyser = (): AnalyserNode | null => this.lanes.output.analyser;
  streamed = (): Streamed | null => this.lanes.streamed;
  position = (): number => this.lanes.position ?? this.startAt;
  duration = (): number => this.lanes.span?.duration ?? this.current?.track.duration_s ?? 0;
  buffered = (): number => this.lanes.buffered ?? this.startAt;

  stop(): void {
    this.wanted = false;
    this.newTurn();
    this.stopTicking();
    this.current = null;
    this.succession.next = undefined;
    this.succession.drop();
    this.lanes.clear();
    this.lanes.output.rest();
  }

  private say(type: "playing" | "waiting"): void {
    if (this.wanted) this.teller.say(type);
  }
  private readonly lost = (yes: boolean): void => this.teller.tell({ type: "network", lost: yes });

  private levelNow(): void {
    const { span, active } = this.lanes;
    if (!span) return;
    const { gain, peak } = levelFor(span);
    // A level that was set for the border to the sample is there already.
    if (!this.succession.transition.levelReached(active, gain)) active.setLevel(gain, undefined, peak);
    this.teller.tell({ type: "streamed" });
  }

  private newTurn(): number {
    this.asking.abort();
    this.asking = new AbortController();
    this.failure = null;
    this.dying = null;
    this.turn += 1;
    return this.turn;
  }

  /** The current cue from `at` on, on the lane that is free; what sounded before ends softly. */
  private async begin(at: number): Promise<void> {
    const { lanes, current } = this;
    if (!current) return;
    const turn = this.newTurn();
    this.succession.drop();
    lanes.active.hush();
    lanes.swap();
    lanes.active.clear();
    this.startAt = at;
    this.say("waiting");
    try {
      const piece = await this.pieces.of(current, this.asking.signal, this.lost);
      if (turn !== this.turn) return;
      lanes.active.connect(lanes.output);
      lanes.active.feed.load(piece, Math.min(this.startAt, Math.max(0, piece.manifest.duration_s - shortestRest)));
    } catch (error) {
      if (turn === this.turn) this.fail(error);
      return;
    }
    this.levelNow();
    if (this.wanted) void this.start();
    void this.succession.replan();
  }

  private reload(): void {
    this.reloads += 1;
    if (this.reloads > mostReloads) this.fail(new Unplayable("format"));
    else void this.begin(this.position());
  }

  private fail(error: unknown): void {
    this.stopTicking();
    this.failure = error instanceof Unplayable ? error.reason : "format";
    this.teller.tell({ type: "error", reason: this.failure });
  }

  private async start(): Promise<void> {
    const { span, active, output } = this.lanes;
    if (!span) return;
    output.wake();
    active.connect(output);
    this.watch.reset();
    clearInterval(this.ticking);
    this.ticking = setInterval(() => this.tick(), tickMs);
    try {
      await active.audio.play();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "NotAllowedError")) return;
      this.wanted = false;
      this.stopTicking();
      this.teller.tell({ type: "blocked" });
    }
  }

  private stopTicking(): void {
    clearInterval(this.ticking);
    this.succession.transition.disarm();
  }

  private tick(): void {
    const { active, span } = this.lanes;
    if (!span) return;
    active.feed.tick();
    if (this.dying !== null && this.wanted && active.ahead < leastAhead) return this.fail(this.dying);
    if (this.succession.tick(this.wanted)) return this.tick();
    this.teller.tell({ type: "time" });
    if (this.wanted && this.failure === null) this.watch.look(this.lanes.active, this.succession.endsHere);
  }

  /** What was prepared became the present. */
  private onOver(cue: Cue, byItself: boolean): void {
    this.current = cue;
    this.reloads = 0;
    this.dying = null;
    this.watch.reset();
    this.levelNow();
    if (!this.wanted) this.lanes.active.audio.pause();
    else if (this.lanes.active.audio.paused) void this.start();
    if (byItself) this.teller.tell({ type: "advance", uid: cue.uid });
  }

  private onEnded(): void {
    const cue = this.succession.next;
    if (cue === undefined || !this.wanted) return;
    if (cue === null) {
      this.wanted = false;
      this.stopTicking();
      this.lanes.output.rest();
      return this.teller.tell({ type: "ended" });
    }
    if (this.succession.take(cue, true)) return;
    this.current = cue;
    this.succession.next = undefined;
    this.reloads = 0;
    this.teller.tell({ type: "advance", uid: cue.uid });
    if (this.current === cue) void this.begin(0);
  }

  /** Ours, or the system took the sound away (a call, unplugged headphones). */
  private onPause(): void {
    const { audio } = this.lanes.active;
    if (audio.ended || !audio.paused) return;
    this.wanted = false;
    this.stopTicking();
    this.teller.tell({ type: "paused" });
  }

  private onMediaError(): void {
    const { span, active } = this.lanes;
    if (!active.audio.error || !span) return;
    this.pieces.exclude(span);
    this.reload();
  }

  private onSettings(now: PlaybackSettings, before: PlaybackSettings): void {
    if (!levelSettings.some((key) => now[key] !== before[key])) return;
    this.succession.transition.forgetLevel(this.lanes.active);
    this.levelNow();
  }

  private onFeedFailed(lane: Lane, span: Span, error: unknown): void {
    if (error instanceof FileChanged) this.pieces.forget(span.manifest.track_id);
    if (error instanceof Undecodable) this.pieces.exclude(span);
    const here = lane === this.lanes.active;
    const isNext = !here || span.id !== this.lanes.span?.id;
    // What the browser cannot read spoils the whole deck.
    if (error instanceof Undecodable ? here : error instanceof FileChanged && !isNext) return this.reload();
    if (!isNext) {
      this.dying = error;
      return this.tick();
    }
    this.succession.failed(lane);
    if (error instanceof FileChanged && ++this.reloads <= mostReloads) void this.succession.replan();
  }
}
