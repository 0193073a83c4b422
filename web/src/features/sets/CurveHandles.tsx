import { i18n } from "@lingui/core";
import { useId, useRef, type KeyboardEvent, type PointerEvent } from "react";
import { announce } from "@/shared/ui/a11y";
import { usePhone } from "@/shared/hooks/useMedia";
import { Button, IconButton } from "@/shared/ui/Button";
import { addPoint, dropPoint, energyY, levelAt, movePoint, xOfShare, type Frame, type Point, type SlotShape } from "./shapes";

interface HandlesProps {
  points: readonly Point[];
  shapes: readonly SlotShape[];
  frame: Frame;
  shareOf: (x: number) => number;
  /** What the curve is about, in words. */
  about: string;
  onDraw: (points: Point[], done: boolean) => void;
}
const small = 0.02;
const big = 0.1;
const words = ([share, level]: Point, what: string): string => i18n.t("At {share} % of the set, {what} {level} of 100", { share: Math.round(share * 100), what, level: Math.round(level * 100) });

/** The curve is drawn by its handles: dragged, or moved with the arrow keys. Delete takes one away; Insert, a double click on the graph or the button makes one. */
export function CurveHandles({ points, shapes, frame, shareOf, about, onDraw }: HandlesProps) {
  const phone = usePhone();
  const help = useId();
  const plate = useRef<HTMLDivElement>(null);
  const dragging = useRef<number | null>(null);
  const focus = (index: number): void => void requestAnimationFrame(() => plate.current?.querySelector<HTMLElement>(`[data-handle="${index}"]`)?.focus());

  const place = (event: { clientX: number; clientY: number }): { share: number; level: number } => {
    const box = plate.current?.getBoundingClientRect();
    return { share: shareOf(event.clientX - (box?.left ?? 0)), level: levelAt(frame, event.clientY - (box?.top ?? 0)) };
  };
  const move = (event: PointerEvent, done: boolean): void => {
    const index = dragging.current;
    if (index === null) return;
    const { share, level } = place(event);
    onDraw(movePoint(points, index, share, level), done);
    if (done) dragging.current = null;
  };
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const [share, level] = points[index] ?? [0, 0];
    if (event.key === "Insert" || event.key === "+") {
      event.preventDefault();
      event.stopPropagation();
      const to = points[index + 1] ?? points[index - 1];
      return add(to ? (share + to[0]) / 2 : undefined);
    }
    const by = event.shiftKey ? big : small;
    const to: Record<string, () => Point[]> = {
      ArrowUp: () => movePoint(points, index, share, level + by),
      ArrowDown: () => movePoint(points, index, share, level - by),
      PageUp: () => movePoint(points, index, share, level + big),
      PageDown: () => movePoint(points, index, share, level - big),
      ArrowRight: () => movePoint(points, index, share + by, level),
      ArrowLeft: () => movePoint(points, index, share - by, level),
      Home: () => movePoint(points, index, share, 0),
      End: () => movePoint(points, index, share, 1),
      Delete: () => dropPoint(points, index),
      Backspace: () => dropPoint(points, index),
    };
    const next = to[event.key]?.();
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    onDraw(next, true);
    if (next.length < points.length) {
      announce(i18n.t("Handle removed"));
      focus(Math.max(0, index - 1));
    }
  };
  const add = (share?: number, level?: number): void => {
    const made = addPoint(points, share, level);
    if (!made) return announce(i18n.t("There is no room for another handle here"));
    announce(i18n.t("Handle added"));
    onDraw(made.points, true);
    focus(made.index);
  };
  return (
    // A double click is a shortcut for the button "Add a handle".
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={plate}
      className="dj-handles"
      onClick={(event) => event.stopPropagation()}
      onKeyDown={undefined}
      onDoubleClick={(event) => {
        if ((event.target as Element).closest("[data-handle]")) return;
        const { share, level } = place(event);
        add(share, level);
      }}
    >
      {points.map((point, index) => (
        <span
          // Handles are told apart by their order alone.
          key={index}
          className="dj-handle"
          role="slider"
          tabIndex={0}
          data-handle={index}
          aria-label={i18n.t("Curve, handle {n} of {count}", { n: index + 1, count: points.length })}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(point[1] * 100)}
          aria-valuetext={words(point, about)}
          aria-describedby={help}
          aria-orientation="vertical"
          style={{ left: xOfShare(shapes, frame, point[0]), top: energyY(frame, point[1]) }}
          onKeyDown={(event) => onKeyDown(event, index)}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            dragging.current = index;
            event.currentTarget.setPointerCapture(event.pointerId);
            event.currentTarget.focus();
          }}
          onPointerMove={(event) => move(event, false)}
          onPointerUp={(event) => move(event, true)}
          onPointerCancel={() => (dragging.current = null)}
        />
      ))}
      <p id={help} hidden>
        {i18n.t("Arrow keys move it, with Shift further. Insert adds a handle beside it, Delete takes it away.")}
      </p>
      {phone ? (
        <IconButton icon="plus" className="dj-add-handle" label={i18n.t("Add a handle")} onClick={() => add()} />
      ) : (
        <Button size="s" kind="quiet" icon="plus" className="dj-add-handle" onClick={() => add()}>
          {i18n.t("Add a handle")}
        </Button>
      )}
    </div>
  );
}
