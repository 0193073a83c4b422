import { i18n } from "@lingui/core";
import { lazy, Suspense } from "react";
import { closePanel, usePanel, type PanelTab } from "@/media/panel";
import { saveQueue } from "@/media/playlists";
import { IconButton } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { SkeletonRows } from "@/shared/ui/states";

const QueueList = lazy(() => import("@/features/queue/QueueList"));
const LyricsPanel = lazy(() => import("@/features/player/LyricsPanel"));

export function SidePanel({ tab }: { tab: PanelTab }) {
  const tabs = [
    { value: "queue", label: i18n.t("Queue") },
    { value: "lyrics", label: i18n.t("Lyrics") },
  ] as const;
  return (
    <aside className="side" aria-label={tab === "queue" ? i18n.t("Queue") : i18n.t("Lyrics")}>
      <div className="side-h">
        <Segmented size="s" label={i18n.t("Panel")} value={tab} options={tabs} onChange={(open) => usePanel.setState({ open })} />
        <span className="grow" />
        {tab === "queue" && <IconButton icon="list" label={i18n.t("Save as playlist")} size="s" onClick={saveQueue} />}
        <IconButton icon="close" label={i18n.t("Close panel")} keys="Esc" size="s" onClick={closePanel} />
      </div>
      <Suspense fallback={<SkeletonRows count={6} />}>{tab === "queue" ? <QueueList /> : <LyricsPanel />}</Suspense>
    </aside>
  );
}
