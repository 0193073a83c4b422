import { amplitude, type Cue, type Engine, type EngineEvent } from "./engine";
import type { Streamed } from "./player";
import type { Channel } from "./sound/channel";
import { SoundOutput } from "./soundOutput";
import { playsDirectly, streamUrl } from "./stream";

interface Deck {
  audio: HTMLAudioElement;
  channel: Channel | null;
  cue: Cue | null;
  /** The original did not play; the transcode is loaded. */
  safe: boolean;
}

const preloadBeforeEnd = 30;
/** A track that begins in the middle of a wave would click. */
const fadeSeconds = 0.01;

/** For browsers without MediaSource, which can only be given whole files. Two audio elements: one plays, the other has the next track ready.
 *  Gaps are a few milliseconds, hidden by a short fade. */
export class ElementEngine implements Engine {
  private active: Deck;
  private spare: Deck;
  private next: Cue | null = null;
  private wanted = false;
  private readonly output: SoundOutput;
  private tell: (event: EngineEvent) => void = () => undefined;

  constructor(withGraph: boolean, makeAudio: () => HTMLAudioElement = () => new Audio()) {
    this.active = this.makeDeck(makeAudio());
    this.spare = this.makeDeck(makeAudio());
    this.output = new SoundOutput([this.active.audio, this.spare.audio], withGraph);
  }

  on(listener: (event: EngineEvent) => void): void {
    this.tell = listener;
  }

  async load(cue: Cue, { at, play }: { at: number; play: boolean }): Promise<void> {
    this.wanted = play;
    this.next = null;
    if (this.spare.cue?.uid === cue.uid && at === 0) this.swap();
    else this.fill(this.active, cue, at);
    this.emit({ type: "streamed" });
    if (play) await this.start();
  }

  setNext(cue: Cue | null): void {
    this.next = cue;
    if (cue === null || this.spare.cue?.track.id !== cue.track.id) this.empty(this.spare);
    this.prepareNext();
  }

  warm(): void {
    // An element begins to load when its turn comes.
  }

  play(): Promise<void> {
    this.wanted = true;
    return this.start();
  }

  pause(): void {
    this.wanted = false;
    this.active.audio.pause();
    this.output.rest();
  }

  seek(seconds: number): void {
    this.active.audio.currentTime = seconds;
    this.emit({ type: "time" });
  }

  setVolume(volume: number): void {
    this.output.setVolume(amplitude(volume));
    for (const { audio } of [this.active, this.spare]) audio.volume = this.output.hasGraph ? 1 : amplitude(volume);
  }

  setSpeed(speed: number): void {
    for (const { audio } of [this.active, this.spare]) {
      audio.preservesPitch = true;
      audio.defaultPlaybackRate = speed;
      audio.playbackRate = speed;
    }
  }

  setOutput(id: string): Promise<void> {
    return this.output.setOutput(id);
  }

  analyser(): AnalyserNode | null {
    return this.output.analyser;
  }

  streamed(): Streamed | null {
    const { cue, safe } = this.active;
    if (!cue) return null;
    const { track } = cue;
    const original = !safe && playsDirectly(track);
    const lossless = original && /flac|wav|pcm/i.test(track.codec ?? track.format ?? "");
    return { tier: original ? "file" : "mp3-320", codec: original ? (track.codec ?? track.format ?? "") : "mp3", lossless, original, sampleRateHz: original ? track.sample_rate_hz : null, bitDepth: original ? track.bit_depth : null, bitRateKbps: original ? track.bit_rate_kbps : 320, levelDb: null, gapless: false };
  }

  position(): number {
    return this.active.audio.currentTime;
  }

  duration(): number {
    const { duration } = this.active.audio;
    return Number.isFinite(duration) && duration > 0 ? duration : (this.active.cue?.track.duration_s ?? 0);
  }

  buffered(): number {
    const { buffered, currentTime } = this.active.audio;
    for (let i = 0; i < buffered.length; i += 1) {
      if (buffered.start(i) <= currentTime + 0.5 && buffered.end(i) >= currentTime) return buffered.end(i);
    }
    return currentTime;
  }

  stop(): void {
    this.wanted = false;
    this.next = null;
    this.empty(this.active);
    this.empty(this.spare);
  }

  private emit(event: EngineEvent): void {
    this.tell(event);
  }

  private makeDeck(audio: HTMLAudioElement): Deck {
    const deck: Deck = { audio, channel: null, cue: null, safe: false };
    audio.preload = "auto";
    const whenActive = (event: EngineEvent) => () => {
      if (deck === this.active) this.emit(event);
    };
    audio.addEventListener("playing", () => {
      if (deck !== this.active) return;
      deck.channel?.fade(1, fadeSeconds);
      this.emit({ type: "playing" });
    });
    audio.addEventListener("waiting", whenActive({ type: "waiting" }));
    audio.addEventListener("seeked", whenActive({ type: "seeked" }));
    audio.addEventListener("pause", () => {
      // Ours, or the system took the sound away (a call, unplugged headphones).
      if (deck === this.active && !audio.ended && audio.paused && deck.cue) this.emit({ type: "paused" });
    });
    audio.addEventListener("timeupdate", () => {
      if (deck !== this.active) return;
      this.emit({ type: "time" });
      this.prepareNext();
    });
    audio.addEventListener("ended", () => {
      if (deck === this.active) this.goOver();
    });
    audio.addEventListener("error", () => this.onError(deck));
    return deck;
  }

  private fill(deck: Deck, cue: Cue, at: number): void {
    deck.cue = cue;
    deck.safe = false;
    deck.channel?.setFade(0);
    deck.audio.src = streamUrl(cue.track);
    if (at > 0) deck.audio.currentTime = at;
  }

  private empty(deck: Deck): void {
    deck.cue = null;
    if (!deck.audio.hasAttribute("src")) return;
    deck.audio.pause();
    deck.audio.removeAttribute("src");
    deck.audio.load();
  }

  private swap(): void {
    const old = this.active;
    this.active = this.spare;
    this.spare = old;
    this.empty(old);
  }

  /** The network belongs to the current track until it is nearly there. */
  private prepareNext(): void {
    if (!this.next || this.spare.cue) return;
    const left = this.duration() - this.position();
    if (left < preloadBeforeEnd || this.buffered() >= this.duration() - 1) this.fill(this.spare, this.next, 0);
  }

  private goOver(): void {
    if (!this.next) {
      this.wanted = false;
      this.emit({ type: "ended" });
      return;
    }
    const cue = this.next;
    this.next = null;
    if (this.spare.cue?.track.id === cue.track.id) this.swap();
    else this.fill(this.active, cue, 0);
    void this.start();
    this.emit({ type: "advance", uid: cue.uid });
    this.emit({ type: "streamed" });
  }

  private async start(): Promise<void> {
    this.output.wake();
    for (const deck of [this.active, this.spare]) deck.channel ??= this.output.channel(deck.audio);
    try {
      await this.active.audio.play();
    } catch (error) {
      if (error instanceof DOMException && error.name === "NotAllowedError") {
        this.wanted = false;
        this.emit({ type: "blocked" });
      }
      // AbortError: a newer load took the place; NotSupportedError arrives as "error" too.
    }
  }

  private onError(deck: Deck): void {
    const { error } = deck.audio;
    if (!deck.cue || !deck.audio.hasAttribute("src") || !error) return;
    if (deck === this.spare) {
      this.empty(deck);
      return;
    }
    const network = error.code === MediaError.MEDIA_ERR_NETWORK;
    if (!deck.safe && !network) {
      const at = deck.audio.currentTime;
      deck.safe = true;
      deck.audio.src = streamUrl(deck.cue.track, true);
      if (at > 0) deck.audio.currentTime = at;
      if (this.wanted) void this.start();
      return;
    }
    this.emit({ type: "error", reason: network ? "network" : "format" });
  }
}
