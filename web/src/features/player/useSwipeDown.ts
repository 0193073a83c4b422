import { useRef, type TouchEvent } from "react";

const far = 110;
const quick = 0.6;

/** A sheet that follows the finger down and closes beyond a third of the way or with a quick pull. */
export function useSwipeDown(onClose: () => void) {
  const sheet = useRef<HTMLElement>(null);
  const start = useRef<{ x: number; y: number; at: number } | null>(null);
  const moveTo = (down: number): void => {
    if (sheet.current) sheet.current.style.translate = down > 0 ? `0 ${down}px` : "";
  };
  const onTouchStart = (event: TouchEvent): void => {
    const touch = event.touches[0];
    // Sliders, and columns that are scrolled, keep their own movement.
    // React hands on touches of sheets that lie elsewhere in the page.
    const outside = !event.currentTarget.contains(event.target as Node);
    const own = (event.target as Element).closest<HTMLElement>("[role=slider], [data-scrolls]");
    start.current = touch && event.touches.length === 1 && !outside && !(own && (own.matches("[role=slider]") || own.scrollTop > 0)) ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null;
  };
  const onTouchMove = (event: TouchEvent): void => {
    const touch = event.touches[0];
    if (!touch || !start.current) return;
    const down = touch.clientY - start.current.y;
    if (down < 8 && Math.abs(touch.clientX - start.current.x) > 12) {
      start.current = null;
      moveTo(0);
      return;
    }
    moveTo(down > 8 ? down - 8 : 0);
  };
  const onTouchEnd = (event: TouchEvent): void => {
    const touch = event.changedTouches[0];
    const from = start.current;
    start.current = null;
    if (!touch || !from) return;
    const down = touch.clientY - from.y;
    const pull = down > 40 && down / Math.max(1, event.timeStamp - from.at) > quick;
    if (down > far || pull) onClose();
    else moveTo(0);
  };
  return { sheet, handlers: { onTouchStart, onTouchMove, onTouchEnd, onTouchCancel: () => moveTo(0) } };
}
