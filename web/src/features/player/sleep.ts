import { i18n } from "@lingui/core";
import { useEffect, useState } from "react";
import { thePlayer } from "@/player";
import type { Sleep } from "@/player/player";
import { usePlayer } from "@/player/usePlayer";
import type { MenuEntry } from "@/shared/ui/menu";

const choices = [15, 30, 45, 60, 90];
const minute = 60_000;

/** "24 min"; the last minute counts seconds. null = no timer. */
export function sleepLeft(sleep: Sleep, now: number): string | null {
  if (!sleep) return null;
  if (sleep.kind === "track") return i18n.t("End of track");
  const left = Math.max(0, sleep.at - now);
  return left < minute ? i18n.t("{n} s", { n: Math.ceil(left / 1000) }) : i18n.t("{minutes} min", { minutes: Math.ceil(left / minute) });
}

export function useSleepLeft(): string | null {
  const sleep = usePlayer((state) => state.sleep);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (sleep?.kind !== "at") return;
    const read = (): void => setNow(Date.now());
    const first = setTimeout(read);
    const timer = setInterval(read, 1000);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [sleep]);
  return sleepLeft(sleep, now);
}

export function sleepEntries(): MenuEntry[] {
  const player = thePlayer();
  const { sleep } = player.getState();
  const left = sleepLeft(sleep, Date.now());
  return [
    ...(left && sleep?.kind === "at" ? [{ label: i18n.t("Stops in {left}", { left }), disabled: true, run: () => undefined }, "line" as const] : []),
    ...choices.map((minutes) => ({ label: i18n.t("{minutes} minutes", { minutes }), run: () => player.setSleep({ kind: "at", at: Date.now() + minutes * minute }) })),
    { label: i18n.t("At the end of the track"), checked: sleep?.kind === "track", run: () => player.setSleep({ kind: "track" }) },
    { label: i18n.t("Off"), checked: sleep === null, run: () => player.setSleep(null) },
  ];
}
