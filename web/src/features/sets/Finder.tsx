import { i18n } from "@lingui/core";
import { TrackFinder } from "@/media/TrackFinder";
import type { Id, TrackItem } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";

/** Tracks come in one by one, each behind the one before. */
export function Finder({ without, onPick, onClose }: { without: readonly Id[]; onPick: (track: TrackItem) => void; onClose: () => void }) {
  return (
    <div className="dj-finder">
      <TrackFinder label={i18n.t("Add a track")} takesFocus without={without} onClose={onClose} onPick={onPick} />
      <Button kind="quiet" size="s" onClick={onClose}>
        {i18n.t("Done")}
      </Button>
    </div>
  );
}
