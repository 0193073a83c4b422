import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { makeTrack } from "@/test/fakeData";
import { systemControls } from "./mediaSession";
import type { Player, PlayerState, PlayerTime } from "./player";
import { emptyQueue } from "./queue";

/** A session that forgets nothing, and one state that the test moves by hand. */
class FakeSession {
  metadata: unknown = null;
  playbackState = "none";
  readonly handlers = new Map<string, MediaSessionActionHandler | null>();
  readonly registered: string[] = [];
  readonly positions: (MediaPositionState | undefined)[] = [];
  unknown = new Set<string>();
  setActionHandler(action: string, handler: MediaSessionActionHandler | null): void {
    if (this.unknown.has(action)) throw new TypeError(`no action ${action}`);
    this.registered.push(action);
    this.handlers.set(action, handler);
  }
  setPositionState(state?: MediaPositionState): void {
    if (state && (state.position ?? 0) > (state.duration ?? 0)) throw new TypeError("position beyond the end");
    this.positions.push(state);
  }
  do(action: MediaSessionAction, details: Partial<MediaSessionActionDetails> = {}): void {
    this.handlers.get(action)?.({ action, ...details });
  }
}

let session: FakeSession;
let state: PlayerState;
let time: PlayerTime;
const stateListeners = new Set<() => void>();
const timeListeners = new Set<() => void>();
const calls = { play: vi.fn(), pause: vi.fn(), next: vi.fn(), previous: vi.fn(), seek: vi.fn() };
const player = {
  ...calls,
  getState: () => state,
  getTime: () => time,
  subscribe: (listener: () => void) => (stateListeners.add(listener), () => stateListeners.delete(listener)),
  subscribeTime: (listener: () => void) => (timeListeners.add(listener), () => timeListeners.delete(listener)),
} as unknown as Player;
const change = (part: Partial<PlayerState>): void => {
  state = { ...state, ...part };
  for (const listener of stateListeners) listener();
};
const at = (position: number, duration = time.duration): void => {
  time = { position, duration, buffered: duration };
  for (const listener of timeListeners) listener();
};
const [one, two] = [makeTrack(0, 1, 1), makeTrack(0, 1, 2)];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "Date"] });
  session = new FakeSession();
  vi.stubGlobal("MediaMetadata", class { constructor(readonly init: MediaMetadataInit) {} });
  Object.defineProperty(navigator, "mediaSession", { value: session, configurable: true });
  state = { queue: emptyQueue, track: null, state: "idle", volume: 1, muted: false, trouble: null, streamed: null, speed: 1, sleep: null };
  time = { position: 0, duration: 0, buffered: 0 };
  Object.values(calls).forEach((call) => call.mockReset());
  stop = systemControls(player);
});
afterEach(() => {
  stop();
  stateListeners.clear();
  timeListeners.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "mediaSession");
});
const last = (): MediaPositionState | undefined => session.positions.at(-1);

it("answers the six actions and never takes the places of previous and next", () => {
  expect([...session.handlers.keys()].sort()).toEqual(["nexttrack", "pause", "play", "previoustrack", "seekto", "stop"]);
  session.do("play");
  session.do("pause");
  session.do("nexttrack");
  session.do("previoustrack");
  session.do("seekto", { seekTime: 42 });
  for (const call of [calls.play, calls.pause, calls.next, calls.previous]) expect(call).toHaveBeenCalledTimes(1);
  expect(calls.seek).toHaveBeenCalledWith(42);
  session.do("stop");
  expect(calls.pause).toHaveBeenCalledTimes(2);
  expect(calls.seek).toHaveBeenLastCalledWith(0);
});

it("goes on where a browser does not know an action", () => {
  stop();
  session.handlers.clear();
  session.unknown.add("stop");
  stop = systemControls(player);
  expect([...session.handlers.keys()].sort()).toEqual(["nexttrack", "pause", "play", "previoustrack", "seekto"]);
});

it("applies the handlers again whenever playing begins, and for another track", () => {
  const before = session.registered.length;
  at(0, 200);
  change({ track: one, state: "loading" });
  expect(session.registered.length).toBe(before);
  change({ state: "playing" });
  expect(session.registered.length).toBe(before + 6);
  change({ volume: 0.5 });
  expect(session.registered.length).toBe(before + 6);
  change({ track: two });
  expect(session.registered.length).toBe(before + 12);
});

it("tells the position on load, play, pause, seek, speed and the next track, and not at every tick", () => {
  at(0, 200);
  change({ track: one, state: "playing" });
  expect(last()).toEqual({ duration: 200, position: 0, playbackRate: 1 });
  const told = session.positions.length;
  for (let tick = 1; tick <= 40; tick += 1) {
    vi.advanceTimersByTime(250);
    at(tick / 4);
  }
  expect(session.positions.length).toBe(told);
  at(120);
  expect(last()).toEqual({ duration: 200, position: 120, playbackRate: 1 });
  change({ speed: 1.5 });
  expect(last()).toEqual({ duration: 200, position: 120, playbackRate: 1.5 });
  vi.advanceTimersByTime(10_000);
  at(135);
  expect(last()?.position).toBe(120);
  change({ state: "paused" });
  expect(last()?.position).toBe(135);
  expect(session.playbackState).toBe("paused");
  at(20);
  expect(last()?.position).toBe(20);
  at(0.2, 100);
  change({ track: two, state: "playing" });
  expect(last()).toEqual({ duration: 100, position: 0.2, playbackRate: 1.5 });
});

it("never says a position beyond the end, and says none while nothing is loaded", () => {
  change({ track: one, state: "playing" });
  expect(last()).toBeUndefined();
  at(201, 200);
  expect(last()?.position).toBe(200);
});

it("leaves nothing behind", () => {
  change({ track: one, state: "playing" });
  expect(session.metadata).not.toBeNull();
  stop();
  expect([...session.handlers.values()].every((handler) => handler === null)).toBe(true);
  expect(session.metadata).toBeNull();
  expect(session.playbackState).toBe("none");
});
