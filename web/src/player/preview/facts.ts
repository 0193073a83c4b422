import type { TrackAnalysis } from "@/shared/api/types";
import type { PlaybackManifest } from "../manifest";
import type { DeckFacts } from "./align";

/** A corrected tempo of the same grid, or one counted at half or double. */
const sameGrid = (bpm: number, measured: number): boolean => [0.5, 1, 2].some((factor) => Math.abs(bpm / (measured * factor) - 1) < 0.03);

/** What the analysis and the manifest say of a track, for a joint. Without an analysis the tempo may still come from a tag. */
export function deckFacts(manifest: PlaybackManifest, analysis: Pick<TrackAnalysis, "measured" | "effective"> | null): DeckFacts {
  const measured = analysis?.measured ?? null;
  const bpm = analysis?.effective.bpm ?? null;
  const gridBpm = measured?.bpm ?? null;
  const fits = gridBpm !== null && (bpm === null || sameGrid(bpm, gridBpm));
  return {
    duration_s: manifest.duration_s,
    grid: fits && measured && measured.beat_offset_s !== null ? { bpm: gridBpm, offset_s: measured.beat_offset_s } : null,
    bpm: bpm ?? gridBpm,
    introEnd_s: measured?.intro_end_s ?? null,
    outroStart_s: measured?.outro_start_s ?? null,
    leadSilence_s: measured?.silence_head_s ?? manifest.silence?.lead_s ?? 0,
    trailSilence_s: measured?.silence_tail_s ?? manifest.silence?.trail_s ?? 0,
  };
}
