import { i18n } from "@lingui/core";
import { Button } from "@/shared/ui/Button";
import { EmptyState } from "@/shared/ui/states";

export function EmptySet({ running, onOptimise, onAdd }: { running: boolean; onOptimise: () => void; onAdd: () => void }) {
  return (
    <EmptyState
      icon="dj"
      title={i18n.t("No tracks in it yet")}
      action={
        <span className="row">
          <Button icon="wand" disabled={running} onClick={onOptimise}>
            {i18n.t("Let it choose")}
          </Button>
          <Button kind="quiet" onClick={onAdd}>
            {i18n.t("Add tracks by hand")}
          </Button>
        </span>
      }
    >
      {i18n.t("Optimise chooses tracks from the pool that mix well and follow your curve, and puts them in order.")}
    </EmptyState>
  );
}
