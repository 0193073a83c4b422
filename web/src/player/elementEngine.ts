import type { TrackItem } from "@/shared/api/types";
import type { Engine, EngineEvent } from "./engine";
import { streamUrl } from "./stream";

interface Deck {
  audio: HTMLAudioElement;
  track: TrackItem | null;
  /** The original did not play; the transcode is loaded. */
  safe: boolean;
}

const preloadBeforeEnd = 30;

/** Two audio elements: one plays, the other has the next track ready. Gaps are a few milliseconds. */
export class ElementEngine implements Engine {
  private active: Deck;
  private spare: Deck;
  private next: TrackItem | null = null;
  private wanted = false;
  private readonly listeners: ((event: EngineEvent) => void)[] = [];

  constructor(makeAudio: () => HTMLAudioElement = () => new Audio()) {
    this.active = this.makeDeck(makeAudio());
    this.spare = this.makeDeck(makeAudio());
  }

  on(listener: (event: EngineEvent) => void): void {
    this.listeners.push(listener);
  }

  async load(track: TrackItem, { at, play }: { at: number; play: boolean }): Promise<void> {
    this.wanted = play;
    if (this.spare.track?.id === track.id && at === 0) this.swap();
    else this.fill(this.active, track, at);
    if (play) await this.start();
  }

  setNext(track: TrackItem | null): void {
    this.next = track;
    if (track === null || this.spare.track?.id !== track.id) this.empty(this.spare);
    this.prepareNext();
  }

  play(): Promise<void> {
    this.wanted = true;
    return this.start();
  }

  pause(): void {
    this.wanted = false;
    this.active.audio.pause();
  }

  seek(seconds: number): void {
    this.active.audio.currentTime = seconds;
    this.emit({ type: "time" });
  }

  setVolume(volume: number): void {
    // Loudness is felt roughly as the square of the amplitude.
    this.active.audio.volume = volume * volume;
    this.spare.audio.volume = volume * volume;
  }

  position(): number {
    return this.active.audio.currentTime;
  }

  duration(): number {
    const { duration } = this.active.audio;
    return Number.isFinite(duration) && duration > 0 ? duration : (this.active.track?.duration_s ?? 0);
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
    for (const listener of this.listeners) listener(event);
  }

  private makeDeck(audio: HTMLAudioElement): Deck {
    const deck: Deck = { audio, track: null, safe: false };
    audio.preload = "auto";
    const whenActive = (event: EngineEvent) => () => {
      if (deck === this.active) this.emit(event);
    };
    audio.addEventListener("playing", whenActive({ type: "playing" }));
    audio.addEventListener("waiting", whenActive({ type: "waiting" }));
    audio.addEventListener("seeked", whenActive({ type: "seeked" }));
    audio.addEventListener("pause", () => {
      if (deck === this.active && !audio.ended && !this.wanted) this.emit({ type: "paused" });
      // The system took the sound away (a call, unplugged headphones).
      else if (deck === this.active && !audio.ended && deck.track) this.emit({ type: "paused" });
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

  private fill(deck: Deck, track: TrackItem, at: number): void {
    deck.track = track;
    deck.safe = false;
    deck.audio.src = streamUrl(track);
    if (at > 0) deck.audio.currentTime = at;
  }

  private empty(deck: Deck): void {
    deck.track = null;
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
    if (!this.next || this.spare.track) return;
    const left = this.duration() - this.position();
    if (left < preloadBeforeEnd || this.buffered() >= this.duration() - 1) this.fill(this.spare, this.next, 0);
  }

  private goOver(): void {
    if (!this.next) {
      this.wanted = false;
      this.emit({ type: "ended" });
      return;
    }
    const track = this.next;
    this.next = null;
    if (this.spare.track?.id === track.id) this.swap();
    else this.fill(this.active, track, 0);
    void this.start();
    this.emit({ type: "advance" });
  }

  private async start(): Promise<void> {
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
    if (!deck.track || !deck.audio.hasAttribute("src") || !error) return;
    if (deck === this.spare) {
      this.empty(deck);
      return;
    }
    const network = error.code === MediaError.MEDIA_ERR_NETWORK;
    if (!deck.safe && !network) {
      const at = deck.audio.currentTime;
      deck.safe = true;
      deck.audio.src = streamUrl(deck.track, true);
      if (at > 0) deck.audio.currentTime = at;
      if (this.wanted) void this.start();
      return;
    }
    this.emit({ type: "error", reason: network ? "network" : "format" });
  }
}
