import { create } from "zustand";
import type { TrackColumn } from "./trackColumns";

/** Columns that this device does not want to see, in no list. */
const storageKey = "resonance.columns";
export const choosable = ["album", "bpm", "key", "energy", "quality", "plays"] as const satisfies readonly TrackColumn[];
type Choosable = (typeof choosable)[number];

function kept(): Choosable[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(value) ? choosable.filter((column) => value.includes(column)) : [];
  } catch {
    return [];
  }
}

export const useHiddenColumns = create<{ hidden: readonly TrackColumn[] }>(() => ({ hidden: kept() }));

export function toggleColumn(column: TrackColumn): void {
  const { hidden } = useHiddenColumns.getState();
  const next = hidden.includes(column) ? hidden.filter((one) => one !== column) : [...hidden, column];
  useHiddenColumns.setState({ hidden: next });
  localStorage.setItem(storageKey, JSON.stringify(next));
}

export const isChoosable = (column: TrackColumn): boolean => (choosable as readonly TrackColumn[]).includes(column);
