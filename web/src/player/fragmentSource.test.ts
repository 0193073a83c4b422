import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FragmentSource } from "./fragmentSource";
import { FileChanged, Unplayable } from "./retry";

const address = { trackId: "t", tier: "flac", version: "v 1", part: 3 };
const answer = (status: number, body: unknown = {}): Response => ({ ok: status === 200, status, json: () => Promise.resolve(body), arrayBuffer: () => Promise.resolve(new ArrayBuffer(100_000)) }) as Response;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function makeSource(answers: (() => Promise<Response>)[], renew = true) {
  const fetched: string[] = [];
  const renewSession = vi.fn(() => Promise.resolve(renew));
  const news: boolean[] = [];
  const source = new FragmentSource({
    renewSession,
    now: (() => { let time = 0; return () => (time += 50); })(),
    fetch: (url) => { fetched.push(url); return (answers.length > 1 ? answers.shift() : answers[0])?.() ?? Promise.reject(new TypeError("none")); },
  });
  const stop = new AbortController();
  return { source, fetched, renewSession, news, stop, get: () => source.get(address, stop.signal, (lost) => news.push(lost)) };
}

describe("source of fragments", () => {
  it("asks for the version it knows and measures the way", async () => {
    const { source, fetched, get } = makeSource([() => Promise.resolve(answer(200))]);
    expect((await get())?.byteLength).toBe(100_000);
    expect(fetched[0]).toMatch(/api\/v1\/seg\/t\/flac\/3\?v=v%201$/);
    expect(source.throughput).toBeCloseTo((100_000 * 8) / 0.05, 0);
  });
  it("renews the session once", async () => {
    const { renewSession, get } = makeSource([() => Promise.resolve(answer(401)), () => Promise.resolve(answer(200))]);
    await get();
    expect(renewSession).toHaveBeenCalledOnce();
  });
  it("knows the end of the track, a changed file, and what cannot be had", async () => {
    expect(await makeSource([() => Promise.resolve(answer(404, { code: "fragment_past_end" }))]).get()).toBeNull();
    await expect(makeSource([() => Promise.resolve(answer(409))]).get()).rejects.toBeInstanceOf(FileChanged);
    await expect(makeSource([() => Promise.resolve(answer(404))]).get()).rejects.toMatchObject({ reason: "gone" });
    await expect(makeSource([() => Promise.resolve(answer(422))]).get()).rejects.toBeInstanceOf(Unplayable);
  });
  it("tries again, longer and longer, says so, and goes on at once when the network is back", async () => {
    let up = false;
    const { fetched, news, get } = makeSource([() => (up ? Promise.resolve(answer(200)) : Promise.reject(new TypeError("offline")))]);
    const bytes = get();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetched.length).toBeGreaterThan(8);
    expect(fetched.length).toBeLessThan(30);
    expect(news).toEqual([true]);
    up = true;
    window.dispatchEvent(new Event("online"));
    expect(await bytes).not.toBeNull();
    expect(news).toEqual([true, false]);
  });
  it("gives up on a server that says four times that the file is away", async () => {
    const { fetched, get } = makeSource([() => Promise.resolve(answer(503))]);
    const failing = expect(get()).rejects.toMatchObject({ reason: "format" });
    await vi.advanceTimersByTimeAsync(10_000);
    await failing;
    expect(fetched).toHaveLength(4);
  });
  it("stops when nobody wants it any more", async () => {
    const { fetched, stop, get } = makeSource([() => Promise.reject(new TypeError("offline"))]);
    const stopped = expect(get()).rejects.toMatchObject({ name: "AbortError" });
    await vi.advanceTimersByTimeAsync(1000);
    const before = fetched.length;
    stop.abort();
    await stopped;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetched).toHaveLength(before);
  });
});
