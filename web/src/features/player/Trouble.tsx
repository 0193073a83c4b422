import { i18n } from "@lingui/core";
import { usePlayer } from "@/player/usePlayer";
import { useDelayed } from "@/shared/hooks/useDelayed";

const waitingIsFelt = 600;

/** Why it is silent, in the place where the artist stands. A wait says so in words once it is felt. */
export function useTrouble(): { text: string; bad: boolean } | null {
  const trouble = usePlayer((state) => state.trouble);
  const waiting = useDelayed(usePlayer((state) => state.state === "loading"), waitingIsFelt);
  switch (trouble) {
    case "blocked":
      return { text: i18n.t("Press play: the browser wants a click first"), bad: true };
    case "network":
      return { text: i18n.t("The server does not answer"), bad: true };
    case "format":
      return { text: i18n.t("This file could not be played"), bad: true };
    default:
      return waiting ? { text: i18n.t("Buffering…"), bad: false } : null;
  }
}

/** The artist, or why there is nothing to hear. */
export function TroubleLine({ children }: { children: React.ReactNode }) {
  const trouble = useTrouble();
  if (!trouble) return children;
  return (
    <span role={trouble.bad ? "alert" : "status"} data-trouble={trouble.bad || undefined}>
      {trouble.text}
    </span>
  );
}
