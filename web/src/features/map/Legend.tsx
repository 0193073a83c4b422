import { i18n } from "@lingui/core";
import type { ColourBy } from "./paint";

/** What colour means. For regions it is their list that says so. */
export function Legend({ by }: { by: ColourBy }) {
  if (by === "region") return null;
  return (
    <p className="map-legend t-12">
      <span className="sr">{i18n.t("Colours go from calm to energetic.")}</span>
      <span aria-hidden="true">{i18n.t("calm")}</span>
      {[0, 0.25, 0.5, 0.75, 1].map((value) => (
        <i key={value} className="map-dot" data-kind="energy" style={{ ["--map-value" as string]: value }} />
      ))}
      <span aria-hidden="true">{i18n.t("energetic")}</span>
    </p>
  );
}
