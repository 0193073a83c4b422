import { create } from "zustand";
import { persist } from "zustand/middleware";

/** How now playing looks on this device. */
export const visualStyles = ["ridges", "aurora", "bars", "ring"] as const;
export type VisualStyle = (typeof visualStyles)[number];

interface NowPlayingLook {
  visual: VisualStyle;
  visualOn: boolean;
  lyrics: boolean;
}
export const useNowPlayingLook = create<NowPlayingLook>()(persist((): NowPlayingLook => ({ visual: "ridges", visualOn: true, lyrics: true }), { name: "resonance.now-playing", version: 1 }));

export const toggleVisual = (): void => void useNowPlayingLook.setState(({ visualOn }) => ({ visualOn: !visualOn }));
export const chooseVisual = (visual: VisualStyle | null): void => void useNowPlayingLook.setState(visual ? { visual, visualOn: true } : { visualOn: false });
export const toggleLyrics = (): void => void useNowPlayingLook.setState(({ lyrics }) => ({ lyrics: !lyrics }));
