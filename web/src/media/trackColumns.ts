import type { TrackItem, TrackSort } from "@/shared/api/types";

export type TrackColumn = "grip" | "number" | "art" | "title" | "artist" | "album" | "bpm" | "key" | "energy" | "quality" | "plays" | "why" | "time" | "like" | "more";

const widths: Record<TrackColumn, string> = {
  grip: "24px",
  number: "28px",
  art: "var(--row-art)",
  title: "minmax(0, 1.4fr)",
  artist: "minmax(0, 1fr)",
  album: "minmax(0, 1fr)",
  bpm: "44px",
  key: "36px",
  energy: "44px",
  quality: "96px",
  plays: "48px",
  why: "minmax(0, 1.3fr)",
  time: "52px",
  like: "32px",
  more: "32px",
};

/** Pixels without which a column is of no use, its gap included. */
const least: Record<TrackColumn, number> = { grip: 40, number: 44, art: 56, title: 216, artist: 140, album: 140, bpm: 60, key: 52, energy: 60, quality: 112, plays: 64, why: 180, time: 68, like: 48, more: 48 };

/** Narrow windows lose columns in this order; title and time stay. */
const dropOrder: readonly TrackColumn[] = ["quality", "plays", "energy", "key", "bpm", "artist", "album"];

export function fit(columns: readonly TrackColumn[], width: number): TrackColumn[] {
  let left = [...columns];
  for (const column of dropOrder) {
    if (left.reduce((sum, one) => sum + least[one], 0) <= width) break;
    left = left.filter((one) => one !== column);
  }
  return left;
}

export const template = (columns: readonly TrackColumn[]): string => columns.map((column) => widths[column]).join(" ");

/** Columns that would hold only dashes are not shown at all. */
export const known = (columns: readonly TrackColumn[], tracks: readonly (TrackItem | undefined)[]): TrackColumn[] =>
  columns.filter((column) => {
    if (column === "bpm") return tracks.some((track) => track?.bpm);
    if (column === "key") return tracks.some((track) => track?.camelot);
    if (column === "energy") return tracks.some((track) => typeof track?.energy === "number");
    return true;
  });

/** What a list may be ordered by through the head of a column. */
export const sortOf: Partial<Record<TrackColumn, TrackSort>> = { title: "title", artist: "artist", album: "album", bpm: "bpm", key: "key", energy: "energy", plays: "play_count", time: "duration" };
