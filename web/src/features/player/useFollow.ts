import { useCallback, useEffect, useRef, useState, type RefObject } from "react";

/** Where the line being sung stands in its column. */
const height = 0.45;
const restMs = 4000;
const scrollKeys = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", " "]);

/** Scrolls a column of lines with the song. A reader who scrolls by hand is left alone until they rest for four seconds or ask. */
export function useFollow(list: RefObject<HTMLElement | null>, line: number, active: boolean): { following: boolean; follow: () => void } {
  const [following, setFollowing] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const follow = useCallback(() => {
    clearTimeout(timer.current);
    setFollowing(true);
  }, []);

  useEffect(() => {
    const column = list.current?.parentElement;
    const current = list.current?.children[line];
    if (!active || !following || !column || !(current instanceof HTMLElement)) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const within = current.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop;
    column.scrollTo({ top: within + current.offsetHeight / 2 - column.clientHeight * height, behavior: calm ? "auto" : "smooth" });
  }, [list, line, active, following]);

  useEffect(() => {
    const column = list.current?.parentElement;
    if (!column || !active) return;
    const hold = (): void => {
      setFollowing(false);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setFollowing(true), restMs);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (scrollKeys.has(event.key) && !(event.key === " " && event.target instanceof HTMLButtonElement)) hold();
    };
    // Only the bar of the column itself: a press on a line is a seek.
    const onPress = (event: Event): void => {
      if (event.target === column) hold();
    };
    const stop = new AbortController();
    const options = { passive: true, signal: stop.signal };
    column.addEventListener("wheel", hold, options);
    column.addEventListener("touchmove", hold, options);
    column.addEventListener("keydown", onKey, options);
    column.addEventListener("pointerdown", onPress, options);
    return () => {
      stop.abort();
      clearTimeout(timer.current);
    };
  }, [list, active]);
  return { following, follow };
}
