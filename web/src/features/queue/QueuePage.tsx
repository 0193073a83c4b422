import { i18n } from "@lingui/core";
import { usePlayer } from "@/player/usePlayer";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { trackCount } from "@/shared/lib/format";
import QueueList from "./QueueList";

export default function QueuePage() {
  const left = usePlayer((state) => Math.max(0, state.queue.entries.length - Math.max(0, state.queue.index)));
  usePageLook({});
  useTitle(i18n.t("Queue"));
  return (
    <div className="queue-page">
      <header className="row between">
        <h1 className="h-28">{i18n.t("Queue")}</h1>
        {left > 0 && <p className="t-3 num">{trackCount(left)}</p>}
      </header>
      <QueueList />
    </div>
  );
}
