import { i18n } from "@lingui/core";

export function PlayingBars({ moving }: { moving: boolean }) {
  return (
    <span className="playing" role="img" aria-label={moving ? i18n.t("Playing") : i18n.t("Paused")} data-still={moving ? undefined : ""}>
      <i />
      <i />
      <i />
    </span>
  );
}
