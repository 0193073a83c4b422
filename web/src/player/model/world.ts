import { vi } from "vitest";
import { Manifests } from "../manifest";
import { MseEngine } from "../mseEngine";
import { QueuePlayer } from "../queuePlayer";
import type { Channel } from "../sound/channel";
import { SoundOutput } from "../soundOutput";
import { fakeBrowser, type FakeAudio } from "./fakeMedia";
import { FakeServer, makeFakeTrack, type FakeTrack, type Kind } from "./fakeServer";

/** The whole engine against a model of the browser and of the network, under a fake clock. */

class QuietOutput extends SoundOutput {
  override get now(): number {
    return performance.now() / 1000;
  }
  override get asleep(): boolean {
    return false;
  }
  override wake(): void {
    // Always awake.
  }
  override channel(): Channel {
    return { setLevel: () => undefined, fade: () => undefined, setFade: () => undefined, disconnect: () => undefined };
  }
}

/** Mulberry32: the same seed gives the same day. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface World {
  readonly server: FakeServer;
  readonly elements: readonly FakeAudio[];
  readonly engine: MseEngine;
  readonly player: QueuePlayer;
  readonly ids: readonly string[];
  readonly skipped: string[];
}

const worlds: World[] = [];

export function makeWorld(kinds: readonly Kind[]): World {
  const tracks = kinds.map((kind, i): [string, FakeTrack] => [`track${i}`, makeFakeTrack(kind, i)]);
  const server = new FakeServer(new Map(tracks));
  const { port, elements } = fakeBrowser();
  const engine = new MseEngine({
    port,
    supports: () => true,
    manifests: new Manifests(server.manifest),
    withGraph: true,
    renewSession: () => Promise.resolve(true),
    fetch: server.fetch,
    makeOutput: (all) => new QuietOutput(all, true),
  });
  const skipped: string[] = [];
  const order = (ids: readonly string[]): Promise<number[]> => Promise.resolve(ids.map((_, i) => ids.length - 1 - i));
  const player = new QueuePlayer({ engine, trackById: server.trackById, order, renewSession: () => Promise.resolve(true), onSkipped: (track) => skipped.push(track?.id ?? "?") });
  const world = { server, elements, engine, player, ids: tracks.map(([id]) => id), skipped };
  worlds.push(world);
  return world;
}

export const run = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
export const album = (seconds: readonly number[], form: Kind["form"] = "flac"): Kind[] => seconds.map((one, i) => ({ seconds: one, form, album: 1, number: i + 1 }));
export const sounding = ({ elements }: World): { track: string; at: number }[] => elements.map((audio) => audio.sounding()).filter((one) => one !== null);

export function endWorlds(): void {
  for (const world of worlds.splice(0)) world.player.reset();
}
export const fakeClock = (): void => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance", "Date"] });
