import { api } from "@/shared/api/client";
import type { Id } from "@/shared/api/types";

/** One form in which the server sends a track. */
export interface Tier {
  readonly name: string;
  readonly mime: string;
  readonly container: "fmp4" | "mp3" | "adts";
  /** The file's own frames, not encoded anew. */
  readonly original: boolean;
  /** Joins without a gap with a neighbour of the same mime. */
  readonly splice: boolean;
  readonly lossless: boolean;
  readonly sample_rate_hz: number;
  readonly bit_depth: number | null;
  readonly bit_rate_kbps: number | null;
  /** Samples before the music, as the browser's MediaSource presents them. */
  readonly delay_samples: number;
  readonly samples: number;
  readonly fragment_samples: number;
  readonly fragments: number;
  readonly init: boolean;
}

export interface Gain {
  readonly track_db: number | null;
  readonly track_peak: number | null;
  readonly album_db: number | null;
  readonly album_peak: number | null;
}

/** All that is needed to play a track to the sample. */
export interface PlaybackManifest {
  readonly track_id: Id;
  /** Changes with the bytes of the file. */
  readonly version: string;
  readonly duration_s: number;
  readonly samples: number;
  readonly sample_rate_hz: number;
  readonly channels: number;
  /** false = the length is an estimate. */
  readonly source: { readonly format: string | null; readonly codec: string | null; readonly lossless: boolean; readonly bit_rate_kbps: number | null; readonly sample_rate_hz: number | null; readonly bit_depth: number | null };
  /** Best first. */
  readonly tiers: readonly Tier[];
  readonly gain: Gain;
  readonly silence: { readonly lead_s: number; readonly trail_s: number } | null;
  readonly waveform: "ready" | "pending" | "failed";
}

const kept = 40;
const goodFor = 10 * 60_000;

/** The manifests of the tracks around the current one; the least used goes first. */
export class Manifests {
  private readonly answers = new Map<Id, { at: number; manifest: Promise<PlaybackManifest> }>();

  constructor(private readonly ask: (id: Id) => Promise<PlaybackManifest> = (id) => api.get<PlaybackManifest>(`tracks/${id}/playback`)) {}

  get(id: Id): Promise<PlaybackManifest> {
    const known = this.answers.get(id);
    this.answers.delete(id);
    const entry = known && Date.now() - known.at < goodFor ? known : { at: Date.now(), manifest: this.ask(id) };
    this.answers.set(id, entry);
    if (entry !== known) {
      entry.manifest.catch(() => this.answers.get(id) === entry && this.answers.delete(id));
      const [oldest] = this.answers.keys();
      if (this.answers.size > kept && oldest !== undefined) this.answers.delete(oldest);
    }
    return entry.manifest;
  }

  /** The file changed. */
  forget(id: Id): void {
    this.answers.delete(id);
  }
}
