import type { TrackItem } from "@/shared/api/types";

/** What makes sound. The player above it knows queues; an engine knows one track and the one after it.
 *  A better engine (MediaSource, gapless, fades) replaces ElementEngine behind this interface. */
export interface Engine {
  /** Makes `track` the current one at `at` seconds and plays if asked. Resolves when it is known whether it started. */
  load(track: TrackItem, options: { at: number; play: boolean }): Promise<void>;
  /** The track that follows without being asked. The engine prepares it and emits "advance" when it went over to it. */
  setNext(track: TrackItem | null): void;
  play(): Promise<void>;
  pause(): void;
  seek(seconds: number): void;
  /** 0..1, as heard. */
  setVolume(volume: number): void;
  position(): number;
  /** Seconds, 0 while unknown. */
  duration(): number;
  /** End of what is buffered around the position, in seconds. */
  buffered(): number;
  stop(): void;
  on(listener: (event: EngineEvent) => void): void;
}

export type EngineEvent =
  | { type: "playing" | "paused" | "waiting" | "time" | "seeked" }
  /** Went over to the track of setNext by itself. */
  | { type: "advance" }
  /** The track is over and there was no next. */
  | { type: "ended" }
  /** The browser wants a gesture first. */
  | { type: "blocked" }
  | { type: "error"; reason: "network" | "format" };
