import { useEffect, useSyncExternalStore } from "react";
import { create } from "zustand";
import type { Accent } from "@/shared/api/types";

/** Whose colour the window wears: the page's own (album, artist, now playing), else what plays, else the lamp.
 *  `wash` says how much light lies behind large art. */
export type Wash = "none" | "soft" | "full";
interface Scope {
  page: Accent | null;
  pageOwns: boolean;
  playing: Accent | null;
  wash: Wash;
}
export const useScope = create<Scope>(() => ({ page: null, pageOwns: false, playing: null, wash: "none" }));

export function usePageLook(options: { owns?: boolean; accent?: Accent | null; wash?: Wash }): void {
  const { owns = false, accent = null, wash = "none" } = options;
  useEffect(() => {
    useScope.setState({ page: accent, pageOwns: owns, wash });
    return () => useScope.setState({ page: null, pageOwns: false, wash: "none" });
  }, [owns, accent, wash]);
}

export function startScope(): void {
  const root = document.documentElement;
  const show = ({ page, pageOwns, playing }: Scope): void => {
    const accent = (pageOwns ? page : null) ?? playing;
    for (const key of ["h", "c", "l"] as const) {
      if (accent) root.style.setProperty(`--a-${key}`, String(accent[key]));
      else root.style.removeProperty(`--a-${key}`);
    }
    // Another album plays than the one that gave the colour: its waveform stays neutral.
    const other = pageOwns && page !== null && playing !== null && (page.h !== playing.h || page.c !== playing.c);
    root.toggleAttribute("data-player-neutral", other);
  };
  show(useScope.getState());
  useScope.subscribe(show);
}

const subscribeOnline = (changed: () => void): (() => void) => {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
};
export const useOnline = (): boolean => useSyncExternalStore(subscribeOnline, () => navigator.onLine);
