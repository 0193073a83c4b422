import type { TrackItem } from "@/shared/api/types";

export type TrackColumn = "grip" | "number" | "art" | "title" | "artist" | "album" | "bpm" | "key" | "quality" | "plays" | "why" | "time" | "like" | "more";

const widths: Record<TrackColumn, string> = {
  grip: "24px",
  number: "28px",
  art: "var(--row-art)",
  title: "minmax(0, 1.4fr)",
  artist: "minmax(0, 1fr)",
  album: "minmax(0, 1fr)",
  bpm: "44px",
  key: "36px",
  quality: "96px",
  plays: "48px",
  why: "minmax(0, 1.3fr)",
  time: "52px",
  like: "32px",
  more: "32px",
};

/** Narrow windows lose columns in this order; title and time stay. */
const dropOrder: readonly TrackColumn[] = ["quality", "plays", "key", "bpm", "artist", "album"];
const roomFor = 620;
const roomPerColumn = 90;

export function fit(columns: readonly TrackColumn[], width: number): TrackColumn[] {
  let left = [...columns];
  for (const column of dropOrder) {
    const needed = roomFor + roomPerColumn * Math.max(0, left.filter((one) => dropOrder.includes(one)).length - 2);
    if (width >= needed) break;
    left = left.filter((one) => one !== column);
  }
  return left;
}

export const template = (columns: readonly TrackColumn[]): string => columns.map((column) => widths[column]).join(" ");

/** Columns that would hold only dashes are not shown at all. */
export const known = (columns: readonly TrackColumn[], tracks: readonly (TrackItem | undefined)[]): TrackColumn[] =>
  columns.filter((column) => {
    if (column === "bpm") return tracks.some((track) => track?.bpm_tag);
    if (column === "key") return tracks.some((track) => track?.key_tag);
    return true;
  });
