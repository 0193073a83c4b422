import type { TrackItem } from "@/shared/api/types";
import type { Streamed } from "./player";

/** One entry of the queue as an engine sees it. */
export interface Cue {
  /** Of the queue entry: the same track may stand in a queue twice. */
  readonly uid: number;
  readonly track: TrackItem;
  /** The album is played whole and in order, so its own loudness differences stay. */
  readonly albumPlay: boolean;
}

/** What makes sound. The player above it knows queues; an engine knows one track and the one after it. */
export interface Engine {
  /** Makes `cue` the current one at `at` seconds and plays if asked. Resolves when it is known whether it started. */
  load(cue: Cue, options: { at: number; play: boolean }): Promise<void>;
  /** What follows without being asked; null = nothing, the sound ends. The engine prepares it and emits "advance" when it went over to it. */
  setNext(cue: Cue | null): void;
  /** It comes after the next, which is short: what is needed of it first may be fetched, so that there is time enough. */
  warm(cue: Cue): void;
  play(): Promise<void>;
  pause(): void;
  seek(seconds: number): void;
  /** 0..1, as heard. */
  setVolume(volume: number): void;
  /** 0.5..2; the pitch stays. */
  setSpeed(speed: number): void;
  setOutput(id: string): Promise<void>;
  analyser(): AnalyserNode | null;
  streamed(): Streamed | null;
  position(): number;
  /** Seconds, 0 while unknown. */
  duration(): number;
  /** End of what is buffered around the position, in seconds. */
  buffered(): number;
  stop(): void;
  /** One listener, the newest: an engine outlives the players of several sign-ins. */
  on(listener: (event: EngineEvent) => void): void;
}

export type EngineEvent =
  | { type: "playing" | "paused" | "waiting" | "time" | "seeked" | "streamed" }
  /** Went over to the cue of setNext by itself. */
  | { type: "advance"; uid: number }
  /** The track is over and there was no next. */
  | { type: "ended" }
  /** The browser wants a gesture first. */
  | { type: "blocked" }
  /** The server does not answer and the engine goes on asking (true), or it answers again (false). */
  | { type: "network"; lost: boolean }
  /** The current track cannot be played. */
  | { type: "error"; reason: "network" | "format" | "gone" };

/** Loudness is felt roughly as the square of the amplitude. */
export const amplitude = (volume: number): number => volume * volume;
