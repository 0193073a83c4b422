import { i18n } from "@lingui/core";
import { usePhone } from "@/shared/hooks/useMedia";
import { count, trackCount } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";
import { openMenu } from "@/shared/ui/menu";
import { Sheet } from "@/shared/ui/Sheet";
import type { MapRegion } from "@/shared/api/types";
import { inRegion } from "./places";
import type { MapPoints } from "./points";
import { playChoice, queueChoice, saveChoice, type Choice } from "./verbs";

interface RegionsProps {
  layout: number;
  points: MapPoints;
  regions: readonly MapRegion[];
  total: string;
  mayWrite: boolean;
  onPick: (region: MapRegion) => void;
  onView: () => void;
  onClose: () => void;
}

/** The map in words: every region with how much is in it, and the same things to do as on the map. */
export function Regions(props: RegionsProps) {
  const phone = usePhone();
  if (phone) {
    return (
      <Sheet title={i18n.t("Regions")} onClose={props.onClose}>
        <List {...props} />
      </Sheet>
    );
  }
  return (
    <aside className="map-regions" aria-label={i18n.t("Regions")}>
      <List {...props} />
    </aside>
  );
}

function List({ layout, points, regions, mayWrite, onPick, onView, onClose }: RegionsProps) {
  const phone = usePhone();
  const choiceOf = (region: MapRegion): Choice => ({ indexes: inRegion(points, region.number), name: region.label });
  const pick = (act: () => void): void => {
    act();
    if (phone) onClose();
  };
  const more = (anchor: HTMLElement, region: MapRegion): void =>
    openMenu(anchor, i18n.t("More for {name}", { name: region.label }), [
      { label: i18n.t("Shuffle"), icon: "shuffle", run: () => void playChoice(layout, choiceOf(region), true) },
      { label: i18n.t("Add to queue"), icon: "queue", run: () => void queueChoice(layout, choiceOf(region)) },
      ...(mayWrite ? [{ label: i18n.t("Make playlist"), icon: "plus" as const, run: () => void saveChoice(layout, choiceOf(region)) }] : []),
      { label: i18n.t("Show on the map"), icon: "map", run: () => pick(() => onPick(region)) },
    ]);
  return (
    <>
      <div className="row between map-regions-h">
        <h2 className="h-16">{i18n.t("Regions")}</h2>
        <Button kind="quiet" size="s" onClick={() => pick(onView)}>
          {i18n.t("Choose all in view")}
        </Button>
        <IconButton icon="close" size="s" label={i18n.t("Close the list of regions")} onClick={onClose} />
      </div>
      <ul className="map-region-list">
        {regions.map((region) => (
          <li key={region.number}>
            <button type="button" className="map-region" onClick={() => pick(() => onPick(region))}>
              <i className="map-dot" data-kind="region" style={{ ["--map-value" as string]: region.hue }} />
              <span className="cut">{region.label}</span>
              <small className="num t-3">
                {count(region.tracks)}
                <span className="sr"> {trackCount(region.tracks)}</span>
              </small>
            </button>
            <IconButton icon="play" size="s" label={i18n.t("Play {name}", { name: region.label })} onClick={() => void playChoice(layout, choiceOf(region))} />
            <IconButton icon="more" size="s" label={i18n.t("More for {name}", { name: region.label })} aria-haspopup="menu" onClick={(event) => more(event.currentTarget, region)} />
          </li>
        ))}
      </ul>
    </>
  );
}
