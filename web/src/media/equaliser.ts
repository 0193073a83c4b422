import { create } from "zustand";

/** The equaliser lies over whatever page is open; now playing and the settings open it. */
export const useEqualiserSheet = create<{ open: boolean }>(() => ({ open: false }));
export const openEqualiser = (): void => useEqualiserSheet.setState({ open: true });
export const closeEqualiser = (): void => useEqualiserSheet.setState({ open: false });
