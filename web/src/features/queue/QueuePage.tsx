import { i18n } from "@lingui/core";
import { saveQueue } from "@/media/playlists";
import { usePlayer } from "@/player/usePlayer";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { trackCount } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/Button";
import QueueList from "./QueueList";

export default function QueuePage() {
  const left = usePlayer((state) => Math.max(0, state.queue.entries.length - Math.max(0, state.queue.index)));
  usePageLook({});
  useTitle(i18n.t("Queue"));
  return (
    <div className="queue-page">
      <header className="row between">
        <h1 className="h-28">{i18n.t("Queue")}</h1>
        {left > 0 && (
          <span className="row">
            <p className="t-3 num">{trackCount(left)}</p>
            <IconButton icon="list" label={i18n.t("Save as playlist")} onClick={saveQueue} />
          </span>
        )}
      </header>
      <QueueList />
    </div>
  );
}
