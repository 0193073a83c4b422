import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { deckBytes, nextAhead } from "../deckFeed";
import { defaultPlayback, playbackSettings } from "../playbackSettings";
import { current, nextIndex } from "../queue";
import type { Kind, Request } from "./fakeServer";
import { endWorlds, fakeClock, makeWorld, randomFrom, run, sounding, type World } from "./world";

/** Many listeners who press whatever comes to their mind while the network does what it likes; each seed is one of them. */
const seeds = Number(process.env.PLAYER_SEEDS ?? 30);
const actions = 40;
/** State and sound may differ while the browser reacts. */
const graceMs = 1_200;
/** Longest wait between two tries, and some time to fetch. */
const recoversWithin = 14_000;
const stepMs = 200;

beforeEach(() => {
  fakeClock();
  playbackSettings.setState(defaultPlayback);
});
afterEach(() => {
  endWorlds();
  vi.useRealTimers();
});

/** Watches one world, and remembers since when it has been left in peace. */
class Observer {
  private touched = performance.now();
  private well = performance.now();
  private silentSince: number | null = null;
  private again = "";
  private odd = "";
  readonly log: string[] = [];

  constructor(private readonly world: World) {
    world.server.onFragment = (request) => this.onRequest(request);
  }

  act(what: string): void {
    this.touched = performance.now();
    this.log.push(`${(performance.now() / 1000).toFixed(1)} ${what}`);
  }
  network(what: string): void {
    this.well = performance.now();
    this.log.push(`${(performance.now() / 1000).toFixed(1)} ${what}`);
  }

  look(): void {
    const now = performance.now();
    const { player, engine, elements, server } = this.world;
    const { state, track, queue } = player.getState();
    const heard = sounding(this.world);
    if (this.again) this.fail(this.again);
    for (const audio of elements) expect(audio.source?.buffer?.largest ?? 0, "bytes in a deck").toBeLessThanOrEqual(deckBytes);
    if (heard.length > 0 || state !== "loading") this.silentSince = null;
    else this.silentSince ??= now;
    if (this.silentSince !== null && now - Math.max(this.silentSince, this.well, this.touched) > recoversWithin * (server.faultEvery > 0 ? 3 : 1) && !server.down) this.fail("no sound though it is wanted and the network is well");
    if (now - this.touched < graceMs) return;
    if (state === "paused" || state === "idle") {
      if (heard.length > 0) this.fail(`${state}, but ${heard[0]?.track} sounds`);
      return;
    }
    if (state === "loading") return;
    if (!track || current(queue)?.trackId !== track.id) return this.fail("the track shown is not the queue's");
    // A track may fade into itself.
    const off = (one: { at: number }): number => Math.abs(one.at - engine.position());
    const [mine] = heard.filter((one) => one.track === track.id).sort((a, b) => off(a) - off(b));
    const odd = heard.length > 0 && !mine ? `shows ${track.id}, sounds ${heard.map((one) => one.track).join()}` : mine ? this.apart(mine.at) : "";
    // One look may fall into the very moment of a change.
    if (odd && this.odd) this.fail(`${this.odd}; ${odd}`);
    this.odd = odd;
    const well = now - this.well > 20_000 && !server.down && server.faultEvery === 0 && server.speed > 1_000_000;
    if (mine && well && now - this.touched > 8_000) this.prefetched();
  }

  private apart(sounds: number): string {
    const { player, engine } = this.world;
    if (Math.abs(sounds - engine.position()) > 0.05) return `at ${engine.position()} says the engine, at ${sounds} it sounds`;
    const shown = player.getTime().position;
    return Math.abs(sounds - shown) > 0.4 * Math.max(1, player.getState().speed) ? `shows ${shown}, sounds ${sounds}` : "";
  }

  /** 15 s before the border, the beginning of the next track lies in a deck. */
  private prefetched(): void {
    const { player, engine, elements } = this.world;
    const { queue, sleep } = player.getState();
    const index = nextIndex(queue, true);
    const entry = index === null ? null : queue.entries[index];
    const next = entry && this.world.server.tracks.get(entry.trackId);
    const left = engine.duration() - engine.position();
    if (!next || next.broken || sleep || left > 15 || left < 1 || engine.position() < 8 * player.getState().speed) return;
    const currentTrack = this.world.server.tracks.get(player.getState().track?.id ?? "");
    const heavy = (currentTrack?.weight ?? 0) > 200_000 || next.weight > 200_000;
    const wanted = Math.min(heavy ? 2 : nextAhead, next.manifest.duration_s) - 0.1;
    const held = elements.flatMap((audio) => audio.source?.buffer?.pieces ?? []).filter((piece) => piece.track === next.item.id && piece.at < nextAhead + 4);
    const seconds = held.reduce((sum, piece) => sum + piece.to - piece.from, 0);
    if (seconds < wanted) this.fail(`${left.toFixed(1)} s before the end only ${seconds.toFixed(1)} s of ${next.item.id} are there`);
  }

  /** Nothing is asked for that lies in the same deck already. */
  private onRequest(request: Request): void {
    if (request.part === "init" || this.world.player.getState().queue.repeat === "one") return;
    const track = this.world.server.tracks.get(request.track);
    const tier = track?.manifest.tiers[0];
    if (!tier) return;
    const from = (request.part * tier.fragment_samples) / tier.sample_rate_hz;
    const to = Math.min(from + tier.fragment_samples / tier.sample_rate_hz, tier.samples / tier.sample_rate_hz);
    const [active] = this.world.elements.filter((audio) => !audio.paused);
    const held = (active?.source?.buffer?.pieces ?? []).filter((piece) => piece.track === request.track && piece.from > (active?.currentTime ?? 0) - this.world.engine.position() - 1 && piece.at >= from - 0.05 && piece.at < to - 0.05).reduce((sum, piece) => sum + piece.to - piece.from, 0);
    const twice = this.world.player.getState().queue.entries.filter((entry) => entry.trackId === request.track).length > 1;
    if (to - from > 0.5 && held > (to - from) * 0.9 && !twice && this.world.player.getState().track?.id === request.track && performance.now() - this.touched > graceMs) this.again = `${request.track}/${request.part} is fetched again`;
  }

  private fail(what: string): never {
    throw new Error(`${what}\n${this.log.slice(-14).join("\n")}`);
  }
}

function someKinds(random: () => number): Kind[] {
  return Array.from({ length: 4 + Math.floor(random() * 8) }, (_, i) => ({
    seconds: random() < 0.25 ? 2 + random() * 10 : 20 + random() * 70,
    form: random() < 0.6 ? "flac" : random() < 0.7 ? "mp3" : "hires",
    album: 1 + Math.floor(i / 3),
    number: 1 + (i % 3),
    broken: random() < 0.05,
  }));
}

/** One thing a listener or the network may do. */
function doSomething(world: World, seen: Observer, random: () => number): void {
  const { player, server, ids } = world;
  const { queue } = player.getState();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const listener: [string, () => void][] = [
    ["pause", () => player.pause()],
    ["play", () => player.play()],
    ["toggle twice", () => (player.toggle(), player.toggle())],
    ["next", () => player.next()],
    ["previous", () => player.previous()],
    ["seek", () => player.seek(random() * player.getTime().duration)],
    ["seek to the end", () => player.seek(player.getTime().duration - random() * 6)],
    ["seek +10", () => player.seekBy(10)],
    ["seek about", () => [random(), random(), random()].forEach((share) => player.seek(share * player.getTime().duration))],
    ["play next", () => player.playNext([pick(ids)])],
    ["add last", () => player.addLast([pick(ids), pick(ids)])],
    ["remove next", () => void player.remove([queue.entries[queue.index + 1]?.uid ?? -1])],
    ["remove current and undo", () => player.remove([current(queue)?.uid ?? -1])()],
    ["move", () => void player.move([pick(queue.entries)?.uid ?? -1], queue.index + 1)],
    ["shuffle", () => player.setShuffle(!queue.shuffled)],
    ["repeat", () => player.setRepeat(pick(["off", "all", "one"] as const))],
    ["speed", () => player.setSpeed(pick([0.75, 1, 1, 1.5, 2]))],
    ["jump", () => player.jumpTo(Math.floor(random() * queue.entries.length))],
    ["start anew", () => player.start(ids, { index: Math.floor(random() * ids.length) })],
    ["crossfade", () => playbackSettings.setState({ crossfade: pick([0, 0, 3, 8]) })],
    ["gapless", () => playbackSettings.setState({ gapless: pick(["album", "always", "off"] as const) })],
  ];
  const weather: [string, () => void][] = [
    ["outage", () => (server.down = true)],
    ["network is back", () => (server.down = false)],
    ["slow", () => ((server.latencyMs = 300), (server.speed = 900_000))],
    ["quick", () => ((server.latencyMs = 10), (server.speed = 20_000_000))],
    ["faults", () => (server.faultEvery = 5)],
    ["no faults", () => (server.faultEvery = 0)],
  ];
  const isListener = random() < 0.75;
  const [what, act] = pick(isListener ? listener : weather);
  if (isListener) seen.act(what);
  else seen.network(what);
  act();
}

const only = Number(process.env.PLAYER_SEED ?? 0);
it.each(only ? [only] : Array.from({ length: seeds }, (_, i) => i + 1))("listener %i: what sounds is what is shown, and nothing gets stuck", { timeout: 30_000 }, async (seed) => {
  const random = randomFrom(seed * 7919);
  vi.spyOn(Math, "random").mockImplementation(randomFrom(seed));
  const world = makeWorld(someKinds(random));
  const seen = new Observer(world);
  world.player.start(world.ids);
  const live = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await run(stepMs);
      seen.look();
    }
  };
  for (let i = 0; i < actions; i += 1) {
    doSomething(world, seen, random);
    await live(random() < 0.2 ? 20_000 + random() * 20_000 : 200 + random() * 6_000);
  }
  // Whatever happened: a well network and a press on play bring sound.
  Object.assign(world.server, { down: false, faultEvery: 0, latencyMs: 20, speed: 5_000_000 });
  seen.network("all is well");
  const good = world.ids.findIndex((id) => !world.server.tracks.get(id)?.broken);
  world.player.setRepeat("off");
  world.player.start(world.ids, { index: good, shuffle: false });
  seen.act("start");
  await live(3_000);
  expect(sounding(world).map((one) => one.track)).toContain(world.player.getState().track?.id);
});
