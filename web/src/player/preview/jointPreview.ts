import type { PlaybackManifest } from "../manifest";
import { FileChanged, Unplayable } from "../retry";
import { planJoint, tempoFirst, tempoMostPct, type Clip, type DeckFacts, type JointPlan } from "./align";
import type { FadeShape } from "./curves";
import { levelsOf, loudnessOf } from "./levels";
import { edge, scheduleJoint, scheduleSecond, setFade, stopLap, stopVoice, type Decoded, type JointSound, type Lap } from "./schedule";
import { stretcher } from "./stretch";

/** One of the two decks: what is known of the track, and where its bytes are. */
export interface DeckSource {
  readonly manifest: PlaybackManifest;
  readonly facts: DeckFacts;
}

export interface PreviewNeeds {
  readonly source: (trackId: string) => Promise<DeckSource>;
  readonly clip: (manifest: PlaybackManifest, from: number, to: number, signal: AbortSignal) => Promise<Decoded>;
  readonly context: () => AudioContext;
  /** 0..1, linear. */
  readonly volume: () => number;
}

export type PreviewStatus = "reading" | "ready" | "loading" | "playing" | "failed";
export interface PreviewState {
  readonly status: PreviewStatus;
  /** null until the facts of both are there. */
  readonly plan: JointPlan | null;
  readonly facts: { readonly a: DeckFacts; readonly b: DeckFacts } | null;
  readonly tempoPct: number;
  readonly keepPitch: boolean;
  readonly nudge_s: number;
  readonly overlapBeats: number;
  readonly leave: "outro" | "end";
  readonly enter: "start" | "intro";
  readonly shift: { readonly a: number; readonly b: number };
  readonly fade: FadeShape | number;
  readonly loop: boolean;
  readonly trouble: "network" | "format" | "gone" | null;
}
export type PreviewWish = Partial<Pick<PreviewState, "tempoPct" | "keepPitch" | "nudge_s" | "overlapBeats" | "leave" | "enter" | "shift" | "fade" | "loop">>;

const first: PreviewState = { status: "reading", plan: null, facts: null, tempoPct: 0, keepPitch: false, nudge_s: 0, overlapBeats: 32, leave: "outro", enter: "start", shift: { a: 0, b: 0 }, fade: "smooth", loop: true, trouble: null };
/** The next lap is put in this long before it begins: timers of a page in the background are late by a second. */
const lapAhead = 2.5;
const tickMs = 250;
const startsIn = 0.08;
/** So much of the stretching at once, seconds of music; then the page may answer. */
const stretchPart = 4;
/** Parts are fetched a little wider than they are heard, so that small changes need no new ones. */
const margin = 1.5;

/** Two decks of their own for one joint: fetches the seconds around it, plays them beat on beat, over and over. */
export class JointPreview {
  private state = first;
  private readonly listeners = new Set<() => void>();
  private readonly life = new AbortController();
  private sources: { a: DeckSource; b: DeckSource } | null = null;
  private clips: { a: Decoded; b: Decoded } | null = null;
  private stretched: Decoded | null = null;
  private laps: { lap: Lap; sound: JointSound }[] = [];
  private output: GainNode | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  private rest = 0;
  private turn = 0;

  constructor(
    private readonly needs: PreviewNeeds,
    aId: string,
    bId: string,
  ) {
    void this.read(aId, bId);
  }

  getState(): PreviewState {
    return this.state;
  }
  subscribe(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  }
  /** Seconds of the joint. */
  position(): number {
    const now = this.output?.context.currentTime ?? 0;
    const running = this.laps.findLast(({ lap }) => lap.origin <= now) ?? this.laps[0];
    return running ? Math.max(0, Math.min(running.sound.plan.length, now - running.lap.origin)) : this.rest;
  }

  async play(): Promise<void> {
    const { plan } = this.state;
    if (!plan || !this.sources || this.state.status === "playing" || this.state.status === "loading") return;
    const turn = ++this.turn;
    // In the gesture: later a browser may not let it sound.
    const context = this.needs.context();
    if (context.state !== "running") void context.resume().catch(() => undefined);
    this.set({ status: "loading", trouble: null });
    try {
      const sound = await this.sound();
      if (turn !== this.turn || this.life.signal.aborted) return;
      this.begin(context, sound, this.rest >= sound.plan.length - 0.1 ? 0 : this.rest);
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  pause(): void {
    this.turn += 1;
    this.rest = this.position();
    this.silence();
    if (this.state.status === "playing" || this.state.status === "loading") this.set({ status: "ready" });
  }

  seek(position: number): void {
    const playing = this.state.status === "playing";
    if (playing) this.pause();
    this.rest = Math.max(0, Math.min(this.state.plan?.length ?? 0, position));
    this.tell();
    if (playing) void this.play();
  }

  change(wish: PreviewWish): void {
    const before = this.state;
    const facts = before.facts;
    this.state = { ...before, ...wish };
    if (facts) this.state = { ...this.state, plan: planJoint(facts.a, facts.b, this.state) };
    this.tell();
    const { plan } = this.state;
    if (!plan || before.status !== "playing") return;
    if (wish.fade !== undefined) this.refade(wish.fade);
    if (wish.overlapBeats !== undefined || wish.leave !== undefined || wish.enter !== undefined) return this.again();
    if (wish.shift !== undefined) return this.seek(this.position());
    if (wish.tempoPct !== undefined || wish.keepPitch !== undefined || wish.nudge_s !== undefined) void this.retime(plan, (wish.nudge_s ?? before.nudge_s) - before.nudge_s);
  }

  volumeChanged(): void {
    if (this.output) this.output.gain.setTargetAtTime(this.needs.volume(), this.output.context.currentTime, 0.01);
  }

  close(): void {
    this.life.abort();
    this.turn += 1;
    this.silence();
    this.output?.disconnect();
    this.clips = null;
    this.stretched = null;
    this.listeners.clear();
  }

  private async read(aId: string, bId: string): Promise<void> {
    try {
      const [a, b] = await Promise.all([this.needs.source(aId), this.needs.source(bId)]);
      if (this.life.signal.aborted) return;
      this.sources = { a, b };
      const facts = { a: a.facts, b: b.facts };
      const tempoPct = tempoFirst(a.facts, b.facts);
      this.set({ status: "ready", facts, tempoPct, plan: planJoint(a.facts, b.facts, { ...this.state, tempoPct }) });
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (this.life.signal.aborted || (error instanceof DOMException && error.name === "AbortError")) return;
    const trouble = error instanceof Unplayable ? error.reason : error instanceof FileChanged ? "gone" : "network";
    this.set({ status: "failed", trouble });
  }

  /** Everything that is heard, fetched where it is not there yet. */
  private async sound(): Promise<JointSound> {
    const { plan, fade } = this.state;
    if (!plan || !this.sources) throw new Unplayable("gone");
    const { a, b } = this.sources;
    const widest = { from: plan.b.from, to: Math.min(b.facts.duration_s, plan.b.from + plan.length * (1 + tempoMostPct / 100) + margin) };
    const [clipA, clipB] = await Promise.all([this.clip("a", a, { from: Math.max(0, plan.a.from - margin), to: plan.a.to }, plan.a), this.clip("b", b, widest, plan.b)]);
    if (this.clips?.b !== clipB) this.stretched = null;
    this.clips = { a: clipA, b: clipB };
    const second = await this.second(clipB, plan.rate);
    const levels = levelsOf({ gain: a.manifest.gain, rms: loudnessOf(channelsOf(clipA.buffer)) }, { gain: b.manifest.gain, rms: loudnessOf(channelsOf(clipB.buffer)) });
    return { plan, a: clipA, b: second, levelA: levels.a, levelB: levels.b, fade };
  }

  private clip(deck: "a" | "b", { manifest }: DeckSource, wide: Clip, needed: Clip): Promise<Decoded> | Decoded {
    const held = this.clips?.[deck];
    if (held && held.from <= needed.from + 1e-3 && held.from + held.buffer.duration >= needed.to - 1e-2) return held;
    return this.needs.clip(manifest, wide.from, wide.to, this.life.signal);
  }

  /** The second deck's sound at a speed: itself, or stretched so that the pitch stays. */
  private async second(clip: Decoded, rate: number): Promise<Decoded> {
    if (!this.state.keepPitch || Math.abs(rate - 1) < 1e-4) return clip;
    if (this.stretched?.stretched === rate) return this.stretched;
    const work = stretcher(channelsOf(clip.buffer), clip.buffer.sampleRate, rate);
    while (!work.step(stretchPart)) await new Promise((done) => setTimeout(done));
    this.life.signal.throwIfAborted();
    const [left] = work.output;
    const buffer = new AudioBuffer({ length: left?.length ?? 1, numberOfChannels: work.output.length, sampleRate: clip.buffer.sampleRate });
    work.output.forEach((channel, c) => buffer.copyToChannel(channel, c));
    this.stretched = { buffer, from: clip.from, stretched: rate };
    return this.stretched;
  }

  private begin(context: AudioContext, sound: JointSound, position: number): void {
    this.output ??= context.createGain();
    this.output.gain.value = this.needs.volume();
    this.output.connect(context.destination);
    this.laps = [{ lap: scheduleJoint(context, this.output, sound, context.currentTime + startsIn, position), sound }];
    clearInterval(this.timer);
    this.timer = setInterval(() => void this.tick(), tickMs);
    this.set({ status: "playing" });
  }

  private async tick(): Promise<void> {
    const context = this.output?.context;
    const last = this.laps.at(-1);
    if (!context || !last) return;
    const now = context.currentTime;
    this.laps = this.laps.filter((one) => one === last || one.lap.ends > now);
    if (now >= last.lap.ends - 0.01 && !this.state.loop) {
      this.silence();
      this.rest = 0;
      return this.set({ status: "ready" });
    }
    if (!this.state.loop || now < last.lap.ends - lapAhead) return;
    const turn = this.turn;
    const sound = await this.sound().catch(() => null);
    if (!sound || turn !== this.turn || this.laps.at(-1) !== last || !this.output) return;
    this.laps.push({ lap: scheduleJoint(context, this.output, sound, Math.max(last.lap.ends, context.currentTime + edge)), sound });
  }

  /** New speed or nudge while it sounds: the second goes on from where it is, only otherwise; the next lap begins in time again. */
  private async retime(plan: JointPlan, nudged: number): Promise<void> {
    const turn = this.turn;
    const clip = this.clips?.b;
    if (!clip) return;
    const b = await this.second(clip, plan.rate).catch(() => null);
    const running = this.running();
    if (!b || turn !== this.turn || this.state.plan !== plan || !running || !this.output) return;
    const now = this.output.context.currentTime;
    for (const { lap } of this.laps.filter((one) => one !== running)) stopLap(lap, now);
    this.laps = [running];
    const { lap, sound } = running;
    const was = sound.plan;
    const at = now - lap.origin;
    const bAt = at < was.bAt ? plan.bAt : at - (at - was.bAt) * (was.rate / plan.rate) + nudged;
    const next: JointSound = { ...sound, b, plan: { ...was, rate: plan.rate, bAt: Math.max(0, bAt) } };
    if (nudged === 0 && at >= was.bAt && b.stretched === 1 && sound.b.stretched === 1 && lap.b.source) lap.b.source.playbackRate.setValueAtTime(plan.rate, now);
    else {
      stopVoice(lap.b, now);
      lap.b = scheduleSecond(this.output.context, this.output, next, lap.origin, now);
    }
    running.sound = next;
    setFade(lap, next, now);
  }

  private refade(fade: FadeShape | number): void {
    const now = this.output?.context.currentTime ?? 0;
    for (const one of this.laps) {
      one.sound = { ...one.sound, fade };
      setFade(one.lap, one.sound, Math.max(now, one.lap.origin));
    }
  }

  private again(): void {
    this.pause();
    this.rest = 0;
    void this.play();
  }

  private running(): { lap: Lap; sound: JointSound } | undefined {
    const now = this.output?.context.currentTime ?? 0;
    return this.laps.findLast(({ lap }) => lap.origin <= now) ?? this.laps[0];
  }

  private silence(): void {
    clearInterval(this.timer);
    const now = this.output?.context.currentTime ?? 0;
    for (const { lap } of this.laps) stopLap(lap, now);
    this.laps = [];
  }

  private set(change: Partial<PreviewState>): void {
    this.state = { ...this.state, ...change };
    this.tell();
  }
  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

const channelsOf = (buffer: AudioBuffer): Float32Array<ArrayBuffer>[] => Array.from({ length: buffer.numberOfChannels }, (_, c) => buffer.getChannelData(c));
