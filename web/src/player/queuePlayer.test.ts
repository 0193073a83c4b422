import { beforeEach, describe, expect, it, vi } from "vitest";
import type { TrackItem } from "@/shared/api/types";
import { makeTrack } from "@/test/fakeData";
import type { Cue, Engine, EngineEvent } from "./engine";
import { QueuePlayer } from "./queuePlayer";

/** An engine that makes no sound and does what it is told. */
class StillEngine implements Engine {
  loaded: { id: string; at: number; play: boolean }[] = [];
  next: Cue | null = null;
  speed = 1;
  volume = 1;
  now = 0;
  listener: (event: EngineEvent) => void = () => undefined;
  load({ track }: Cue, options: { at: number; play: boolean }): Promise<void> {
    this.loaded.push({ id: track.id, ...options });
    this.now = options.at;
    if (options.play) this.listener({ type: "playing" });
    return Promise.resolve();
  }
  setNext(cue: Cue | null): void {
    this.next = cue;
  }
  warm(): void {
    // Makes no sound, so needs nothing.
  }
  setSpeed(speed: number): void {
    this.speed = speed;
  }
  setOutput = (): Promise<void> => Promise.resolve();
  analyser = (): null => null;
  streamed = (): null => null;
  play(): Promise<void> {
    this.listener({ type: "playing" });
    return Promise.resolve();
  }
  pause(): void {
    this.listener({ type: "paused" });
  }
  seek(seconds: number): void {
    this.now = seconds;
  }
  setVolume(volume: number): void {
    this.volume = volume;
  }
  position = (): number => this.now;
  duration = (): number => 200;
  buffered = (): number => 200;
  stop(): void {
    this.loaded = [];
  }
  on(listener: (event: EngineEvent) => void): void {
    this.listener = listener;
  }
}

const tracks = Array.from({ length: 6 }, (_, i) => makeTrack(1, 1, i + 1));
const ids = tracks.map((track) => track.id);
const at = (index: number): string => ids[index] ?? "";
let engine: StillEngine;
let player: QueuePlayer;
const trackById = (id: string): Promise<TrackItem | null> => Promise.resolve(tracks.find((track) => track.id === id) ?? null);
const order = (list: readonly string[]): Promise<number[]> => Promise.resolve(list.map((_, i) => list.length - 1 - i));
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

beforeEach(() => {
  engine = new StillEngine();
  player = new QueuePlayer({ engine, trackById, order, renewSession: () => Promise.resolve(false) });
});

describe("player", () => {
  it("plays from a row, prepares the next and goes on by itself", async () => {
    player.start(ids, { index: 2 });
    await settled();
    expect(engine.loaded.at(-1)).toEqual({ id: at(2), at: 0, play: true });
    expect(player.getState().state).toBe("playing");
    expect(engine.next?.track.id).toBe(at(3));
    engine.listener({ type: "advance", uid: engine.next?.uid ?? 0 });
    await settled();
    expect(player.getState().track?.id).toBe(at(3));
    expect(engine.next?.track.id).toBe(at(4));
    expect(engine.loaded).toHaveLength(1);
  });

  it("play next does not restart what plays, and changes what follows", async () => {
    player.start(ids.slice(0, 3));
    await settled();
    player.playNext([at(5)]);
    await settled();
    expect(engine.loaded).toHaveLength(1);
    expect(engine.next?.track.id).toBe(at(5));
  });

  it("removing the current one plays what follows; undo brings it back", async () => {
    player.start(ids.slice(0, 3), { index: 1 });
    await settled();
    const undo = player.remove([player.getState().queue.entries[1]?.uid ?? 0]);
    await settled();
    expect(player.getState().track?.id).toBe(at(2));
    undo();
    await settled();
    expect(player.getState().track?.id).toBe(at(1));
    expect(player.getState().queue.entries).toHaveLength(3);
  });

  it("previous goes back to the start after three seconds, before that to the track before", async () => {
    player.start(ids, { index: 2 });
    await settled();
    engine.now = 10;
    engine.listener({ type: "time" });
    player.previous();
    expect(engine.now).toBe(0);
    expect(player.getState().queue.index).toBe(2);
    player.previous();
    await settled();
    expect(player.getState().track?.id).toBe(at(1));
  });

  it("skips a track that is gone and gives up after three in a row", async () => {
    player.start(["gone", at(0)]);
    await settled();
    await settled();
    expect(player.getState().track?.id).toBe(at(0));
    player.start(["gone", "gone2", "gone3", at(0)]);
    for (let i = 0; i < 8; i += 1) await settled();
    expect(player.getState().trouble).toBe("format");
    expect(player.getState().state).toBe("paused");
  });

  it("renews the session once when a stream fails, and goes on at the same place", async () => {
    const renewSession = vi.fn(() => Promise.resolve(true));
    player = new QueuePlayer({ engine, trackById, renewSession });
    player.start(ids);
    await settled();
    engine.now = 42;
    engine.listener({ type: "time" });
    engine.listener({ type: "error", reason: "network" });
    await settled();
    expect(renewSession).toHaveBeenCalledOnce();
    expect(engine.loaded.at(-1)).toEqual({ id: at(0), at: 42, play: true });
  });

  it("a restored queue is silent until play, then begins where it was", async () => {
    player.restore(ids, 1, 33);
    await settled();
    expect(engine.loaded).toHaveLength(0);
    expect(player.getTime().position).toBe(33);
    player.play();
    await settled();
    expect(engine.loaded.at(-1)).toEqual({ id: at(1), at: 33, play: true });
  });

  it("muting keeps the volume", () => {
    player.setVolume(0.5);
    player.setMuted(true);
    expect(engine.volume).toBe(0);
    player.setMuted(false);
    expect(engine.volume).toBe(0.5);
  });

  it("fetches the rest of a long list page by page", async () => {
    const pages = [[at(2)], [at(3)]];
    player.start(ids.slice(0, 2), { more: () => Promise.resolve(pages.shift() ?? null) });
    for (let i = 0; i < 4; i += 1) await settled();
    expect(player.getState().queue.entries.map((entry) => entry.trackId)).toEqual(ids.slice(0, 4));
  });
});
