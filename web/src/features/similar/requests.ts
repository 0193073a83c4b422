import { create } from "zustand";
import type { TrackItem } from "@/shared/api/types";

/** Dialogs that any menu of tracks may open. */
export type SonicRequest = { kind: "path"; from: TrackItem; to: TrackItem | null } | { kind: "blend"; like: readonly TrackItem[] };
export const useSonicRequest = create<{ open: SonicRequest | null }>(() => ({ open: null }));
export const openSonic = (open: SonicRequest): void => useSonicRequest.setState({ open });
export const closeSonic = (): void => useSonicRequest.setState({ open: null });
