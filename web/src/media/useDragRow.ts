import { useCallback, useRef, useState, type PointerEvent } from "react";

interface Drag {
  uid: number;
  from: number;
  dy: number;
}

/** A row lifted by its handle follows the pointer; the others make room. */
export function useDragRow(height: number, drop: (uid: number, to: number) => void) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const live = useRef<Drag | null>(null);
  const to = drag ? drag.from + Math.round(drag.dy / height) : 0;

  const start = useCallback(
    (event: PointerEvent<HTMLElement>, uid: number, from: number) => {
      if (event.button !== 0) return;
      event.preventDefault();
      const handle = event.currentTarget;
      const startY = event.clientY;
      handle.setPointerCapture(event.pointerId);
      const set = (value: Drag | null): void => {
        live.current = value;
        setDrag(value);
      };
      set({ uid, from, dy: 0 });
      const move = (next: globalThis.PointerEvent): void => set({ uid, from, dy: next.clientY - startY });
      const end = (done: boolean) => (): void => {
        handle.removeEventListener("pointermove", move);
        const last = live.current;
        set(null);
        if (done && last) {
          const target = last.from + Math.round(last.dy / height);
          if (target !== last.from) drop(uid, Math.max(0, target));
        }
      };
      handle.addEventListener("pointermove", move);
      handle.addEventListener("pointerup", end(true), { once: true });
      handle.addEventListener("pointercancel", end(false), { once: true });
    },
    [height, drop],
  );

  const offsetOf = (uid: number, index: number): number => {
    if (!drag) return 0;
    if (uid === drag.uid) return drag.dy;
    if (index > drag.from && index <= to) return -height;
    if (index < drag.from && index >= to) return height;
    return 0;
  };
  return { uid: drag?.uid ?? null, start, offsetOf };
}
