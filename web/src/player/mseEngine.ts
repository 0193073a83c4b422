import { amplitude, type Cue, type Engine, type EngineEvent } from "./engine";
import { FragmentSource, type FragmentNeeds } from "./fragmentSource";
import { joinOf } from "./join";
import { Lane } from "./lane";
import type { Manifests } from "./manifest";
import { Undecodable, type MediaPort } from "./mediaDeck";
import { Pieces } from "./pieces";
import { playbackSettings } from "./playbackSettings";
import type { Streamed } from "./player";
import { FileChanged, Unplayable } from "./retry";
import { levelOf, type Level } from "./sound/levelling";
import { SoundOutput } from "./soundOutput";
import { streamedOf } from "./streamed";
import { endOf, indexAt, toDeckTime, toPosition, type Piece, type Span } from "./timeline";
import { Transition } from "./transition";
import { Watch } from "./watch";

export interface MseNeeds extends FragmentNeeds {
  port: MediaPort;
  supports: (mime: string) => boolean;
  manifests: Manifests;
  /** Equaliser, visualizer, fades and exact levels; without it the elements play by themselves. */
  withGraph: boolean;
  /** A test brings its own. */
  makeOutput?: (elements: readonly HTMLMediaElement[]) => SoundOutput;
}

const tickMs = 250;
const mostReloads = 3;
const leastAhead = 0.3;
/** A seek to the very end would leave nothing to hear. */
const shortestRest = 0.05;

/** Two decks fed through MediaSource. A track that belongs to the one before it is laid behind it on the same deck, sample to sample;
 *  others begin on the other deck under a fade. */
export class MseEngine implements Engine {
  private readonly output: SoundOutput;
  private readonly lanes: readonly [Lane, Lane];
  private readonly pieces: Pieces;
  private readonly transition: Transition;
  private readonly watch: Watch;
  private tell: (event: EngineEvent) => void = () => undefined;
  private active: Lane;
  private current: Cue | null = null;
  /** undefined = not told yet. */
  private next: Cue | null | undefined = undefined;
  private wanted = false;
  private startAt = 0;
  private turn = 0;
  private asking = new AbortController();
  private reloads = 0;
  private failure: "network" | "format" | "gone" | null = null;
  /** The rest of the current track cannot be had; what is in the buffer is still heard. */
  private dying: unknown = null;
  /** What the listener was told last. */
  private told: "playing" | "waiting" | "paused" = "paused";
  private ticking: ReturnType<typeof setInterval> | undefined;

  constructor(needs: MseNeeds) {
    const source = new FragmentSource(needs);
    this.pieces = new Pieces(needs.manifests, source, needs.supports);
    const lane = (): Lane => {
      const made: Lane = new Lane(needs.port, source, {
        lost: (yes) => made === this.active && this.emit({ type: "network", lost: yes }),
        failed: (span, error) => this.onFeedFailed(made, span, error),
      });
      this.listen(made);
      return made;
    };
    this.lanes = [lane(), lane()];
    this.active = this.lanes[0];
    const elements = this.lanes.map((one) => one.audio);
    this.output = needs.makeOutput?.(elements) ?? new SoundOutput(elements, needs.withGraph);
    this.transition = new Transition(this.output, { spliced: () => this.onSpliced(), faded: () => this.onFaded(), due: () => this.tick() });
    this.watch = new Watch(this.output, { flowing: () => this.say("playing"), still: () => this.say("waiting"), ended: () => this.onEnded(), rebuild: () => this.reload(this.position()) });
    playbackSettings.subscribe((now, before) => {
      if (now.gapless !== before.gapless || now.crossfade !== before.crossfade || now.smartFade !== before.smartFade || now.quality !== before.quality) void this.replan();
      else if (now.levelling !== before.levelling || now.preampDb !== before.preampDb || now.unknownDb !== before.unknownDb || now.clipGuard !== before.clipGuard) this.levelNow();
    });
  }

  on(listener: (event: EngineEvent) => void): void {
    this.tell = listener;
  }

  async load(cue: Cue, { at, play }: { at: number; play: boolean }): Promise<void> {
    this.wanted = play;
    this.told = play ? "waiting" : "paused";
    this.reloads = 0;
    if (play) this.output.wake();
    if (at === 0 && this.takePlanned(cue)) return;
    this.current = cue;
    this.next = undefined;
    await this.begin(at);
  }

  setNext(cue: Cue | null): void {
    const before = this.next;
    this.next = cue;
    const same = cue === null || !before ? cue === before : cue.uid === before.uid && cue.track.id === before.track.id && cue.albumPlay === before.albumPlay;
    const failed = this.transition.plan !== null && this.transition.plan.join === null;
    if (!same || failed) void this.replan();
  }

  play(): Promise<void> {
    this.wanted = true;
    this.output.wake();
    if (this.failure && this.current) return this.begin(this.position());
    return this.start();
  }

  pause(): void {
    this.wanted = false;
    this.stopTicking();
    this.transition.cut(this.other);
    this.transition.forgetLevel(this.active);
    this.active.audio.pause();
    this.output.rest();
  }

  seek(seconds: number): void {
    const span = this.span;
    this.transition.cut(this.other);
    this.transition.forgetLevel(this.active);
    this.dying = null;
    if (!span) this.startAt = seconds;
    else this.active.feed.seek(toDeckTime(span, Math.min(seconds, span.duration - shortestRest)));
    this.watch.reset();
    this.emit({ type: "time" });
  }

  setVolume(volume: number): void {
    this.output.setVolume(amplitude(volume));
    for (const lane of this.lanes) lane.setVolume(amplitude(volume));
  }

  setSpeed(speed: number): void {
    this.transition.forgetLevel(this.active);
    for (const lane of this.lanes) lane.setSpeed(speed);
    this.tick();
  }

  setOutput(id: string): Promise<void> {
    return this.output.setOutput(id);
  }
  analyser(): AnalyserNode | null {
    return this.output.analyser;
  }
  streamed(): Streamed | null {
    return this.span ? streamedOf(this.span, this.levelFor(this.span)) : null;
  }
  position(): number {
    return this.span ? toPosition(this.span, this.active.time) : this.startAt;
  }
  duration(): number {
    return this.span?.duration ?? this.current?.track.duration_s ?? 0;
  }
  buffered(): number {
    return this.span ? toPosition(this.span, this.active.deck.bufferedEnd(this.active.time)) : this.startAt;
  }

  stop(): void {
    this.wanted = false;
    this.turn += 1;
    this.asking.abort();
    this.stopTicking();
    this.current = null;
    this.next = undefined;
    this.failure = null;
    this.transition.drop();
    for (const lane of this.lanes) lane.clear();
    this.output.rest();
  }

  private get other(): Lane {
    return this.lanes[this.active === this.lanes[0] ? 1 : 0];
  }
  private get span(): Span | null {
    return this.active.feed.spans[0] ?? null;
  }
  private emit(event: EngineEvent): void {
    if (event.type === "playing" || event.type === "waiting" || event.type === "paused") this.told = event.type;
    this.tell(event);
  }
  /** Tells only what is new. */
  private say(type: "playing" | "waiting"): void {
    if (this.wanted && this.told !== type) this.emit({ type });
  }
  private readonly lost = (yes: boolean): void => this.emit({ type: "network", lost: yes });

  private levelFor(piece: Piece): Level {
    return levelOf(piece.manifest.gain, playbackSettings.getState(), { albumPlay: piece.cue.albumPlay });
  }
  private levelNow(): void {
    if (!this.span) return;
    const { gain, peak } = this.levelFor(this.span);
    // A level that was set for the border to the sample is there already.
    if (!this.transition.levelReached(this.active, gain)) this.active.setLevel(gain, undefined, peak);
    this.emit({ type: "streamed" });
  }

  /** The current cue from `at` on, on the lane that is free; what sounded before ends softly. */
  private async begin(at: number): Promise<void> {
    const cue = this.current;
    if (!cue) return;
    const turn = ++this.turn;
    this.asking.abort();
    this.asking = new AbortController();
    this.failure = null;
    this.dying = null;
    this.transition.drop();
    this.active.hush();
    this.active = this.other;
    this.active.clear();
    this.startAt = at;
    this.say("waiting");
    try {
      const piece = await this.pieces.of(cue, this.asking.signal, this.lost);
      if (turn !== this.turn) return;
      this.active.connect(this.output);
      this.active.feed.load(piece, Math.min(this.startAt, Math.max(0, piece.manifest.duration_s - shortestRest)));
      this.levelNow();
    } catch (error) {
      if (turn === this.turn) this.fail(error);
      return;
    }
    if (this.wanted) void this.start();
    void this.replan();
  }

  private reload(at: number): void {
    this.reloads += 1;
    if (this.reloads > mostReloads) this.fail(new Unplayable("format"));
    else void this.begin(at);
  }

  private fail(error: unknown): void {
    this.stopTicking();
    this.failure = error instanceof Unplayable ? error.reason : "format";
    this.emit({ type: "error", reason: this.failure });
  }

  private async start(): Promise<void> {
    if (!this.span) return;
    this.output.wake();
    this.active.connect(this.output);
    this.watch.reset();
    clearInterval(this.ticking);
    this.ticking = setInterval(() => this.tick(), tickMs);
    try {
      await this.active.audio.play();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "NotAllowedError")) return;
      this.wanted = false;
      this.stopTicking();
      this.emit({ type: "blocked" });
    }
  }

  private stopTicking(): void {
    clearInterval(this.ticking);
    this.transition.disarm();
  }

  private tick(): void {
    const lane = this.active;
    const span = this.span;
    if (!span) return;
    lane.feed.tick();
    if (this.dying !== null && this.wanted && lane.ahead < leastAhead) return this.fail(this.dying);
    if (indexAt(lane.feed.spans, lane.time) > 0) return this.onSpliced();
    this.transition.tick(lane, this.other, this.wanted, (piece) => this.levelFor(piece));
    this.emit({ type: "time" });
    if (!this.wanted) return;
    if (this.failure === null) this.watch.look(lane, this.next === null || (this.transition.plan !== null && this.transition.plan.join?.kind !== "splice"));
  }

  /** Decides anew how the next track follows, and prepares it. */
  private async replan(): Promise<void> {
    const turn = this.transition.begin();
    const lane = this.active;
    const cue = this.next;
    if (!this.span || cue === undefined) return;
    lane.feed.setNext(null, cue === null);
    if (cue === null) return;
    const piece = await this.pieces.of(cue, this.asking.signal, () => undefined).catch(() => null);
    if (!this.transition.isCurrent(turn) || lane !== this.active || !this.span) return;
    const join = piece ? joinOf({ ...this.span, track: this.span.cue.track }, { ...piece, track: piece.cue.track }, playbackSettings.getState()) : null;
    this.transition.plan = { cue, piece, join, loaded: false };
    // A piece that cannot be had is tried again when its turn comes.
    lane.feed.setNext(join?.kind === "splice" ? piece : null, join?.kind !== "splice");
    this.tick();
  }

  /** "Next" was pressed and the next is there already. */
  private takePlanned(cue: Cue): boolean {
    const { plan } = this.transition;
    const spliced = this.active.feed.spans[1];
    if (plan?.cue.uid !== cue.uid || plan.cue.track.id !== cue.track.id || this.failure) return false;
    if (plan.join?.kind === "splice" && spliced && this.active.deck.has(spliced.t0 + 0.1)) {
      this.transition.cut(this.other);
      this.active.feed.seek(spliced.t0);
      this.goOver(cue);
    } else if (plan.loaded) {
      this.active.hush();
      this.active = this.other;
      this.active.setFade(1);
      this.goOver(cue);
    } else return false;
    if (this.wanted) void this.start();
    else this.active.audio.pause();
    return true;
  }

  /** The plan became the present. */
  private goOver(cue: Cue): void {
    if (this.active.feed.spans.length > 1) this.active.feed.advance();
    this.transition.plan = null;
    this.current = cue;
    this.next = undefined;
    this.reloads = 0;
    this.dying = null;
    this.watch.reset();
    this.levelNow();
  }

  private onSpliced(): void {
    const cue = this.active.feed.spans[1]?.cue;
    if (!cue) return;
    this.goOver(this.transition.plan?.cue ?? cue);
    this.emit({ type: "advance", uid: cue.uid });
    this.tick();
  }

  /** The fade began: the other lane is the present one. */
  private onFaded(): void {
    const cue = this.transition.plan?.cue;
    if (!cue) return;
    this.active = this.other;
    this.goOver(cue);
    void this.start();
    this.emit({ type: "advance", uid: cue.uid });
  }

  private onEnded(): void {
    const cue = this.next;
    if (cue === undefined || !this.wanted) return;
    if (cue === null) {
      this.wanted = false;
      this.stopTicking();
      this.output.rest();
      this.emit({ type: "ended" });
    } else if (!this.takePlanned(cue)) {
      this.current = cue;
      this.next = undefined;
      this.reloads = 0;
      this.emit({ type: "advance", uid: cue.uid });
      void this.begin(0);
      return;
    } else this.emit({ type: "advance", uid: cue.uid });
  }

  private onFeedFailed(lane: Lane, span: Span, error: unknown): void {
    const changed = error instanceof FileChanged;
    if (changed) this.pieces.forget(span.manifest.track_id);
    if (error instanceof Undecodable) this.pieces.exclude(span);
    if (lane !== this.active || span.id !== this.span?.id) {
      // The next one: what plays goes on to its end, and then it gets another chance.
      if (this.transition.plan) this.transition.plan = { ...this.transition.plan, join: null, loaded: false };
      if (lane !== this.active) lane.clear();
      else if (error instanceof Undecodable) this.reload(this.position());
      else lane.feed.setNext(null, true);
      if (changed && ++this.reloads <= mostReloads) void this.replan();
      return;
    }
    if (changed || error instanceof Undecodable) return this.reload(this.position());
    this.dying = error;
    this.tick();
  }

  private listen(lane: Lane): void {
    const { audio } = lane;
    const heard = (type: string, act: () => void): void => audio.addEventListener(type, () => lane === this.active && lane.feed.spans.length > 0 && act());
    heard("playing", () => this.say("playing"));
    heard("waiting", () => this.say("waiting"));
    heard("timeupdate", () => this.tick());
    heard("seeked", () => {
      this.tick();
      this.emit({ type: "seeked" });
    });
    heard("ended", () => this.onEnded());
    heard("pause", () => {
      if (audio.ended || !audio.paused) return;
      // The system took the sound away (a call, unplugged headphones), or we did.
      this.wanted = false;
      this.stopTicking();
      this.emit({ type: "paused" });
    });
    heard("error", () => {
      if (!audio.error || !this.span) return;
      this.pieces.exclude(this.span);
      this.reload(endOf(this.span) > 0 ? this.position() : 0);
    });
  }
}
