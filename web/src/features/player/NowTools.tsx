import { i18n } from "@lingui/core";
import { useSyncExternalStore } from "react";
import { openEqualiser } from "@/media/equaliser";
import { useNowPlayingLook } from "@/media/nowPlaying";
import { showPanel } from "@/media/panel";
import { useTrackMenu } from "@/media/useTrackMenu";
import { usePlayer } from "@/player/usePlayer";
import type { TrackItem } from "@/shared/api/types";
import { usePhone } from "@/shared/hooks/useMedia";
import { IconButton } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { openMenu, type MenuEntry } from "@/shared/ui/menu";
import { canFillScreen, speedEntries, toggleFullScreen, visualEntries } from "./playMenus";
import { sleepEntries, useSleepLeft } from "./sleep";
import { speedWords } from "@/media/streamed";

const subscribeFull = (changed: () => void): (() => void) => {
  document.addEventListener("fullscreenchange", changed);
  return () => document.removeEventListener("fullscreenchange", changed);
};
const useFullScreen = (): boolean => useSyncExternalStore(subscribeFull, () => document.fullscreenElement !== null);

/** Runs until morning unless told otherwise; what is left stands beside the moon. */
export function SleepButton() {
  const left = useSleepLeft();
  const open = (anchor: HTMLElement): void => openMenu(anchor, i18n.t("Sleep timer"), sleepEntries());
  if (left === null) return <IconButton icon="moon" label={i18n.t("Sleep timer")} aria-haspopup="menu" onClick={(event) => open(event.currentTarget)} />;
  return (
    <button type="button" className="np-said num" aria-haspopup="menu" aria-label={i18n.t("Sleep timer: {left}", { left })} onClick={(event) => open(event.currentTarget)}>
      <Icon name="moon" />
      {left}
    </button>
  );
}

function SpeedButton() {
  const speed = usePlayer((state) => state.speed);
  const open = (anchor: HTMLElement): void => openMenu(anchor, i18n.t("Speed"), speedEntries());
  if (speed === 1) return <IconButton icon="gauge" label={i18n.t("Speed")} aria-haspopup="menu" onClick={(event) => open(event.currentTarget)} />;
  return (
    <button type="button" className="np-said num" aria-haspopup="menu" aria-label={i18n.t("Speed: {speed}", { speed: speedWords(speed) })} onClick={(event) => open(event.currentTarget)}>
      {speedWords(speed)}
    </button>
  );
}

/** Tools of the corner. A phone has them in one menu. */
export function NowTools({ track }: { track: TrackItem | null }) {
  const phone = usePhone();
  const full = useFullScreen();
  const visualOn = useNowPlayingLook((look) => look.visualOn);
  const trackMenu = useTrackMenu();
  const more = (anchor: HTMLElement): void => {
    if (!track) return;
    const own: MenuEntry[] = [
      { label: i18n.t("Sleep timer"), icon: "moon", entries: sleepEntries() },
      { label: i18n.t("Speed"), icon: "gauge", entries: speedEntries() },
      { label: i18n.t("Visualizer"), icon: "bars", entries: visualEntries() },
      { label: i18n.t("Equaliser"), icon: "eq", run: openEqualiser },
    ];
    const info: MenuEntry = { label: i18n.t("About this track"), icon: "info", run: () => showPanel("info", "over") };
    trackMenu(anchor, track, phone ? [...own, info] : [info]);
  };
  return (
    <div className="row np-corner">
      {!phone && (
        <>
          <IconButton icon="bars" label={i18n.t("Visualizer")} keys="V" aria-haspopup="menu" data-on={visualOn || undefined} onClick={(event) => openMenu(event.currentTarget, i18n.t("Visualizer"), visualEntries())} />
          <IconButton icon="eq" label={i18n.t("Equaliser")} aria-haspopup="dialog" onClick={openEqualiser} />
          <SpeedButton />
          <SleepButton />
          {canFillScreen() && <IconButton icon="expand" label={full ? i18n.t("Leave full screen") : i18n.t("Full screen")} keys="F" pressed={full} onClick={toggleFullScreen} />}
        </>
      )}
      {track && <IconButton icon="more" label={i18n.t("More for {name}", { name: track.title })} aria-haspopup="menu" onClick={(event) => more(event.currentTarget)} />}
    </div>
  );
}
