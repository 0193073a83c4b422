import { i18n } from "@lingui/core";
import { chooseVisual, useNowPlayingLook, visualStyles, type VisualStyle } from "@/media/nowPlaying";
import { thePlayer } from "@/player";
import type { MenuEntry } from "@/shared/ui/menu";
import { speedWords } from "@/media/streamed";

const speeds = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

export function speedEntries(): MenuEntry[] {
  const player = thePlayer();
  const { speed } = player.getState();
  return speeds.map((one) => ({ label: one === 1 ? i18n.t("Normal") : speedWords(one), checked: Math.abs(one - speed) < 0.001, run: () => player.setSpeed(one) }));
}

const styleNames: Record<VisualStyle, () => string> = {
  ridges: () => i18n.t("Ridges"),
  aurora: () => i18n.t("Aurora"),
  bars: () => i18n.t("Bars"),
  ring: () => i18n.t("Ring"),
};

export function visualEntries(): MenuEntry[] {
  const { visual, visualOn } = useNowPlayingLook.getState();
  return [
    ...visualStyles.map((style) => ({ label: styleNames[style](), checked: visualOn && style === visual, run: () => chooseVisual(style) })),
    { label: i18n.t("Off"), keys: "V", checked: !visualOn, run: () => chooseVisual(null) },
  ];
}

export const canFillScreen = (): boolean => document.fullscreenEnabled === true;
export function toggleFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else if (canFillScreen()) void document.documentElement.requestFullscreen().catch(() => undefined);
}
