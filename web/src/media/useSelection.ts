import { useCallback, useMemo, useState } from "react";
import type { Id, TrackItem } from "@/shared/api/types";

type Chosen = ReadonlyMap<number, Id>;
const none: Chosen = new Map();

export interface Selection {
  /** Places in the list, in its order. */
  indexes: readonly number[];
  has: (index: number) => boolean;
  toggle: (index: number) => void;
  /** Everything from the anchor to here; what was chosen before goes, as in every list of files. */
  extend: (index: number, from: number) => void;
  all: () => void;
  /** The chosen rows as they stand after they were moved. */
  follow: (rows: ReadonlyMap<number, Id>) => void;
  clear: () => void;
  /** Where the next range starts. */
  setAnchor: (index: number) => void;
}

/** Rows chosen together. A place counts only while the same track stands there: a list that changes underneath never
 *  makes an action reach a track nobody chose. */
export function useSelection(tracks: readonly (TrackItem | undefined)[]): Selection {
  const [chosen, setChosen] = useState(none);
  const [anchor, setAnchor] = useState<number | null>(null);
  const indexes = useMemo(() => [...chosen].filter(([index, id]) => tracks[index]?.id === id).map(([index]) => index).sort((a, b) => a - b), [chosen, tracks]);
  const lookup = useMemo(() => new Set(indexes), [indexes]);

  const choose = useCallback((wanted: Iterable<number>): void => setChosen(new Map([...wanted].flatMap((index) => (tracks[index] ? [[index, tracks[index].id] as const] : [])))), [tracks]);
  const toggle = (index: number): void => {
    choose(lookup.has(index) ? indexes.filter((one) => one !== index) : [...indexes, index]);
    setAnchor(index);
  };
  const extend = (index: number, from: number): void => {
    const start = anchor ?? from;
    const first = Math.min(start, index);
    choose(Array.from({ length: Math.abs(start - index) + 1 }, (_, i) => first + i));
    setAnchor(start);
  };
  return { indexes, has: (index) => lookup.has(index), toggle, extend, all: () => choose(tracks.keys()), follow: setChosen, clear: () => setChosen(none), setAnchor };
}
