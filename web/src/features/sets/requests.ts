import { create } from "zustand";
import type { NewSetWish } from "./NewSetDialog";

/** A new set may be asked for from any menu of tracks. */
export const useNewSet = create<{ open: NewSetWish | null }>(() => ({ open: null }));
export const openNewSet = (wish: NewSetWish = {}): void => useNewSet.setState({ open: wish });
export const closeNewSet = (): void => useNewSet.setState({ open: null });
