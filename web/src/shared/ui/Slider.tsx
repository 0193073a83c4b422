import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";

interface SliderProps {
  label: string;
  value: number;
  max: number;
  step: number;
  bigStep: number;
  /** What a screen reader says, e.g. "2:15 of 5:21". */
  text: string;
  /** While dragging: only shown. On release: done. */
  onPreview?: (value: number | null) => void;
  onChange: (value: number) => void;
  accent?: boolean;
  disabled?: boolean;
  /** The words for the value while it is dragged. */
  say?: (value: number) => string;
  /** Shown above the place the pointer is at. */
  tip?: (value: number) => string;
  /** Percent that is loaded. */
  loaded?: number;
  /** A drawing in place of the line (a waveform); it reads --v and --b. */
  children?: ReactNode;
}

/** A bar of 4 px on a touch surface of 20 or more; arrows step, Page steps big, Home and End go to the ends. */
export function Slider({ label, value, max, step, bigStep, text, onPreview, onChange, accent, disabled, say, tip, loaded, children }: SliderProps) {
  const rail = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<number | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const shown = Math.min(drag ?? value, max);
  const percent = max > 0 ? (shown / max) * 100 : 0;

  const at = (event: PointerEvent): number => {
    const box = rail.current?.getBoundingClientRect();
    if (!box || box.width === 0) return value;
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * max;
  };
  const preview = (next: number | null): void => {
    setDrag(next);
    onPreview?.(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to: Record<string, number> = {
      ArrowRight: value + step,
      ArrowUp: value + step,
      ArrowLeft: value - step,
      ArrowDown: value - step,
      PageUp: value + bigStep,
      PageDown: value - bigStep,
      Home: 0,
      End: max,
    };
    const next = to[event.key];
    if (next === undefined || disabled) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(Math.min(max, Math.max(0, next)));
  };

  return (
    <div
      ref={rail}
      className={children ? "slider wave" : "slider"}
      role="slider"
      tabIndex={disabled ? -1 : 0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(max * 100) / 100}
      aria-valuenow={Math.round(shown * 100) / 100}
      aria-valuetext={drag !== null && say ? say(drag) : text}
      aria-disabled={disabled || undefined}
      data-accent-fill={accent || undefined}
      style={{ ["--v" as string]: `${percent}%`, ...(loaded === undefined ? {} : { ["--b" as string]: `${Math.max(percent, loaded)}%` }) }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (disabled || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        preview(at(event));
      }}
      onPointerMove={(event) => {
        if (drag !== null) preview(at(event));
        if (tip && !disabled && (drag !== null || event.pointerType === "mouse")) setPointed(at(event));
      }}
      onPointerLeave={() => setPointed(null)}
      onPointerUp={(event) => {
        if (drag === null) return;
        onChange(at(event));
        preview(null);
        if (event.pointerType !== "mouse") setPointed(null);
      }}
      onPointerCancel={() => {
        preview(null);
        setPointed(null);
      }}
    >
      {children}
      {tip && pointed !== null && max > 0 && (
        <span className="tip slider-tip num" style={{ left: `${(pointed / max) * 100}%` }} aria-hidden="true">
          {tip(pointed)}
        </span>
      )}
    </div>
  );
}
