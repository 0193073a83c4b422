import { create } from "zustand";

export const useShortcutsSheet = create<{ open: boolean }>(() => ({ open: false }));
export const openShortcuts = (): void => useShortcutsSheet.setState({ open: true });
export const closeShortcuts = (): void => useShortcutsSheet.setState({ open: false });
