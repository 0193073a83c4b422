import { create } from "zustand";
import type { TrackItem } from "@/shared/api/types";

/** Any menu of tracks may ask what mixes well with one; the panel comes with its first use. */
export const useMixes = create<{ open: TrackItem | null }>(() => ({ open: null }));
export const openMixes = (track: TrackItem): void => useMixes.setState({ open: track });
export const closeMixes = (): void => useMixes.setState({ open: null });
