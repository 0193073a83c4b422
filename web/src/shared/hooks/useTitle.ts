import { useEffect } from "react";

/** Name of the page in the tab. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · Resonance`;
  }, [title]);
}
