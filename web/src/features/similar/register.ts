import { i18n } from "@lingui/core";
import { extendTrackMenu } from "@/media/trackMenu";
import type { Id, TrackItem } from "@/shared/api/types";
import type { MenuEntry } from "@/shared/ui/menu";
import { openSonic } from "./requests";

/** Ways to pages; only the app knows those. */
export interface SimilarPlaces {
  similar: (trackId: Id) => void;
  map: (trackId: Id) => void;
}

const mostBlended = 50;

function ofOne(track: TrackItem, places: SimilarPlaces): MenuEntry[] {
  return [
    { label: i18n.t("More like this"), icon: "radio", run: () => places.similar(track.id) },
    {
      label: i18n.t("By sound"),
      icon: "map",
      entries: [
        { label: i18n.t("Show on the map"), icon: "map", run: () => places.map(track.id) },
        { label: i18n.t("Path to…"), icon: "path", run: () => openSonic({ kind: "path", from: track, to: null }) },
        { label: i18n.t("Blend with others…"), icon: "wand", run: () => openSonic({ kind: "blend", like: [track] }) },
      ],
    },
  ];
}

/** What goes by sound in every menu of tracks, and in the bar of a selection. */
export function registerSimilar(places: SimilarPlaces): void {
  extendTrackMenu((tracks) => {
    const [first, second] = tracks;
    if (!first) return [];
    if (!second) return ofOne(first, places);
    const entries: MenuEntry[] = [];
    if (tracks.length === 2) entries.push({ label: i18n.t("Path between them"), icon: "path", run: () => openSonic({ kind: "path", from: first, to: second }) });
    if (tracks.length <= mostBlended) entries.push({ label: i18n.t("Blend"), icon: "wand", run: () => openSonic({ kind: "blend", like: tracks }) });
    return entries;
  });
}
