import { queryOptions } from "@tanstack/react-query";
import { rememberTracks } from "@/shared/api/trackItems";
import type { TrackItem } from "@/shared/api/types";
import { tracksAt } from "./api";

/** Tracks by their number on the map: all that are asked for within a moment travel in one request. */
const restMs = 24;
const atOnce = 500;
interface Waiting {
  resolve: (track: TrackItem | null) => void;
  reject: (error: unknown) => void;
}
const waiting = new Map<number, Map<number, Waiting[]>>();

async function flush(layout: number): Promise<void> {
  const batch = waiting.get(layout) ?? new Map<number, Waiting[]>();
  waiting.delete(layout);
  const indexes = [...batch.keys()];
  for (let start = 0; start < indexes.length; start += atOnce) {
    const part = indexes.slice(start, start + atOnce);
    try {
      const tracks = await tracksAt(layout, part);
      rememberTracks(tracks.filter((track) => track !== null));
      part.forEach((index, i) => batch.get(index)?.forEach((one) => one.resolve(tracks[i] ?? null)));
    } catch (error) {
      for (const index of part) batch.get(index)?.forEach((one) => one.reject(error));
    }
  }
}

function load(layout: number, index: number): Promise<TrackItem | null> {
  return new Promise((resolve, reject) => {
    let batch = waiting.get(layout);
    if (!batch) {
      waiting.set(layout, (batch = new Map()));
      setTimeout(() => void flush(layout), restMs);
    }
    batch.set(index, [...(batch.get(index) ?? []), { resolve, reject }]);
  });
}

/** null = the track has gone since the map was drawn. */
export const pointTrack = (layout: number, index: number | null) =>
  queryOptions({ queryKey: ["map-track", layout, index], queryFn: () => (index === null ? null : load(layout, index)), staleTime: 10 * 60_000, enabled: index !== null });
