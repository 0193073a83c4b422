import { useRef, type MouseEvent, type PointerEvent } from "react";

const holdMs = 450;
const slack = 10;

/** A finger that rests on a row. Browsers disagree on contextmenu for touch, so it is timed here; the click that follows is swallowed. */
export function useLongPress(onHold: (target: HTMLElement, x: number, y: number) => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const start = useRef({ x: 0, y: 0 });
  const held = useRef(false);
  const touch = useRef(false);
  const stop = (): void => clearTimeout(timer.current);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      held.current = false;
      touch.current = event.pointerType === "touch";
      stop();
      if (!touch.current || (event.target as Element).closest("button")) return;
      const { currentTarget, clientX, clientY } = event;
      start.current = { x: clientX, y: clientY };
      timer.current = setTimeout(() => {
        held.current = true;
        onHold(currentTarget, clientX, clientY);
      }, holdMs);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      if (Math.hypot(event.clientX - start.current.x, event.clientY - start.current.y) > slack) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onClickCapture: (event: MouseEvent<HTMLElement>): void => {
      if (!held.current) return;
      held.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    /** The browser's own event of the same finger. */
    isTouch: (): boolean => touch.current,
  };
}
