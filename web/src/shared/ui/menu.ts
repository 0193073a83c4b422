import { create } from "zustand";
import type { IconName } from "./Icon";

/** Menus are opened, not rendered: a list of ten thousand rows has one menu. */
export interface MenuAction {
  label: string;
  icon?: IconName;
  keys?: string;
  run: () => void;
  danger?: boolean;
  /** Present = a choice; the tick shows which. */
  checked?: boolean;
  disabled?: boolean;
}
export type MenuEntry = MenuAction | "line" | { label: string; icon?: IconName; entries: readonly MenuEntry[] };

export interface OpenMenu {
  label: string;
  entries: readonly MenuEntry[];
  anchor: { left: number; top: number; width: number; height: number };
  /** Gets the focus back. */
  origin: HTMLElement | null;
}
export const useMenu = create<{ open: OpenMenu | null }>(() => ({ open: null }));

type Where = HTMLElement | { x: number; y: number; origin: HTMLElement | null };

export function openMenu(where: Where, label: string, entries: readonly MenuEntry[]): void {
  if (where instanceof HTMLElement) {
    const { left, top, width, height } = where.getBoundingClientRect();
    useMenu.setState({ open: { label, entries, anchor: { left, top, width, height }, origin: where } });
  } else {
    useMenu.setState({ open: { label, entries, anchor: { left: where.x, top: where.y, width: 1, height: 1 }, origin: where.origin } });
  }
}
