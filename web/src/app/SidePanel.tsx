import { i18n } from "@lingui/core";
import { lazy, Suspense } from "react";
import { closePanel, showPanel, type PanelPlace, type PanelTab } from "@/media/panel";
import { saveQueue } from "@/media/playlists";
import { usePhone } from "@/shared/hooks/useMedia";
import { IconButton } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { Sheet } from "@/shared/ui/Sheet";
import { SkeletonRows } from "@/shared/ui/states";

const bodies = {
  queue: lazy(() => import("@/features/queue/QueueList")),
  lyrics: lazy(() => import("@/features/player/LyricsPanel")),
  devices: lazy(() => import("@/features/devices/DevicesPanel")),
  info: lazy(() => import("@/features/info/InfoPanel")),
};

/** Queue, lyrics, devices and facts at the side. Now playing shows lyrics itself while there are any; on a phone its panel is a sheet. */
export function SidePanel({ tab, place = "open" }: { tab: PanelTab; place?: PanelPlace }) {
  const phone = usePhone();
  const names: Record<PanelTab, string> = { queue: i18n.t("Queue"), lyrics: i18n.t("Lyrics"), devices: i18n.t("Devices"), info: i18n.t("Info") };
  const tabs = (["queue", "lyrics", "devices", "info"] as const).filter((value) => value !== "lyrics" || place === "open" || tab === "lyrics").map((value) => ({ value, label: names[value] }));
  const Body = bodies[tab];
  const inside = (
    <>
      <div className="side-h">
        <Segmented size="s" label={i18n.t("Panel")} value={tab} options={tabs} onChange={(open) => showPanel(open, place)} />
        <span className="grow" />
        {tab === "queue" && <IconButton icon="list" label={i18n.t("Save as playlist")} size="s" onClick={saveQueue} />}
        <IconButton icon="close" label={i18n.t("Close panel")} keys="Esc" size="s" onClick={() => closePanel(place)} />
      </div>
      <Suspense fallback={<SkeletonRows count={6} />}>
        <Body />
      </Suspense>
    </>
  );
  if (phone) {
    return (
      <Sheet title={names[tab]} onClose={() => closePanel(place)}>
        {inside}
      </Sheet>
    );
  }
  return (
    <aside className="side" aria-label={names[tab]} data-place={place}>
      {inside}
    </aside>
  );
}

