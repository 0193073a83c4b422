import { create } from "zustand";

/** The panel at the right. Which one is open is of this window only. */
export type PanelTab = "queue" | "lyrics";
export const usePanel = create<{ open: PanelTab | null }>(() => ({ open: null }));

export const togglePanel = (tab: PanelTab): void => usePanel.setState(({ open }) => ({ open: open === tab ? null : tab }));
export const closePanel = (): void => usePanel.setState({ open: null });
