import type { SetDetail, SetItem, SetJoint, SetLevel, SetRun, SetSlot, SlotPlace } from "@/shared/api/djSets";
import type { TrackItem } from "@/shared/api/types";
import { tracks } from "./fakeData";
import type { Answer, FakeState } from "./fakeServer";

/** One DJ set of the invented library, with a simple judge of joints in place of the server's. */
const ok = (body: unknown, status = 200): Answer => ({ status, body });
const wheel = ["8A", "8A", "9A", "9A", "10A", "3B", "10A", "11A", "11A", "12A", "12A", "11A"];
const tempos = [108, 110, 112, 115, 116, 124, 121, 122, 124, 125, 124, 118];
const energies = [0.22, 0.3, 0.38, 0.46, 0.52, 0.72, 0.66, 0.74, 0.8, 0.92, 0.78, 0.5];

/** Tracks whose tempo, key and energy are those of an evening. */
const played: TrackItem[] = tracks.map((track, i) => (i < 400 ? { ...track, bpm: tempos[i % 12] ?? 120, bpm_source: "measured", bpm_confidence: 0.9, camelot: wheel[i % 12] ?? "8A", key: null, key_source: "measured", key_confidence: 0.8, energy: energies[i % 12] ?? 0.5 } : track));
const known = new Map(played.map((track) => [track.id, track]));
const evening = tempos.map((_, i) => played[i + 12 * ((i * 3) % 7)] as TrackItem);

const step = (a: string, b: string): string => {
  const by = (Number.parseInt(b, 10) - Number.parseInt(a, 10) + 12) % 12;
  if (a.at(-1) !== b.at(-1)) return by === 0 ? "relative" : by === 1 || by === 11 ? "diagonal" : "none";
  return by === 0 ? "same" : by === 1 ? "up_one" : by === 11 ? "down_one" : by === 2 || by === 7 ? "energy_boost" : "none";
};
function joint(a: TrackItem | undefined, b: TrackItem | undefined): SetJoint {
  const relation = a?.camelot && b?.camelot ? step(a.camelot, b.camelot) : null;
  const change = a?.bpm && b?.bpm ? (a.bpm / b.bpm - 1) * 100 : null;
  const off = Math.abs(change ?? 3);
  const score = Math.max(12, Math.round(98 - off * 2.2 - (relation === "none" ? 38 : relation === "energy_boost" ? 14 : relation === "same" ? 0 : 2)));
  const weak = relation === "none" ? "key" : "tempo";
  return { a: a?.id ?? "", b: b?.id ?? "", score, weak_reason: score < 60 ? weak : null, tempo_change_pct: change, tempo_factor: change === null ? null : 1, relation, compatible: relation === null ? null : !["none", "diagonal", "energy_boost"].includes(relation), costs: {} };
}

/** What a curve can be about: not every mood is known of every track. */
const levels = [
  { of: "energy", tracks: 212 },
  { of: "relaxed", tracks: 96 },
  { of: "party", tracks: 141 },
];

interface Stored {
  set: Omit<SetDetail, "slots" | "joints" | "energy" | "statistics">;
  slots: SlotPlace[];
  history: SlotPlace[][];
  asked: number;
  stopped: boolean;
  runs: number;
}
let stored: Stored;
export function resetSets(): void {
  stored = {
    set: { id: "se00000000000000000001", name: "Parquet hour", version: 4, created_at: "2026-11-20T20:00:00Z", changed_at: "2026-11-21T11:00:00Z", pool: { kind: "tracks", track_ids: evening.map((track) => track.id) }, track_count: 12, duration_s: 0, cover_ids: evening.flatMap((track) => track.cover_id ?? []).slice(0, 4), average_score: 84, weak: 2, length: { minutes: 60 }, curve: { name: "arc", points: null, of: "energy" }, settings: { max_per_artist: null, artist_gap: 3, album_gap: 1, ignore: [], seed: 0 } },
    slots: evening.map((track, i) => ({ track_id: track.id, locked: i === 0, joined: false })),
    history: [],
    asked: 0,
    stopped: false,
    runs: 0,
  };
}
resetSets();

const arc = (share: number): number => (share < 0.65 ? 0.3 + (share / 0.65) * 0.65 : 0.95 - ((share - 0.65) / 0.35) * 0.5);
function shown(places: readonly SlotPlace[]): { slots: SetSlot[]; joints: SetJoint[]; energy: SetLevel[] } {
  const found = places.map((place) => known.get(place.track_id));
  return {
    slots: places.map((place, i) => ({ track_id: place.track_id, locked: place.locked ?? false, joined: place.joined ?? false, track: found[i] ?? null })),
    joints: found.slice(1).map((track, i) => joint(found[i], track)),
    energy: found.map((track, i) => ({ wanted: arc(found.length > 1 ? i / (found.length - 1) : 0), level: track?.energy ?? null })),
  };
}
const numbers = (joints: readonly SetJoint[]) => ({ average_score: joints.length > 0 ? Math.round(joints.reduce((sum, one) => sum + one.score, 0) / joints.length) : null, weak: joints.filter((one) => one.score < 60).length });
function detail(): SetDetail {
  const view = shown(stored.slots);
  const duration_s = view.slots.reduce((sum, slot) => sum + (slot.track?.duration_s ?? 0), 0);
  const { average_score, weak } = numbers(view.joints);
  const statistics = { tracks: view.slots.length, duration_s, average_score, lowest_score: null, weak, fair: 0, good: 0, compatible: 0, keys_known: 12, tempo_near: 0, tempo_known: 12, bpm_low: 108, bpm_high: 125, energy_error: 0.05, artists: 8, most_by_one_artist: 2 };
  return { ...stored.set, track_count: view.slots.length, duration_s, average_score, weak, ...view, statistics };
}
const change = (slots: SlotPlace[]): SetDetail => {
  stored.history.push(stored.slots);
  stored.slots = slots;
  stored.set = { ...stored.set, version: stored.set.version + 1 };
  return detail();
};
const better = (): SlotPlace[] => [...stored.slots].sort((a, b) => (known.get(a.track_id)?.bpm ?? 0) - (known.get(b.track_id)?.bpm ?? 0));

function run(state: string, progress: number): SetRun {
  const view = shown(better().filter((place) => known.get(place.track_id)?.camelot !== "3B"));
  const { average_score, weak } = numbers(view.joints);
  const result = state === "done" ? { ...view, statistics: { ...detail().statistics, average_score, weak }, pool: { tracks: 214, used: 214, without_tempo: 0, without_key: 2, without_level: 0, levels, duration_s: 40_000, note: null }, seed: 0, cost: 1, exact: false, reproducible: true } : null;
  return { run_id: `ru${stored.runs}`, set_id: stored.set.id, state, progress, best_score: progress > 0 ? 91 : null, best_cost: 1, seconds: progress * 4, reproducible: true, result, fault: null };
}

const poolInfo = { tracks: 214, used: 214, without_tempo: 3, without_key: 5, without_level: 2, levels, duration_s: 40_000, note: null };

/** Any number of tracks; every eleventh is not there, of every seventh nothing is known. Only to be looked at. */
function ofLength(id: string, count: number): SetDetail {
  const places = Array.from({ length: count }, (_, i) => ({ track_id: i % 11 === 9 ? `gone${i}` : (played[i]?.id ?? ""), locked: i === 0, joined: false }));
  const view = shown(places);
  const slots = view.slots.map((slot, i) => (slot.track && i % 7 === 5 ? { ...slot, track: { ...slot.track, bpm: null, camelot: null, key: null, energy: null } } : slot));
  const joints = slots.slice(1).map((slot, i) => joint(slots[i]?.track ?? undefined, slot.track ?? undefined));
  const energy = view.energy.map((level, i) => (slots[i]?.track?.energy === null ? { ...level, level: null } : level));
  const duration_s = slots.reduce((sum, slot) => sum + (slot.track?.duration_s ?? 0), 0);
  return { ...detail(), id, name: count === 300 ? "The whole summer, from the first evening on the terrace to the last one" : "Test pressing", length: {}, ...numbers(joints), track_count: count, duration_s, slots, joints, energy };
}

export function setsAnswer(method: string, path: string, body: unknown, state: FakeState): Answer | null {
  const [first, second, third, fourth, fifth] = path.split("/");
  const key = `${method} ${path}`;
  const refused = (status: number, code: string): Answer => ({ status, body: { type: "about:blank", title: code, status, code, detail: code === "conflict" ? "The set has changed." : "No such set." } });
  if (key === "GET sets") return ok({ items: state.empty ? [] : [detail() satisfies SetItem] });
  if (key === "POST sets") {
    const { name, pool } = body as { name: string; pool: SetDetail["pool"] };
    stored.slots = [];
    stored.set = { ...stored.set, name, pool, version: 1 };
    return ok(detail(), 201);
  }
  if (key === "POST joints") return ok({ items: (body as { pairs: [string, string][] }).pairs.map(([a, b]) => joint(known.get(a), known.get(b))) });
  if (method === "GET" && first === "tracks" && third === "mixes-well") {
    const track = known.get(second ?? "");
    const items = evening.filter((one) => one.id !== second).map((one) => ({ track: one, joint: joint(track, one) }));
    return ok({ items: state.empty ? [] : items.sort((a, b) => b.joint.score - a.joint.score).slice(0, 8), note: null });
  }
  if (first !== "sets") return null;
  if (second === "runs") {
    if (method === "DELETE") stored.stopped = true;
    if (stored.stopped) return ok({ ...run("done", 0.6), state: "cancelled", reproducible: false });
    stored.asked += 1;
    return ok(stored.asked > 2 ? run("done", 1) : run("running", stored.asked * 0.31));
  }
  const many = /^se0+n(\d+)$/.exec(second ?? "");
  if (many && method === "GET" && !third) return ok(ofLength(second ?? "", Number(many[1])));
  if (many && third === "history") return ok({ items: [] });
  if (many && third === "pool") return ok(poolInfo);
  if (many && fifth) return ok({ items: [] });
  if (second !== stored.set.id) return refused(404, "not_found");
  if (!third) {
    if (method === "DELETE") return { status: 204 };
    if (method === "PATCH") {
      stored.set = { ...stored.set, ...(body as Partial<SetDetail>) };
      return ok(change(stored.slots));
    }
    return ok(detail());
  }
  if (third === "slots" && method === "PUT") {
    const { slots, version } = body as { slots: SlotPlace[]; version: number };
    return version === stored.set.version ? ok(change(slots)) : refused(409, "conflict");
  }
  if (third === "arrange") {
    stored.asked = 0;
    stored.stopped = false;
    stored.runs += 1;
    return ok(run("waiting", 0), 202);
  }
  if (third === "history") return ok({ items: [4, 3, 2, 1].filter((version) => version <= stored.set.version).map((version) => ({ version, changed_at: "2026-11-21T11:00:00Z", change: "edited", name: stored.set.name, tracks: 12, average_score: 84 })) });
  if (third === "restore") return ok(change(stored.history.at(-1) ?? stored.slots));
  if (third === "playlist") return ok({ id: "pl1", name: (body as { name: string }).name }, 201);
  if (third === "pool") return ok(poolInfo);
  if (fifth === "alternatives") {
    const place = Number(fourth);
    const others = played.slice(30, 34).map((track) => ({ ...track, camelot: stored.slots[place - 1] ? (known.get(stored.slots[place - 1]?.track_id ?? "")?.camelot ?? "9A") : "9A", bpm: 121 }));
    return ok({ items: others.map((track, i) => ({ track, joint_before: null, joint_after: null, level: 0.5, score: 95 - i * 4, gain: 30 - i * 4 })) });
  }
  if (fifth === "swaps") {
    const place = Number(fourth) + 1;
    const swapped = [...stored.slots];
    const [a, b] = [swapped[place], swapped[place + 1]];
    if (a && b) [swapped[place], swapped[place + 1]] = [b, a];
    return ok({ items: [{ kind: "swap", position: place, other: place + 1, track: null, slots: swapped, score_before: 41, score_after: 93, average_before: 84, average_after: 88, weak_after: 1 }] });
  }
  return null;
}
