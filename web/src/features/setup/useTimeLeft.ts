import { i18n } from "@lingui/core";
import { useEffect, useRef, useState } from "react";

/** From the speed since the step was opened; nothing is said before ten seconds of it are known. */
export function useTimeLeft(seen: number, files: number, done: boolean): string | null {
  const begin = useRef<{ at: number; seen: number } | null>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    if (files === 0 || seen === 0) return;
    begin.current ??= { at: Date.now(), seen };
    const passed = (Date.now() - begin.current.at) / 1000;
    const speed = (seen - begin.current.seen) / passed;
    setSeconds(passed > 10 && speed > 0 ? (files - seen) / speed : null);
  }, [seen, files]);
  if (done || seconds === null) return null;
  if (seconds < 60) return i18n.t("under a minute");
  return i18n.t("about {minutes} min", { minutes: Math.round(seconds / 60) });
}
