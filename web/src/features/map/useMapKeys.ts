import type { KeyboardEvent } from "react";
import type { Stage } from "./stage";

interface KeyNeeds {
  /** A key that moves was used: the middle of the map is what is pointed at. */
  onAim: () => void;
  onOpen: () => void;
  onLasso: () => void;
  onAll: () => void;
  onClear: () => void;
  canClear: boolean;
}

const step = 90;
const bigStep = 300;

/** Arrows move (with Shift farther), plus and minus zoom, 0 shows all, Enter opens what is in the middle. */
export function useMapKeys(stage: Stage, needs: KeyNeeds): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const by = event.shiftKey ? bigStep : step;
    const moving = (act: () => void) => () => {
      needs.onAim();
      act();
    };
    const keys: Record<string, (() => void) | undefined> = {
      ArrowLeft: moving(() => stage.pan(by, 0)),
      ArrowRight: moving(() => stage.pan(-by, 0)),
      ArrowUp: moving(() => stage.pan(0, by)),
      ArrowDown: moving(() => stage.pan(0, -by)),
      "+": moving(() => stage.zoom(1.4)),
      "=": moving(() => stage.zoom(1.4)),
      "-": moving(() => stage.zoom(1 / 1.4)),
      "0": moving(() => stage.showAll()),
      Home: moving(() => stage.showAll()),
      Enter: needs.onOpen,
      l: needs.onLasso,
      a: needs.onAll,
      Escape: needs.canClear ? needs.onClear : undefined,
    };
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
}
