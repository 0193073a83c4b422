import type { PromptMade, TrackItem } from "@/shared/api/types";
import { albums, tracks } from "./fakeData";
import type { Answer, FakeState } from "./fakeServer";

/** A sentence made into a list, in the invented library: whatever is said, always the same pieces. */
type Plan = { text: string; pieces: { kind: string; value: Record<string, unknown>; words: string; sure: boolean }[]; leftovers: string[]; pins: Record<string, number>; without: string[] };
const piece = (kind: string, value: Record<string, unknown>, words: string, sure = true) => ({ kind, value, words, sure });
const planOf = (text: string): Plan => ({
  text,
  pieces: [
    piece("length", { minutes: 90 }, "90 minutes"),
    piece("from", { text: "dinner jazz" }, "dinner jazz"),
    piece("to", { text: "disco" }, "to disco"),
    piece("live", { is: false }, "nothing live"),
    piece("start", { text: "calm", level: 0.1 }, "start calm"),
    piece("end", { text: "dancing", level: 0.92 }, "end dancing"),
    piece("per_artist", { most: 2 }, "max two per artist"),
    piece("years", { ranges: [[1970, 1989]] }, "70s and 80s"),
    ...(text.includes("Miles") ? [piece("like", { text: "Miles Davis" }, "Miles Davis", false)] : []),
  ],
  leftovers: text.includes("xyzzy") ? ["xyzzy"] : [],
  pins: {},
  without: [],
});
const named: Record<string, number[][]> = { rise: [[0, 0.15], [1, 0.95]], fall: [[0, 0.95], [1, 0.15]], arc: [[0, 0.3], [0.65, 0.95], [1, 0.45]], wave: [[0, 0.3], [0.2, 0.8], [0.4, 0.45], [0.6, 0.9], [0.8, 0.5], [1, 0.85]], flat: [[0, 0.5], [1, 0.5]] };
const whys = ["starts calm for this list: energy 0.18", "mood tag: mellow", "genre: Cool Jazz", "same key as before, near in tempo", "energy 0.41, on the curve", "danceable: 0.71"];

function curveOf(plan: Plan): PromptMade["curve"] {
  const value = plan.pieces.find((one) => one.kind === "curve")?.value;
  if (value?.points) return { name: "drawn", points: value.points as number[][], asked: true };
  const name = typeof value?.name === "string" ? value.name : "said";
  return { name, points: named[name] ?? [[0, 0.1], [1, 0.92]], asked: true };
}
const level = (points: number[][], share: number): number => {
  const after = Math.max(1, points.findIndex(([at = 0]) => at >= share));
  const [x0 = 0, y0 = 0] = points[after - 1] ?? [];
  const [x1 = 1, y1 = 0] = points[after] ?? [];
  return y0 + ((y1 - y0) * (share - x0)) / (x1 - x0 || 1);
};

export function promptAnswer(path: string, body: unknown, state: FakeState): Answer | null {
  const sent = body as { text?: string; plan?: Plan; seed?: number; name?: string; live?: boolean };
  if (path === "prompt/save") {
    const first = albums[0];
    return { status: 201, body: { playlist: { id: "pl00000000000000000001", name: sent.name, comment: "", public: false, owner: { id: "us00000000000000000001", name: "lena" }, mine: true, track_count: 24, duration_s: 5400, cover_ids: first?.cover_id ? [first.cover_id] : [], changed_at: "2026-11-21T12:00:00Z", version: 1 }, live: sent.live ?? false, left_out: [] } };
  }
  if (path !== "prompt/make") return null;
  const plan = sent.plan ?? planOf(sent.text ?? "");
  const curve = curveOf(plan);
  const seed = sent.seed ?? 1;
  const chosen: TrackItem[] = state.empty ? [] : Array.from({ length: 24 }, (_, i) => tracks[(i * 5 + seed) % tracks.length]).filter((one): one is TrackItem => one !== undefined && !plan.without.includes(one.id));
  const made: PromptMade = {
    plan: plan as unknown as PromptMade["plan"],
    chips: [],
    leftovers: plan.leftovers,
    tracks: chosen.map((track, i) => {
      const wanted = level(curve.points, i / Math.max(1, chosen.length - 1));
      const own = Math.min(1, Math.max(0, wanted + 0.06 * Math.sin(i * 2.4 + seed)));
      return { track: { ...track, energy: own }, reason: whys[i % whys.length] ?? "", reasons: [whys[i % whys.length] ?? "", ...(i % 2 ? ["neighbour key"] : [])], energy: own, level: own, wanted, locked: plan.pins[track.id] === i };
    }),
    curve,
    duration_s: chosen.length ? 5404 : 0,
    wanted_s: 5400,
    wanted_tracks: null,
    fitting: state.empty ? 0 : 318,
    considered: 96,
    in_key: 22,
    joints: Math.max(0, chosen.length - 1),
    notes: [...(state.empty ? [{ kind: "nothing", text: "", values: {} }] : []), ...(plan.leftovers.length ? [{ kind: "leftovers", text: "", values: { words: plan.leftovers } }] : [])] as unknown as PromptMade["notes"],
    seed,
    by: { by: "parser", model: null, fallback: null },
  };
  return { status: 200, body: made };
}
