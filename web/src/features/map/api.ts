import { queryOptions } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import { queryClient } from "@/shared/api/queryClient";
import type { AnalysisStatus, Id, Items, MapPlace, MapState, SonicPath, TrackItem } from "@/shared/api/types";
import { readPoints, type MapPoints } from "./points";

const drawingMs = 4000;
export const mapQuery = () =>
  queryOptions({
    queryKey: ["map"],
    queryFn: ({ signal }) => api.get<MapState>("map", undefined, signal).then((map) => ({ ...map, regions: [...map.regions].sort((a, b) => b.tracks - a.tracks) })),
    // Until there is a map, it may come at any moment.
    refetchInterval: (query) => (query.state.data && query.state.data.state !== "ready" ? drawingMs : false),
  });

/** The bytes stay what they are: reading them costs nothing, and the cache never looks inside. */
export const pointsQuery = (layout: number) => queryOptions({ queryKey: ["map-points", layout], queryFn: ({ signal }) => ofLayout(api.bytes("map/points", { layout }, signal)), staleTime: Infinity });
export const readMap = (bytes: ArrayBuffer): MapPoints => readPoints(bytes);

/** null = not on the map. */
export const placeQuery = (trackId: Id, layout: number) =>
  queryOptions({
    queryKey: ["map-place", layout, trackId],
    queryFn: ({ signal }) => api.get<MapPlace>(`map/place/${trackId}`, undefined, signal),
    staleTime: Infinity,
    retry: false,
  });

export const drawAnew = (): Promise<unknown> => api.post("map/draw");
export const findPath = (from: Id, to: Id, length: number): Promise<SonicPath> => api.post("sonic/path", { from_id: from, to_id: to, length });

/** A map that was drawn anew meanwhile is loaded again. */
async function ofLayout<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Problem && error.status === 409) void queryClient.invalidateQueries({ queryKey: mapQuery().queryKey });
    throw error;
  }
}

const idsAtOnce = 20_000;
/** Ids of points in their order. */
export async function idsOf(layout: number, indexes: readonly number[], most: number): Promise<Id[]> {
  const ids: Id[] = [];
  for (let start = 0; start < Math.min(indexes.length, most); start += idsAtOnce) {
    const part = indexes.slice(start, Math.min(start + idsAtOnce, most));
    ids.push(...(await ofLayout(api.post<{ ids: Id[] }>("map/ids", { layout, indexes: part }))).ids);
  }
  return ids;
}

const tracksAtOnce = 500;
export const tracksAt = (layout: number, indexes: readonly number[]): Promise<(TrackItem | null)[]> =>
  ofLayout(api.post<Items<TrackItem | null>>("map/tracks", { layout, indexes: indexes.slice(0, tracksAtOnce) })).then((answer) => answer.items);

/** How far the analysis is. A server that does not say is not asked again. */
export const listeningQuery = (wanted: boolean) =>
  queryOptions({
    queryKey: ["analysis"],
    queryFn: ({ signal }) => api.get<AnalysisStatus>("analysis", undefined, signal),
    retry: false,
    enabled: wanted,
    refetchInterval: (query) => (query.state.data && query.state.data.state === "running" ? drawingMs : false),
  });
export const goOnListening = (): Promise<unknown> => api.patch("analysis", { paused: false });
export const startListening = (): Promise<unknown> => api.post("analysis/start");
