import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deckBytes } from "../deckFeed";
import { defaultPlayback, playbackSettings } from "../playbackSettings";
import { album, endWorlds, fakeClock, makeWorld, run, sounding } from "./world";

beforeEach(() => {
  fakeClock();
  playbackSettings.setState(defaultPlayback);
});
afterEach(() => {
  endWorlds();
  vi.useRealTimers();
});

describe("engine", () => {
  it("joins an album on one deck, without a hole and at the exact sample", async () => {
    const world = makeWorld(album([20.123, 15.5, 30]));
    world.player.start(world.ids);
    await run(1000);
    const [element] = world.elements.filter((audio) => audio.flowing);
    let waits = 0;
    element?.addEventListener("waiting", () => (waits += 1));
    await run(36_000);
    expect(element?.flowing).toBe(true);
    expect(waits).toBe(0);
    expect(world.player.getState().track?.id).toBe("track2");
    const starts = element?.source?.buffer?.pieces.filter((piece) => piece.at < 0.001).map((piece) => piece.from);
    expect(starts?.[0]).toBeCloseTo(0, 9);
    expect(starts?.[1]).toBeCloseTo(20.123, 4);
    expect(starts?.[2]).toBeCloseTo(35.623, 4);
    await run(30_000);
    expect(world.player.getState().state).toBe("paused");
    expect(sounding(world)).toEqual([]);
  });

  it("puts MP3 where its delay is cut off, also after a seek", async () => {
    const world = makeWorld(album([60, 30], "mp3"));
    world.player.start(world.ids);
    await run(1000);
    world.player.seek(33);
    await run(500);
    expect(sounding(world)[0]?.at).toBeCloseTo(33 + 0.48 + 576 / 44_100, 1);
    world.player.seek(58);
    await run(3000);
    expect(sounding(world)[0]?.track).toBe("track1");
    expect(sounding(world)[0]?.at).toBeCloseTo(world.engine.position() + 576 / 44_100, 3);
  });

  it("begins the next track within a moment when it is there, and fetches nothing twice", async () => {
    const world = makeWorld(album([20, 20, 20]));
    world.player.start(world.ids);
    await run(2000);
    const before = world.server.requests.length;
    world.player.next();
    await run(100);
    expect(sounding(world)[0]).toMatchObject({ track: "track1" });
    expect(world.player.getState().state).toBe("playing");
    await run(2000);
    const parts = world.server.requests.map((request) => `${request.track}/${request.part}`);
    expect(new Set(parts).size).toBe(parts.length);
    expect(parts.length).toBeGreaterThan(before);
  });

  it("takes the prepared track away when the queue changes, and lays the right one", async () => {
    const world = makeWorld(album([20, 20, 20, 20]));
    world.player.start(world.ids);
    await run(1000);
    world.player.seek(15);
    await run(1000);
    world.player.playNext(["track3"]);
    await run(6000);
    expect(sounding(world)[0]?.track).toBe("track3");
    expect(world.player.getState().track?.id).toBe("track3");
  });

  it("fades between albums on two decks", async () => {
    playbackSettings.setState({ crossfade: 4 });
    const world = makeWorld([...album([30]), { seconds: 30, form: "flac", album: 2, number: 1 }]);
    world.player.start(world.ids);
    await run(25_000);
    expect(sounding(world)).toHaveLength(1);
    await run(2500);
    expect(sounding(world).map((one) => one.track).sort()).toEqual(["track0", "track1"]);
    expect(world.player.getState().track?.id).toBe("track1");
    await run(4000);
    expect(sounding(world).map((one) => one.track)).toEqual(["track1"]);
  });

  it("repeats one track without a gap", async () => {
    const world = makeWorld(album([12]));
    world.player.start(world.ids);
    world.player.setRepeat("one");
    await run(1000);
    let waits = 0;
    for (const audio of world.elements) audio.addEventListener("waiting", () => (waits += 1));
    await run(40_000);
    expect(waits).toBe(0);
    expect(world.player.getState().state).toBe("playing");
  });

  it("shows that it waits when the network is gone, and goes on at the same place by itself", async () => {
    const world = makeWorld(album([120], "hires"));
    world.player.start(world.ids);
    await run(3000);
    world.server.down = true;
    await run(60_000);
    expect(world.player.getState()).toMatchObject({ state: "loading", trouble: "network" });
    const stoppedAt = world.player.getTime().position;
    world.server.down = false;
    await run(9000);
    expect(world.player.getState()).toMatchObject({ state: "playing", trouble: null });
    expect(world.player.getTime().position).toBeGreaterThanOrEqual(stoppedAt);
    expect(world.player.getTime().position).toBeLessThan(stoppedAt + 9);
  });

  it("skips what cannot be played, and stops after three in a row", async () => {
    const kinds = album([20, 20, 20, 20, 20, 20, 20]).map((kind, i) => ({ ...kind, broken: i === 0 || i > 1 }));
    const world = makeWorld(kinds);
    world.player.start(world.ids);
    await run(3000);
    expect(world.player.getState().track?.id).toBe("track1");
    expect(world.skipped).toEqual(["track0"]);
    await run(30_000);
    expect(world.skipped).toEqual(["track0", "track2", "track3", "track4"]);
    expect(world.player.getState()).toMatchObject({ state: "paused", trouble: "format" });
  });

  it("sleeps at the end of the track", async () => {
    const world = makeWorld(album([20, 20]));
    world.player.start(world.ids);
    await run(2000);
    world.player.setSleep({ kind: "track" });
    await run(25_000);
    expect(sounding(world)).toEqual([]);
    expect(world.player.getState()).toMatchObject({ state: "paused", sleep: null });
    expect(world.player.getState().track?.id).toBe("track1");
    world.player.play();
    await run(1000);
    expect(sounding(world)[0]?.track).toBe("track1");
  });

  it("never holds more than its bytes, and still has the next track in time", async () => {
    const world = makeWorld(album([90, 60], "hires"));
    world.player.start(world.ids);
    await run(74_000);
    const [playing] = world.elements.filter((audio) => audio.flowing);
    const ahead = (playing?.source?.buffer?.ranges.find(([from, to]) => from <= (playing?.currentTime ?? 0) && to > (playing?.currentTime ?? 0))?.[1] ?? 0) - 90;
    expect(ahead).toBeGreaterThan(8);
    await run(60_000);
    for (const audio of world.elements) expect(audio.source?.buffer?.largest ?? 0).toBeLessThanOrEqual(deckBytes);
    expect(world.player.getState().track?.id).toBe("track1");
  });
});
