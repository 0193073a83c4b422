import { i18n } from "@lingui/core";
import { usePlayer } from "@/player/usePlayer";

export function QueueHead({ kind, rowNumber, count, onClear }: { kind: "own-head" | "source-head"; rowNumber: number; count: number; onClear: (own: boolean) => void }) {
  const name = usePlayer((state) => state.queue.source?.name);
  const shuffled = usePlayer((state) => state.queue.shuffled);
  const own = kind === "own-head";
  return (
    <div className="q-h" role="row" aria-rowindex={rowNumber + 1}>
      <span role="gridcell" className="cut">
        {own ? i18n.t("Next in queue") : name ? i18n.t("Next from") : i18n.t("Next")} {!own && name && <b>{name}</b>}
        {!own && shuffled && <span className="q-note">{i18n.t("shuffled, as it will play")}</span>}
      </span>
      <span role="gridcell">
        <button type="button" className="w5" onClick={() => onClear(own)} aria-label={own ? i18n.t("Clear your additions") : i18n.t("Clear {count, plural, one {# track} other {# tracks}}", { count })}>
          {i18n.t("Clear")}
        </button>
      </span>
    </div>
  );
}
