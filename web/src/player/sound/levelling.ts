import type { PlaybackSettings } from "../playbackSettings";

/** Loudness of a track as the server knows it: dB to the ReplayGain 2 reference of -18 LUFS (R128 tags are converted there), peaks as
 *  factors of full scale. null = not known. */
export interface Gains {
  readonly track_db: number | null;
  readonly track_peak: number | null;
  readonly album_db: number | null;
  readonly album_peak: number | null;
}

export type LevellingSettings = Pick<PlaybackSettings, "levelling" | "preampDb" | "unknownDb" | "clipGuard">;

export interface Level {
  /** Factor for the samples. */
  readonly gain: number;
  /** The same in dB, null = levelling is off. */
  readonly db: number | null;
  /** Highest sample of what is levelled, 1 while not known. */
  readonly peak: number;
  readonly from: "off" | "album" | "track" | "unknown";
}

/** Browsers make 1 of the sample 32767, tags 0.99997: a gain up to 1 exactly would put the highest sample a 16-bit step above full scale. */
const fullScale = 1 - 2 ** -15;
/** Tags beyond this are mistakes. */
const furthestDb = 51;
const known = (value: number | null): value is number => value !== null && Number.isFinite(value);

/** In album play the album's gain, so that quiet songs stay quiet; one falls back to the other, then to the setting for unknown tracks.
 *  The guard lowers the gain until the highest sample is at full scale; a peak that nobody knows is taken to be there already. */
export function levelOf(gains: Gains, settings: LevellingSettings, { albumPlay }: { albumPlay: boolean }): Level {
  if (settings.levelling === "off") return { gain: 1, db: null, peak: 1, from: "off" };
  const album = { db: gains.album_db, peak: gains.album_peak, from: "album" as const };
  const track = { db: gains.track_db, peak: gains.track_peak, from: "track" as const };
  const byAlbum = settings.levelling === "album" || (settings.levelling === "auto" && albumPlay);
  const chosen = (byAlbum ? [album, track] : [track, album]).find((one) => known(one.db));
  const wanted = (chosen?.db ?? settings.unknownDb) + settings.preampDb;
  const peak = [chosen?.peak ?? null, gains.track_peak, gains.album_peak].find((one) => known(one) && one > 0) ?? 1;
  const free = 10 ** (Math.min(furthestDb, Math.max(-furthestDb, wanted)) / 20);
  const gain = settings.clipGuard ? Math.min(free, (peak < 1 ? fullScale : 1) / peak) : free;
  return { gain, db: 20 * Math.log10(gain), peak, from: chosen?.from ?? "unknown" };
}

export const levelGain = (gains: Gains, settings: LevellingSettings, play: { albumPlay: boolean }): number => levelOf(gains, settings, play).gain;

interface OfAlbum {
  readonly album_id: string | null;
}

/** An album is being listened to when a neighbour in the queue is of the same one. */
export const isAlbumPlay = (track: OfAlbum, neighbours: readonly (OfAlbum | null | undefined)[]): boolean => track.album_id !== null && neighbours.some((one) => one?.album_id === track.album_id);
