import { i18n } from "@lingui/core";
import { usePlayer } from "@/player/usePlayer";

/** Why it is silent, in the place where the artist stands. */
export function useTrouble(): string | null {
  const trouble = usePlayer((state) => state.trouble);
  switch (trouble) {
    case "blocked":
      return i18n.t("Press play: the browser wants a click first");
    case "network":
      return i18n.t("The server does not answer");
    case "format":
      return i18n.t("This file could not be played");
    default:
      return null;
  }
}
