import { i18n } from "@lingui/core";
import type { IconName } from "@/shared/ui/Icon";
import { router } from "./router";

interface Place {
  to: string;
  icon: IconName;
  label: string;
  /** Not among the phone's tabs, which are few; the library leads there. */
  onlyRail?: boolean;
}

/** The rail and the phone's tabs in their order. A place appears when its route exists. */
export function places(): Place[] {
  const all: Place[] = [
    { to: "/", icon: "home", label: i18n.t("Home") },
    { to: "/search", icon: "search", label: i18n.t("Search") },
    { to: "/library", icon: "library", label: i18n.t("Library") },
    { to: "/discover", icon: "discover", label: i18n.t("Discover") },
    { to: "/map", icon: "map", label: i18n.t("Map"), onlyRail: true },
    { to: "/playlists", icon: "list", label: i18n.t("Playlists") },
    { to: "/prompt", icon: "wand", label: i18n.t("Make"), onlyRail: true },
    { to: "/sets", icon: "dj", label: i18n.t("DJ sets"), onlyRail: true },
  ];
  return all.filter((place) => hasRoute(place.to));
}

export const hasRoute = (path: string): boolean => path in router.routesByPath;
