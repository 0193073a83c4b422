import type { KeyboardEvent } from "react";
import { thePlayer } from "@/player";
import type { TrackItem } from "@/shared/api/types";
import type { MenuAction } from "@/shared/ui/menu";
import { openMixes } from "./mixes";
import { addToQueue } from "./play";
import type { Selection } from "./useSelection";

interface ListKeys {
  tracks: readonly (TrackItem | undefined)[];
  active: number;
  selection: Selection;
  chosen: readonly TrackItem[];
  actions: readonly MenuAction[];
  /** How many rows a page of the list has. */
  page: () => number;
  row: () => HTMLElement | null | undefined;
  moveTo: (index: number) => void;
  shift: (by: 1 | -1) => void;
  play: (index: number) => void;
  like: (track: TrackItem) => void;
  menu: (row: HTMLElement, track: TrackItem, index: number) => void;
  remove?: ((indexes: readonly number[]) => void) | undefined;
}

/** What a key does in a list of tracks; nothing where a button or a link has the focus. */
export function trackKeys(event: KeyboardEvent<HTMLDivElement>, list: ListKeys): void {
  const { tracks, active, selection, chosen, actions, moveTo, shift } = list;
  const last = tracks.length - 1;
  const several = selection.indexes.length;
  const track = tracks[active];
  if (event.ctrlKey || event.metaKey) {
    const key = event.key.toLowerCase();
    if (key !== "a" && key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    return key === "a" ? selection.all() : selection.toggle(active);
  }
  const within = (index: number): number => Math.min(Math.max(index, 0), last);
  const go = (index: number): void => {
    if (event.shiftKey) selection.extend(within(index), active);
    else if (several === 0) selection.setAnchor(within(index));
    moveTo(within(index));
  };
  const row = list.row();
  const openMenu = track && row ? () => list.menu(row, track, active) : undefined;
  const keys: Record<string, (() => void) | undefined> = {
    ArrowDown: () => (event.altKey ? shift(1) : go(active + 1)),
    ArrowUp: () => (event.altKey ? shift(-1) : go(active - 1)),
    PageDown: () => go(active + list.page()),
    PageUp: () => go(active - list.page()),
    Home: () => go(0),
    End: () => go(last),
    " ": () => thePlayer().toggle(),
    ...(track && {
      Enter: () => list.play(active),
      n: () => addToQueue(several > 1 ? chosen : [track], "next"),
      l: () => (several > 1 ? actions.find((action) => action.keys === "L")?.run() : list.like(track)),
      x: () => openMixes(track),
      Delete: list.remove && (() => list.remove?.(several > 0 ? selection.indexes : [active])),
      ContextMenu: openMenu,
      F10: event.shiftKey ? openMenu : undefined,
    }),
  };
  const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act || (event.target as HTMLElement).closest("button:not(.grip),a")) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}
