import type { TrackItem } from "@/shared/api/types";
import { albums, artists, tracks } from "./fakeData";
import { mapBytes, mapInfo, mapPlace } from "./fakeMap";
import type { Answer, FakeState } from "./fakeServer";

/** What sounds alike in the invented library: the map, similar things, paths, blends and duplicates. */
const layout = 3;
const trackOf = (index: number): TrackItem => tracks[(index * 7) % tracks.length] as TrackItem;
const reasons = [
  [{ kind: "sound", text: "sounds much alike" }, { kind: "key", text: "same key: 8A" }, { kind: "tempo", text: "near in tempo: 94 and 96 BPM" }],
  [{ kind: "tempo", text: "same tempo: 94 BPM" }],
  [{ kind: "genre", text: "both Jazz" }, { kind: "year", text: "both from the 1970s" }],
  [{ kind: "sound", text: "sounds alike" }, { kind: "energy", text: "similar energy" }],
];
const reason = (i: number) => reasons[i % reasons.length];
const near = (i: number): number => Math.round(1000 * (0.97 - 0.011 * i)) / 1000;
const ok = (body: unknown): Answer => ({ status: 200, body });

interface Body {
  indexes: number[];
  from_id: string;
  to_id: string;
  length: number;
  like: string[];
  unlike: string[];
}

export function sonicAnswer(method: string, path: string, query: URLSearchParams, body: unknown, state: FakeState): Answer | null {
  const [first, second, third] = path.split("/");
  const sent = body as Body;
  const key = `${method} ${path}`;
  if (key === "GET map") return ok(state.map === "ready" ? mapInfo(state.points, layout) : { layout: 0, state: state.map, space: null, count: state.map === "too_few" ? 7 : 0, drawn_at: null, regions: [] });
  if (key === "GET map/points") return { status: 200, bytes: mapBytes(state.points, layout) };
  if (key === "POST map/tracks") return ok({ items: sent.indexes.map(trackOf) });
  if (key === "POST map/ids") return ok({ ids: sent.indexes.map((index) => trackOf(index).id) });
  if (method === "GET" && first === "map" && second === "place") {
    const at = tracks.findIndex((_, index) => trackOf(index).id === third);
    return at < 0 ? { status: 404, body: { title: "not_found", status: 404, code: "not_found", detail: "Not on the map." } } : ok(mapPlace(state.points, layout, at));
  }
  if (key === "GET analysis") {
    const few = state.map === "too_few";
    const done = state.map === "ready" ? tracks.length : few ? 7 : state.map === "drawing" ? 112 : 0;
    return ok({ state: state.map === "drawing" ? "running" : "idle", reason: null, tracks: few ? 7 : tracks.length, quick_done: done, full_done: 0, failed: 0, stage: null, per_minute: 60, eta_s: 300, workers: 1, hours: null, analysers: ["resonance"] });
  }
  if (key === "POST analysis/start") return ok({});
  if (key === "POST sonic/path") {
    const ends = [sent.from_id, sent.to_id].map((id) => tracks.find((track) => track.id === id));
    const between = Array.from({ length: sent.length - 2 }, (_, i) => trackOf(i * 5 + 3)).filter((track) => !ends.includes(track));
    const all = [ends[0], ...between, ends[1]].filter((track) => track !== undefined);
    return ok({ items: all.map((track, i) => ({ track, step_similarity: i === 0 ? null : near(i), similarity: near(i), reasons: reason(i) })), note: null });
  }
  if (key === "POST sonic/blend") {
    const without = new Set([...sent.like, ...sent.unlike]);
    return ok({ items: tracks.filter((track) => !without.has(track.id)).slice(9, 33).map((track, i) => ({ track, score: near(i), reasons: reason(i) })), by: "sound", note: null });
  }
  if (method === "GET" && third === "similar") {
    if (first === "albums") return ok({ items: albums.filter((album) => album.id !== second).slice(3, 9).map((album, i) => ({ album, score: near(i), reasons: reason(i) })), by: "mixed", note: null });
    if (first === "artists") return ok({ items: artists.filter((artist) => artist.id !== second).slice(0, 6).map((artist, i) => ({ artist, score: near(i), reasons: reason(i) })), by: "mixed", note: null });
    const by = query.get("by") ?? "mixed";
    const found = state.empty ? [] : tracks.filter((track) => track.id !== second).filter((_, i) => i % (by === "tags" ? 5 : 7) === 2);
    return ok({ items: found.slice(0, 30).map((track, i) => ({ track, score: near(i), reasons: reason(i) })), by, note: null });
  }
  if (key === "GET duplicates") return ok({ items: state.empty ? [] : duplicates, next: null, total: state.empty ? 0 : duplicates.length, note: null });
  return null;
}

const copy = (track: TrackItem, more: Partial<TrackItem>): TrackItem => ({ ...track, id: `${track.id.slice(0, -1)}x`, ...more });
const facts = (track: TrackItem) => ({ format: track.format, codec: track.codec, bit_rate_kbps: track.bit_rate_kbps, sample_rate_hz: track.sample_rate_hz, bit_depth: track.bit_depth, channels: track.channels, size: track.size, duration_s: track.duration_s, lossless: track.format === "flac" });
const duplicates = [0, 3, 6].map((album, group) => {
  const best = tracks.filter((track) => track.album_id === albums[album]?.id)[group + 1] as TrackItem;
  const others = [
    copy(best, { format: "mp3", codec: "mp3", bit_rate_kbps: 192, bit_depth: null, sample_rate_hz: 44100, size: 5_600_000, album: "The Best of Harbourlight", album_id: albums[album + 1]?.id ?? null }),
    ...(group === 1 ? [copy(best, { id: `${best.id.slice(0, -1)}y`, format: "mp3", codec: "mp3", bit_rate_kbps: 128, bit_depth: null, size: 3_400_000, album: null, album_id: null })] : []),
  ];
  return {
    similarity: 0.998 - 0.004 * group,
    kind: "same_recording",
    tracks: [best, ...others].map((track, i) => ({ track, quality: facts(track), best: i === 0, path: `/music/${track.artist}/${track.album ?? "loose"}/${track.title}.${track.format}` })),
  };
});
