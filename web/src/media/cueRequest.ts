import { create } from "zustand";
import type { TrackItem } from "@/shared/api/types";

/** The track whose cues are asked for, by a menu or the panel. */
export const useCueRequest = create<{ track: TrackItem | null }>(() => ({ track: null }));
export const openCues = (track: TrackItem): void => useCueRequest.setState({ track });
export const closeCues = (): void => useCueRequest.setState({ track: null });
