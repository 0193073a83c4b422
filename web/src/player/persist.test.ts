import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepSaved, readSaved } from "./persist";
import type { Player, PlayerState, PlayerTime } from "./player";
import { emptyQueue, jump, start, type Queue } from "./queue";

/** Only what keeping needs of a player. */
function fakePlayer(queue: Queue) {
  let state = { queue, volume: 0.5, muted: false } as PlayerState;
  let time: PlayerTime = { position: 0, duration: 100, buffered: 0 };
  const listeners: Record<"state" | "time", () => void> = { state: () => undefined, time: () => undefined };
  const player = {
    getState: () => state,
    getTime: () => time,
    subscribe: (changed: () => void) => ((listeners.state = changed), () => undefined),
    subscribeTime: (changed: () => void) => ((listeners.time = changed), () => undefined),
  } as unknown as Player;
  return {
    player,
    set: (change: Partial<PlayerState>) => ((state = { ...state, ...change }), listeners.state()),
    at: (position: number) => ((time = { ...time, position }), listeners.time()),
  };
}

const queue = start(emptyQueue, ["a", "b", "c"], 0, null, false);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => vi.useRealTimers());

test("queue, volume and place come back", () => {
  const fake = fakePlayer(queue);
  const stop = keepSaved("u", fake.player);
  fake.set({ queue: jump(queue, 1) });
  fake.at(42);
  vi.advanceTimersByTime(6000);
  stop();
  const saved = readSaved("u");
  expect(saved.queue?.entries.map((entry) => entry.trackId)).toEqual(["a", "b", "c"]);
  expect(saved).toMatchObject({ position: 42, volume: 0.5, muted: false });
  expect(saved.queue?.index).toBe(1);
});

test("a changed place does not write the queue again", () => {
  const fake = fakePlayer(queue);
  keepSaved("u", fake.player);
  fake.set({ queue: jump(queue, 1) });
  vi.advanceTimersByTime(500);
  localStorage.removeItem("resonance.player.u");
  for (let second = 0; second < 60; second += 1) {
    fake.at(second);
    vi.advanceTimersByTime(1000);
  }
  expect(localStorage.getItem("resonance.player.u")).toBeNull();
  expect(JSON.parse(localStorage.getItem("resonance.place.u") ?? "")).toMatchObject({ uid: queue.entries[1]?.uid });
});

test("a place of another entry is not taken", () => {
  const fake = fakePlayer(queue);
  keepSaved("u", fake.player);
  fake.set({ queue: jump(queue, 2) });
  fake.at(30);
  vi.advanceTimersByTime(6000);
  localStorage.setItem("resonance.place.u", JSON.stringify({ uid: 77, position: 30 }));
  expect(readSaved("u").position).toBe(0);
});

test("a change of the queue is written soon, also while a place is waiting to be", () => {
  const fake = fakePlayer(queue);
  keepSaved("u", fake.player);
  fake.at(10);
  fake.set({ queue: jump(queue, 1) });
  vi.advanceTimersByTime(500);
  expect(readSaved("u")).toMatchObject({ position: 10, queue: { index: 1 } });
});
