import type { Id, TrackItem } from "./types";

export interface SetPool { kind: string; id?: Id | null; rule?: { [key: string]: unknown } | null; track_ids?: Id[] | null }
export interface SetLength { tracks?: number | null; minutes?: number | null }
export interface SetCurve { name?: string | null; points?: number[][] | null; of?: string }
export interface SetSettings { max_per_artist: number | null; artist_gap: number; album_gap: number; ignore: string[]; seed: number }
export interface SlotPlace { track_id: Id; locked?: boolean; joined?: boolean }
export interface SetSlot { track_id: Id; locked: boolean; joined: boolean; track: TrackItem | null }
export interface SetJoint { a: Id; b: Id; score: number; weak_reason: string | null; tempo_change_pct: number | null; tempo_factor: number | null; relation: string | null; compatible: boolean | null; costs: { [key: string]: number } }
export interface SetLevel { wanted: number; level: number | null }
export interface SetStatistics { tracks: number; duration_s: number; average_score: number | null; lowest_score: number | null; weak: number; fair: number; good: number; compatible: number; keys_known: number; tempo_near: number; tempo_known: number; bpm_low: number | null; bpm_high: number | null; energy_error: number | null; artists: number; most_by_one_artist: number }
export interface SetItem { id: Id; name: string; version: number; created_at: string; changed_at: string; pool: SetPool; track_count: number; duration_s: number; cover_ids: Id[]; average_score: number | null; weak: number }
export interface SetDetail extends SetItem { length: SetLength; curve: SetCurve; settings: SetSettings; slots: SetSlot[]; joints: SetJoint[]; energy: SetLevel[]; statistics: SetStatistics }
export interface PoolInfo { tracks: number; used: number; without_tempo: number; without_key: number; without_level: number; duration_s: number; note: string | null }
export interface SetProposal { slots: SetSlot[]; joints: SetJoint[]; energy: SetLevel[]; statistics: SetStatistics; pool: PoolInfo; seed: number; cost: number; exact: boolean; reproducible: boolean }
export interface SetRun { run_id: Id; set_id: Id; state: string; progress: number; best_score: number | null; best_cost: number | null; seconds: number; reproducible: boolean; result: SetProposal | null; fault: { code: string; detail: string; field: string | null } | null }
export interface SlotAlternative { track: TrackItem; joint_before: SetJoint | null; joint_after: SetJoint | null; level: number | null; score: number; gain: number }
export interface MendProposal { kind: string; position: number; other: number | null; track: TrackItem | null; slots: SlotPlace[]; score_before: number; score_after: number; average_before: number | null; average_after: number | null; weak_after: number }
export interface SetVersion { version: number; changed_at: string; change: string; name: string; tracks: number; average_score: number | null }
export interface MixingTracks { items: { track: TrackItem; joint: SetJoint }[]; note: string | null }
