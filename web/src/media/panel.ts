import { create } from "zustand";

/** The panel at the right of the shell, and the one over now playing, which starts closed. Both are of this window only. */
export type PanelTab = "queue" | "lyrics" | "devices" | "info";
export type PanelPlace = "open" | "over";
export const usePanel = create<{ open: PanelTab | null; over: PanelTab | null }>(() => ({ open: null, over: null }));

export const showPanel = (tab: PanelTab, place: PanelPlace = "open"): void => usePanel.setState({ [place]: tab });
export const togglePanel = (tab: PanelTab, place: PanelPlace = "open"): void => usePanel.setState((now) => ({ [place]: now[place] === tab ? null : tab }));
export const closePanel = (place: PanelPlace = "open"): void => usePanel.setState({ [place]: null });
