import { create } from "zustand";
import type { TrackItem } from "@/shared/api/types";

/** The track whose measured values are asked for by a menu. */
export const useMeasuredRequest = create<{ track: TrackItem | null }>(() => ({ track: null }));
