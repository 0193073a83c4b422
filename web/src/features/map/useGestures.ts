import { useEffect, useRef, type RefObject } from "react";
import type { Spot } from "./camera";
import { thinned } from "./places";
import type { Stage } from "./stage";

export type Tool = "move" | "lasso" | "path";
export interface GestureNeeds {
  tool: Tool;
  onHover: (spot: Spot | null) => void;
  onTap: (spot: Spot, by: "mouse" | "touch") => void;
  onTwice: (spot: Spot) => void;
  /** While drawn: the line so far, in map units. null = given up. */
  onLine: (line: readonly Spot[] | null) => void;
  onLasso: (line: readonly Spot[]) => void;
}

const still = 5;
const twiceMs = 320;
const leastStep = 4;
const shortest = 30;

/** Mouse, pen and fingers. One finger moves or draws, two zoom; the wheel zooms to where it is. */
export function useGestures(box: RefObject<HTMLElement | null>, stage: Stage, needs: GestureNeeds): void {
  const latest = useRef(needs);
  useEffect(() => {
    latest.current = needs;
  });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const down = new Map<number, Spot>();
    let from: Spot | null = null;
    let moved = false;
    let line: Spot[] | null = null;
    let lastTap = { at: 0, x: 0, y: 0 };

    const spotOf = (event: PointerEvent | WheelEvent): Spot => {
      const { left, top } = element.getBoundingClientRect();
      return { x: event.clientX - left, y: event.clientY - top };
    };
    const drop = (): void => {
      if (line) latest.current.onLine(null);
      line = null;
    };
    const onDown = (event: PointerEvent): void => {
      if (event.button > 0 || (event.target as Element).closest("[data-over]")) return;
      const spot = spotOf(event);
      element.setPointerCapture(event.pointerId);
      down.set(event.pointerId, spot);
      latest.current.onHover(null);
      if (down.size > 1) {
        drop();
        moved = true;
        return;
      }
      [from, moved] = [spot, false];
      if (latest.current.tool === "lasso" || event.shiftKey) line = [spot];
    };
    const pinch = (before: readonly Spot[], after: readonly Spot[]): void => {
      const [a, b] = before;
      const [c, d] = after;
      if (!a || !b || !c || !d) return;
      const middle = { x: (c.x + d.x) / 2, y: (c.y + d.y) / 2 };
      stage.pan(middle.x - (a.x + b.x) / 2, middle.y - (a.y + b.y) / 2);
      const far = Math.hypot(a.x - b.x, a.y - b.y);
      if (far > 0) stage.zoom(Math.hypot(c.x - d.x, c.y - d.y) / far, middle);
    };
    const onMove = (event: PointerEvent): void => {
      const spot = spotOf(event);
      const before = down.get(event.pointerId);
      if (!before) {
        if (event.pointerType === "mouse") latest.current.onHover((event.target as Element).closest("[data-over]") ? null : spot);
        return;
      }
      if (from && Math.hypot(spot.x - from.x, spot.y - from.y) > still) moved = true;
      if (down.size > 1) {
        const ids = [...down.keys()].slice(0, 2);
        const old = ids.map((id) => down.get(id) ?? spot);
        down.set(event.pointerId, spot);
        return pinch(old, ids.map((id) => down.get(id) ?? spot));
      }
      down.set(event.pointerId, spot);
      if (line) {
        line = thinned([...line, spot], leastStep);
        if (moved) latest.current.onLine(line.map(stage.placeAt));
      } else if (moved) stage.pan(spot.x - before.x, spot.y - before.y);
    };
    const onUp = (event: PointerEvent): void => {
      if (!down.delete(event.pointerId) || down.size > 0) return;
      const spot = spotOf(event);
      const drawn = line;
      line = null;
      if (event.type === "pointercancel") return void (drawn && latest.current.onLine(null));
      if (moved && drawn) {
        const round = drawn.reduce((sum, one, i) => sum + Math.hypot(one.x - (drawn[i - 1] ?? one).x, one.y - (drawn[i - 1] ?? one).y), 0);
        if (round < shortest) latest.current.onLine(null);
        else latest.current.onLasso(drawn.map(stage.placeAt));
        return;
      }
      if (moved) return;
      const twice = event.timeStamp - lastTap.at < twiceMs && Math.hypot(spot.x - lastTap.x, spot.y - lastTap.y) < 24;
      lastTap = twice ? { at: 0, x: 0, y: 0 } : { at: event.timeStamp, ...spot };
      if (twice) latest.current.onTwice(spot);
      else latest.current.onTap(spot, event.pointerType === "mouse" ? "mouse" : "touch");
    };
    const onWheel = (event: WheelEvent): void => {
      if ((event.target as Element).closest("[data-over]")) return;
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 18 : 1;
      const by = Math.max(-240, Math.min(240, event.deltaY * lines));
      stage.zoom(Math.exp(-by * (event.ctrlKey ? 0.01 : 0.0022)), spotOf(event));
    };
    const onLeave = (): void => latest.current.onHover(null);
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerup", onUp);
    element.addEventListener("pointercancel", onUp);
    element.addEventListener("pointerleave", onLeave);
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerup", onUp);
      element.removeEventListener("pointercancel", onUp);
      element.removeEventListener("pointerleave", onLeave);
      element.removeEventListener("wheel", onWheel);
    };
  }, [box, stage]);
}
