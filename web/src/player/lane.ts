import { DeckFeed, type FeedEvents } from "./deckFeed";
import type { FragmentSource } from "./fragmentSource";
import { MediaDeck, type MediaPort } from "./mediaDeck";
import type { Channel } from "./sound/channel";
import type { SoundOutput } from "./soundOutput";

/** Short enough to feel immediate, long enough not to click. */
const hushSeconds = 0.012;

/** One of the two ways to the loudspeaker: a deck, what feeds it, and its gains. */
export class Lane {
  readonly deck: MediaDeck;
  readonly feed: DeckFeed;
  private channel: Channel | null = null;
  private level = 1;
  private volume = 1;
  private hushing: ReturnType<typeof setTimeout> | undefined;

  constructor(port: MediaPort, source: FragmentSource, events: FeedEvents) {
    this.deck = new MediaDeck(port);
    this.feed = new DeckFeed(this.deck, source, events);
  }

  get audio(): HTMLAudioElement {
    return this.deck.audio;
  }
  get time(): number {
    return this.deck.time;
  }
  /** Seconds of sound in the buffer from the playhead. */
  get ahead(): number {
    return this.deck.bufferedEnd(this.time) - this.time;
  }

  connect(output: SoundOutput): void {
    if (this.channel) return;
    this.channel = output.channel(this.audio);
    if (!this.channel) return;
    this.audio.volume = 1;
    this.channel.setLevel(this.level);
  }

  /** `when` = context time. Without it the change is now and whatever was planned is forgotten. */
  setLevel(level: number, when?: number, peak?: number): void {
    if (when === undefined || !this.channel) this.level = level;
    if (this.channel) this.channel.setLevel(level, when, peak);
    else this.mixDown();
  }
  /** The planned one is in force. */
  adoptLevel(level: number): void {
    this.level = level;
  }
  forgetPlannedLevel(): void {
    this.channel?.setLevel(this.level);
  }
  setVolume(volume: number): void {
    this.volume = volume;
    if (!this.channel) this.mixDown();
  }
  setFade(value: number): void {
    this.channel?.setFade(value);
  }
  fade(to: 0 | 1, seconds: number, when?: number): void {
    this.channel?.fade(to, seconds, when);
  }
  setSpeed(speed: number): void {
    this.audio.preservesPitch = true;
    this.audio.defaultPlaybackRate = speed;
    this.audio.playbackRate = speed;
  }

  /** Ends the sound without a click and empties the deck. */
  hush(): void {
    if (!this.channel || this.audio.paused) return this.clear();
    this.channel.fade(0, hushSeconds);
    this.clearIn(hushSeconds + 0.02);
  }
  clearIn(seconds: number): void {
    clearTimeout(this.hushing);
    this.hushing = setTimeout(() => this.clear(), seconds * 1000);
  }
  clear(): void {
    clearTimeout(this.hushing);
    this.hushing = undefined;
    this.feed.clear();
    this.channel?.setFade(1);
  }
  get leaving(): boolean {
    return this.hushing !== undefined;
  }

  /** Without Web Audio an element can only be made softer. */
  private mixDown(): void {
    this.audio.volume = Math.min(1, Math.max(0, this.volume * this.level));
  }
}
