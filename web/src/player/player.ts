import type { Id, TrackItem } from "@/shared/api/types";
import type { Queue, QueueSource, Repeat } from "./queue";

export type PlayState = "idle" | "loading" | "playing" | "paused";

/** What the loudspeaker really gets, as the server made it. */
export interface Streamed {
  /** Name of the tier, or "file" where the browser plays the file by itself. */
  readonly tier: string;
  readonly codec: string;
  readonly lossless: boolean;
  /** The file's own frames, not encoded anew. */
  readonly original: boolean;
  readonly sampleRateHz: number | null;
  readonly bitDepth: number | null;
  readonly bitRateKbps: number | null;
  /** dB that levelling adds (mostly negative); null = not levelled. */
  readonly levelDb: number | null;
  /** Joined without a gap (MediaSource), or the plain fallback. */
  readonly gapless: boolean;
}

/** When to stop by itself: at a moment (ms since 1970) or when the current track ends. */
export type Sleep = { readonly kind: "at"; readonly at: number } | { readonly kind: "track" } | null;

export interface OutputDevice {
  readonly id: string;
  readonly name: string;
}

export interface PlayerState {
  readonly queue: Queue;
  /** null while its facts are on the way, or when nothing is current. */
  readonly track: TrackItem | null;
  readonly state: PlayState;
  readonly volume: number;
  readonly muted: boolean;
  /** What the listener should know about playing, or null. */
  readonly trouble: "blocked" | "network" | "format" | null;
  /** null while nothing is loaded. */
  readonly streamed: Streamed | null;
  /** 0.5..2; pitch is kept. */
  readonly speed: number;
  readonly sleep: Sleep;
}

export interface StartOptions {
  index?: number;
  source?: QueueSource | null;
  shuffle?: boolean;
  /** Brings the rest of a long list, page by page; called while it returns ids. */
  more?: () => Promise<readonly Id[] | null>;
}

/** The one interface between the app and whatever plays. No React, no DOM; a page asks it and subscribes to it. */
export interface Player {
  getState(): PlayerState;
  subscribe(changed: () => void): () => void;
  /** Position, duration, buffered: change many times a second, so they have their own subscription. */
  getTime(): PlayerTime;
  subscribeTime(changed: () => void): () => void;

  start(trackIds: readonly Id[], options?: StartOptions): void;
  play(): void;
  pause(): void;
  toggle(): void;
  next(): void;
  /** Back to the beginning after the first three seconds, else to the track before. */
  previous(): void;
  seek(seconds: number): void;
  seekBy(seconds: number): void;
  setVolume(volume: number): void;
  setMuted(muted: boolean): void;
  setRepeat(repeat: Repeat): void;
  setShuffle(on: boolean): void;

  setSpeed(speed: number): void;
  setSleep(sleep: Sleep): void;
  /** What a visualizer looks at; null where the sound does not go through Web Audio. */
  analyser(): AnalyserNode | null;
  /** Loudspeakers to choose from; empty where the browser does not let one choose. */
  outputs(): Promise<readonly OutputDevice[]>;
  /** "" = as the system says. */
  setOutput(id: string): Promise<void>;

  jumpTo(index: number): void;
  playNext(trackIds: readonly Id[]): void;
  addLast(trackIds: readonly Id[]): void;
  /** Returns what undoes it. */
  remove(uids: readonly number[]): () => void;
  /** Before the entry that is at `to` in the queue without these; `own` = they are the listener's own from then on. Returns what undoes it. */
  move(uids: readonly number[], to: number, own?: boolean): () => void;
  clearAdded(): () => void;
  clearUpcoming(): () => void;
  /** A queue from the server or from an earlier visit; does not start to play. */
  restore(trackIds: readonly Id[], index: number, positionSeconds: number): void;
  /** Silence and an empty queue (sign-out). */
  reset(): void;
}

export interface PlayerTime {
  readonly position: number;
  readonly duration: number;
  readonly buffered: number;
}
