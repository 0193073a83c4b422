import type { KeyboardEvent } from "react";

const stops = "[data-stop]";
const entry = ".imp-entry";

/** The place to go on from after `from` was settled: the first choice of the next entry that is open. */
export function nextOpen(box: HTMLElement, from: Element | null): HTMLElement | null {
  const entries = [...box.querySelectorAll<HTMLElement>(entry)];
  const at = from ? entries.indexOf(from as HTMLElement) : -1;
  return entries.slice(at + 1).find((one) => one.dataset.open !== undefined)?.querySelector<HTMLElement>(stops) ?? null;
}

/** Up and down go from choice to choice, a digit takes one of the entry, P plays, S searches, N says it is none. */
export function importKeys(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement) || event.target.matches("input")) return;
  const box = event.currentTarget;
  const here = event.target.closest<HTMLElement>(entry);
  const all = [...box.querySelectorAll<HTMLElement>(stops)];
  const stop = event.target.closest<HTMLElement>(stops) ?? event.target.closest(".imp-cand")?.querySelector<HTMLElement>(stops) ?? here?.querySelector<HTMLElement>(stops) ?? null;
  const press = (what: string, within: Element | null | undefined = here) => within?.querySelector<HTMLElement>(what);
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "ArrowDown" || key === "ArrowUp") {
    const to = all[(stop ? all.indexOf(stop) : -1) + (key === "ArrowDown" ? 1 : -1)];
    event.preventDefault();
    to?.focus();
    return;
  }
  const target =
    key === "p" ? press("[data-hear]", event.target.closest(".imp-cand") ?? here) : key === "s" ? press("[data-find]") : key === "n" ? press("[data-none]") : /^[1-9]$/.test(key) ? here?.querySelectorAll<HTMLElement>("[data-take]")[Number(key) - 1] : null;
  if (!target) return;
  event.preventDefault();
  target.click();
}
