import { useRef, useState, type PointerEvent } from "react";
import { groupHolding, isGroup, moved, type EditGroup, type EditPart } from "@/media/rules/rule";

export interface Drop {
  id: string;
  side: "before" | "after" | "inside";
}

const find = (group: EditGroup, id: string): EditPart | null => (group.id === id ? group : (groupHolding(group, id)?.parts.find((part) => part.id === id) ?? null));

/** Where a part goes that is let go at this height over another one: a group takes it in, except at its edges. */
function dropAt(top: EditGroup, dragged: string, x: number, y: number): Drop | null {
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-part]");
  const id = element?.dataset["part"];
  if (!element || !id || id === dragged) return null;
  const own = find(top, dragged);
  if (own && isGroup(own) && find(own, id)) return null;
  const over = find(top, id);
  if (!over) return null;
  const { top: upper, height } = element.getBoundingClientRect();
  const share = (y - upper) / height;
  if (!isGroup(over)) return { id, side: share < 0.5 ? "before" : "after" };
  if (over.id === top.id || (share > 0.2 && share < 0.8)) return { id, side: "inside" };
  return { id, side: share < 0.5 ? "before" : "after" };
}

export function droppedAt(top: EditGroup, id: string, drop: Drop): EditGroup {
  if (drop.side === "inside") {
    const into = find(top, drop.id);
    return into && isGroup(into) ? moved(top, id, into.id, into.parts.length) : top;
  }
  const holder = groupHolding(top, drop.id);
  if (!holder) return top;
  const place = holder.parts.findIndex((part) => part.id === drop.id);
  return moved(top, id, holder.id, drop.side === "before" ? place : place + 1);
}

/** A line or group is dragged by its grip; a mark shows where it would go. */
export function useDragPart(top: EditGroup, let_go: (id: string, drop: Drop) => void) {
  const [drag, setDrag] = useState<{ id: string; drop: Drop | null } | null>(null);
  const last = useRef<Drop | null>(null);
  const grip = (event: PointerEvent<HTMLElement>, id: string): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const over = (next: globalThis.PointerEvent): void => {
      last.current = dropAt(top, id, next.clientX, next.clientY);
      setDrag({ id, drop: last.current });
    };
    const end = (done: boolean) => (): void => {
      handle.removeEventListener("pointermove", over);
      setDrag(null);
      if (done && last.current) let_go(id, last.current);
      last.current = null;
    };
    setDrag({ id, drop: null });
    handle.addEventListener("pointermove", over);
    handle.addEventListener("pointerup", end(true), { once: true });
    handle.addEventListener("pointercancel", end(false), { once: true });
  };
  return { grip, dragged: drag?.id ?? null, drop: drag?.drop ?? null };
}
