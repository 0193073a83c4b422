import type { KeyboardEvent } from "react";

/** Arrows lead from the box through all that was found and back. A list of tracks keeps its own keys between its ends. */
const stops = "[data-hit], .cover-link, .track-row[tabindex='0']";

const hits = (root: HTMLElement | null): HTMLElement[] => [...(root?.querySelectorAll<HTMLElement>(stops) ?? [])];

export const firstHit = (root: HTMLElement | null): HTMLElement | undefined => hits(root)[0];

const isEnd = (row: HTMLElement, down: boolean): boolean => {
  const rows = [...(row.closest(".tracks")?.querySelectorAll<HTMLElement>(".track-row") ?? [])];
  return rows[down ? rows.length - 1 : 0] === row;
};

export function hitKeys(event: KeyboardEvent, root: HTMLElement | null, toBox: () => void): void {
  const down = event.key === "ArrowDown";
  if ((!down && event.key !== "ArrowUp") || event.altKey || event.ctrlKey || event.metaKey) return;
  const at = (event.target as HTMLElement).closest<HTMLElement>(stops);
  if (!at || !root?.contains(at)) return;
  if (at.matches(".track-row") && !isEnd(at, down)) return;
  const all = hits(root);
  const next = all[all.indexOf(at) + (down ? 1 : -1)];
  event.preventDefault();
  event.stopPropagation();
  if (next) next.focus();
  else if (!down) toBox();
}
