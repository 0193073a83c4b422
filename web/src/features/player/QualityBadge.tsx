import { i18n } from "@lingui/core";
import { usePlayer } from "@/player/usePlayer";
import { badgeWords } from "@/media/streamed";

/** What is streamed now; pressing it shows the whole story. Nothing while nothing is loaded. */
export function QualityBadge({ onOpen }: { onOpen: () => void }) {
  const streamed = usePlayer((state) => state.streamed);
  const codec = usePlayer((state) => state.track?.codec ?? state.track?.format ?? null);
  if (!streamed) return null;
  const { now, from } = badgeWords(streamed, codec);
  const words = from ? `${now} (${from})` : now;
  return (
    <button type="button" className="badge" data-tip={words} aria-label={i18n.t("Streamed: {words}", { words })} onClick={onOpen}>
      {now}
      {from && <span className="badge-from">&nbsp;({from})</span>}
    </button>
  );
}
