import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { queryClient } from "@/shared/api/queryClient";
import type { PathStep, TrackItem } from "@/shared/api/types";
import { findPath, placeQuery } from "./api";
import { pointTrack } from "./tracks";

export interface PathEnd {
  index: number;
  track: TrackItem;
}
export interface PathState {
  from: PathEnd | null;
  to: PathEnd | null;
  length: number;
  steps: PathStep[] | undefined;
  note: string | null;
  /** Points of the way in its order; those that are not on the map are left out. */
  indexes: readonly number[] | null;
  error: Error | null;
  isPending: boolean;
  setLength: (length: number) => void;
  /** A point was picked: the beginning first, then the end. */
  take: (index: number) => void;
  setEnd: (which: "from" | "to", end: PathEnd | null) => void;
  clear: () => void;
  retry: () => void;
}

export const pathLengths = { least: 3, most: 60 } as const;

async function way(layout: number, from: string, to: string, length: number) {
  const { items, note } = await findPath(from, to, length);
  const places = await Promise.all(items.map(({ track }) => queryClient.ensureQueryData(placeQuery(track.id, layout)).catch(() => null)));
  return { steps: items, note, indexes: places.flatMap((place) => place?.index ?? []) };
}

/** The way between two tracks, asked for as soon as both are known. */
export function usePath(layout: number): PathState {
  const [from, setFrom] = useState<PathEnd | null>(null);
  const [to, setTo] = useState<PathEnd | null>(null);
  const [length, setLength] = useState(12);
  const [a, b] = [from?.track.id, to?.track.id];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["map-path", layout, a, b, length],
    queryFn: () => way(layout, a ?? "", b ?? "", length),
    enabled: a !== undefined && b !== undefined && a !== b,
    staleTime: Infinity,
    placeholderData: (before) => (a && b ? before : undefined),
  });
  const found = a && b ? data : undefined;
  const ends = useMemo(() => (from || to ? [from, to].flatMap((end) => end?.index ?? []) : null), [from, to]);
  return {
    from,
    to,
    length,
    steps: found?.steps,
    note: found?.note ?? null,
    indexes: found?.indexes ?? ends,
    error,
    isPending: isFetching,
    setLength,
    take: (index) => {
      void queryClient
        .ensureQueryData(pointTrack(layout, index))
        .then((track) => {
          if (!track) return;
          if (from && !to && from.index !== index) setTo({ index, track });
          else {
            setFrom({ index, track });
            setTo(null);
          }
        })
        .catch(() => undefined);
    },
    setEnd: (which, end) => (which === "from" ? setFrom : setTo)(end),
    clear: () => {
      setFrom(null);
      setTo(null);
    },
    retry: () => void refetch(),
  };
}
