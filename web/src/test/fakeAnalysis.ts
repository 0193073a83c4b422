import type { AnalysisStatus, MoodItem, TrackAnalysis, TrackItem } from "@/shared/api/types";
import { tracks } from "./fakeData";
import type { Answer, FakeState } from "./fakeServer";

/** What was measured in the invented library, how far that is, and what the words of a question mean. */
export interface FakeAnalysis {
  /** null: what the fakes of the map say. */
  status: Partial<AnalysisStatus> | null;
  state: TrackAnalysis["state"];
  edits: { bpm?: number | null; key?: string | null };
  moods: Record<string, number>;
  /** Why the configured embedder did not answer. */
  fallback: string | null;
  /** The search by meaning fails. */
  broken: boolean;
}
export const freshAnalysis = (): FakeAnalysis => ({ status: null, state: "measured", edits: {}, moods: {}, fallback: null, broken: false });

const ok = (body: unknown): Answer => ({ status: 200, body });
const moodsOf = (own: Record<string, number>): MoodItem[] => [
  ...Object.entries(own).map(([mood, value]) => ({ mood, value, source: "user", model: null, mine: true })),
  { mood: "relaxed", value: 0.8, source: "tags", model: null, mine: false },
  { mood: "sad", value: 0.35, source: "audio_model", model: "clap-tiny", mine: false },
];
const nothing = { bpm: null, bpm_alt: null, bpm_confidence: null, bpm_stability: null, beat_offset_s: null, key: null, camelot: null, key_tonic: null, key_mode: null, key_strength: null, key_alt: null, key_window: null, tuning_cents: null, energy: null, danceability: null, brightness: null, onset_rate: null, dynamic_complexity: null, acousticness_proxy: null, valence_proxy: null, valence_confidence: null, lufs_i: null, lra: null, true_peak_dbtp: null, sample_peak_dbfs: null, intro_end_s: null, outro_start_s: null, silence_head_s: null, silence_tail_s: null };

function ofTrack(track: TrackItem, { state, edits, moods }: FakeAnalysis): TrackAnalysis {
  const quick = { ...nothing, bpm: 93.8, bpm_alt: 187.6, bpm_confidence: 0.72, bpm_stability: 0.91, beat_offset_s: 0.12, key: "Am", camelot: "8A", key_tonic: 9, key_mode: "minor", key_strength: 0.58, key_alt: "C", key_window: "excerpt", tuning_cents: -7.2, energy: 0.42, danceability: 0.61, brightness: 0.33, onset_rate: 3.4, dynamic_complexity: 4.1, acousticness_proxy: 0.7, valence_proxy: 0.4, valence_confidence: 0.2 };
  const full = { ...quick, key_window: "whole", lufs_i: -14.2, lra: 9.1, true_peak_dbtp: -0.4, sample_peak_dbfs: -0.9, intro_end_s: 12.4, outro_start_s: 231.5, silence_head_s: 0.2, silence_tail_s: 1.8 };
  const measured = state === "measured" ? full : state === "partly" ? quick : null;
  const edited = edits.bpm != null || edits.key != null;
  const [bpm, key] = [edits.bpm ?? measured?.bpm ?? track.bpm_tag, edits.key ?? measured?.camelot ?? track.key_tag];
  const level = state === "measured" ? 1 : 0;
  return {
    track_id: track.id,
    state,
    problem: state === "failed" ? "undecodable" : null,
    detail: state === "failed" ? "The decoder stopped after 3 seconds." : null,
    analyser: measured ? "resonance" : null,
    analysed_at: measured ? "2026-11-20T10:00:00Z" : null,
    versions: { tempo: measured ? 1 : 0, key: measured ? 1 : 0, timbre: measured ? 1 : 0, loudness: level },
    measured,
    tags: { bpm: track.bpm_tag, key: track.key_tag },
    edits: edited ? { bpm: edits.bpm ?? null, key: edits.key ?? null, edited_by: "lena", edited_at: "2026-11-20T11:00:00Z" } : null,
    effective: { bpm, bpm_source: edits.bpm != null ? "user" : measured ? "measured" : track.bpm_tag ? "tag" : null, key: key === "8A" ? "Am" : key, camelot: key, key_source: edits.key != null ? "user" : measured ? "measured" : track.key_tag ? "tag" : null, energy: measured?.energy ?? null },
    moods: moodsOf(moods),
  };
}

const lexicon: Record<string, string> = { slow: "low tempo", warm: "warm", piano: "piano", jazz: "jazz", fast: "tempo", happy: "happy", "90s": "1990 to 1999" };
const why = [
  [{ kind: "meaning", text: "slow: 68 BPM" }, { kind: "meaning", text: "piano in mood tag: piano" }, { kind: "meaning", text: "calm, energy: 0.21" }],
  [{ kind: "meaning", text: "slow: 72 BPM" }, { kind: "meaning", text: "mood tag: warm" }],
  [{ kind: "name", text: "name: Low Water" }, { kind: "filter", text: "A minor (8A)" }],
  [{ kind: "meaning", text: "minor key: F#m" }, { kind: "meaning", text: "quiet: -18.2 LUFS" }],
];

function search(query: URLSearchParams, { fallback, broken }: FakeAnalysis): Answer {
  if (broken) return { status: 503, body: { type: "about:blank", title: "unavailable", status: 503, code: "unavailable", detail: "The vectors are being read.", request_id: "req-2" } };
  const q = query.get("q") ?? "";
  const understood = q.toLowerCase().split(/[\s,]+/).filter(Boolean).map((word) => ({ word, means: lexicon[word] ?? "a name" }));
  const keys = query.getAll("key");
  const meant = understood.some(({ means }) => means !== "a name") || [...query.keys()].some((name) => !["q", "limit"].includes(name));
  const from = Number(query.get("bpm_min") ?? 0);
  const fitting = tracks.filter((track, i) => i % 5 === 1 && (keys.length === 0 || keys.includes(track.camelot ?? "")) && (track.bpm ?? 0) >= from);
  const items = meant ? fitting.slice(0, Number(query.get("limit") ?? 50)) : [];
  return ok({ items: items.map((track, i) => ({ track, score: 0.9 - i / 50, reasons: why[i % why.length] })), understood, by: { embedder: "built-in", fallback }, total: meant ? fitting.length : 0, next: fitting.length > items.length && meant ? "more" : null });
}

export function analysisAnswer(method: string, path: string, query: URLSearchParams, body: unknown, state: FakeState): Answer | null {
  const fake = state.analysis;
  const [first, second, third] = path.split("/");
  const key = `${method} ${path}`;
  if (key === "GET search/tracks") return search(query, fake);
  if (key === "GET analysis/failures") return ok({ items: tracks.slice(0, 2).map((track, i) => ({ track, problem: ["undecodable", "timeout"][i], detail: i === 0 ? "The decoder stopped after 3 seconds." : null })), next: null, total: 2 });
  if (first === "analysis" && !second && fake.status) {
    const sent = body as { paused?: boolean; hours?: AnalysisStatus["hours"] };
    if (method === "PATCH" && sent.paused !== undefined) Object.assign(fake.status, sent.paused ? { state: "paused", reason: "paused" } : { state: "running", reason: null });
    if (method === "PATCH" && sent.hours !== undefined) fake.status.hours = sent.hours;
    return ok({ state: "idle", reason: null, tracks: tracks.length, quick_done: tracks.length, full_done: tracks.length, failed: 0, stage: null, per_minute: null, eta_s: null, workers: 2, hours: null, analysers: ["resonance"], ...fake.status });
  }
  if (key === "POST analysis/start" && fake.status) return { ...ok(fake.status), status: 202 };
  const track = first === "tracks" ? tracks.find((one) => one.id === second) : undefined;
  if (!track) return null;
  if (third === "analysis") {
    if (method === "PATCH") Object.assign(fake.edits, body);
    return ok(ofTrack(track, fake));
  }
  if (third === "moods" && method === "PUT") {
    for (const [mood, value] of Object.entries(body as Record<string, number | null>)) {
      if (value === null) fake.moods = Object.fromEntries(Object.entries(fake.moods).filter(([name]) => name !== mood));
      else fake.moods[mood] = value;
    }
    return ok({ items: moodsOf(fake.moods) });
  }
  return null;
}
