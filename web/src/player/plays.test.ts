import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import type { PlayReport } from "@/shared/api/types";
import { makeTrack } from "@/test/fakeData";
import { server } from "@/test/msw";
import type { Player, PlayerState, PlayerTime } from "./player";
import { countsAfter, newId, reportPlays } from "./plays";
import { emptyQueue } from "./queue";

const track = { ...makeTrack(0, 1, 1), duration_s: 20 };

function fakePlayer() {
  let state: PlayerState = { queue: emptyQueue, track: null, state: "idle", volume: 1, muted: false, trouble: null, streamed: null, speed: 1, sleep: null };
  let time: PlayerTime = { position: 0, duration: 20, buffered: 0 };
  const changed = new Set<() => void>();
  const timed = new Set<() => void>();
  const player = {
    getState: () => state,
    getTime: () => time,
    subscribe: (run: () => void) => (changed.add(run), () => changed.delete(run)),
    subscribeTime: (run: () => void) => (timed.add(run), () => timed.delete(run)),
  } as unknown as Player;
  return {
    player,
    begin: () => {
      state = { ...state, track, state: "playing", queue: { ...emptyQueue, index: 0, entries: [{ uid: 1, trackId: track.id, added: false, place: 0 }] } };
      changed.forEach((run) => run());
    },
    at: (position: number) => {
      time = { ...time, position };
      timed.forEach((run) => run());
    },
  };
}

describe("plays", () => {
  it("count after half the track or four minutes", () => {
    expect(countsAfter(100)).toBe(50);
    expect(countsAfter(3600)).toBe(240);
  });

  it("have ids of 22 letters and digits, all different", () => {
    const ids = Array.from({ length: 200 }, newId);
    expect(new Set(ids).size).toBe(200);
    expect(ids.every((id) => /^[0-9A-Za-z]{22}$/.test(id))).toBe(true);
  });

  it("are sent once when half was heard; what was skipped over is not heard", async () => {
    const sent: PlayReport[] = [];
    server.use(
      http.post("*/api/v1/plays", async ({ request }) => {
        sent.push(...((await request.json()) as { items: PlayReport[] }).items);
        return HttpResponse.json({ accepted: 1 });
      }),
    );
    const fake = fakePlayer();
    const stop = reportPlays(fake.player);
    fake.begin();
    fake.at(1);
    fake.at(15);
    for (let second = 16; second <= 19; second += 1) fake.at(second);
    expect(sent).toHaveLength(0);
    for (let second = 2; second <= 12; second += 1) fake.at(second);
    await new Promise((done) => setTimeout(done, 50));
    expect(sent.map((item) => item.track_id)).toEqual([track.id]);
    expect(localStorage.getItem("resonance.plays")).toBe("[]");
    stop();
  });
});
