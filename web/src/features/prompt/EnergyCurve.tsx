import { i18n } from "@lingui/core";
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { usePhone } from "@/shared/hooks/useMedia";
import type { PromptMade } from "@/shared/api/types";
import { clock, length } from "@/shared/lib/format";
import { handles, meanError, moved, shareOf, ticks, xOf, type Point } from "./shape";
import { useWidth } from "./useWidth";

interface CurveProps {
  made: PromptMade;
  /** The row that the pointer is over, and the bar. */
  marked: number | null;
  onMark: (index: number | null) => void;
  onDraw: (points: Point[]) => void;
}
const tall = { wide: 128, narrow: 96 } as const;
const top = 8;
const waitForKeys = 600;

/** What was asked (line, with handles) against what was found (a bar a track). The list beneath says the same in words. */
export function EnergyCurve({ made, marked, onMark, onDraw }: CurveProps) {
  const phone = usePhone();
  const { box, width } = useWidth();
  const height = phone ? tall.narrow : tall.wide;
  const plate = useRef<HTMLDivElement>(null);
  // What the server answers takes the place of what was drawn by hand.
  const [byHand, setByHand] = useState<{ over: unknown; points: Point[] } | null>(null);
  const dragging = useRef<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const own = made.curve.points;
  const setDrawn = (points: Point[]): void => setByHand({ over: own, points });
  useEffect(() => () => clearTimeout(timer.current), []);

  const points = byHand?.over === own ? byHand.points : handles(own);
  const count = Math.max(1, made.tracks.length);
  const x = (share: number): number => xOf(share, count) * width;
  const y = (level: number): number => top + (1 - level) * (height - top - 4);
  const slot = width / count;
  const gap = slot > 12 ? 3 : slot > 5 ? 1.5 : 0.5;
  const line = points.map(([share, level], i) => `${i ? "L" : "M"}${x(share).toFixed(1)} ${y(level).toFixed(1)}`).join("");
  const first = points[0]?.[1] ?? 0;
  const last = points.at(-1)?.[1] ?? 0;
  const path = points.length > 0 ? `M0 ${y(first).toFixed(1)}${line.replace("M", "L")}L${width} ${y(last).toFixed(1)}` : "";

  const at = (event: PointerEvent): { share: number; level: number } => {
    const rect = plate.current?.getBoundingClientRect();
    if (!rect || rect.width === 0) return { share: 0, level: 0 };
    return { share: shareOf((event.clientX - rect.left) / rect.width, count), level: 1 - (event.clientY - rect.top - top) / (height - top - 4) };
  };
  const drag = (event: PointerEvent, done: boolean): void => {
    if (dragging.current === null) return;
    const { share, level } = at(event);
    const next = moved(points, dragging.current, share, level);
    setDrawn(next);
    if (!done) return;
    dragging.current = null;
    onDraw(next);
  };
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const [share, level] = points[index] ?? [0, 0];
    const step = event.shiftKey ? 0.1 : 0.05;
    const to: Record<string, readonly [number, number]> = {
      ArrowUp: [share, level + step],
      ArrowDown: [share, level - step],
      ArrowRight: [share + step, level],
      ArrowLeft: [share - step, level],
      PageUp: [share, level + 0.2],
      PageDown: [share, level - 0.2],
      Home: [share, 0],
      End: [share, 1],
    };
    const place = to[event.key];
    if (!place) return;
    event.preventDefault();
    event.stopPropagation();
    const next = moved(points, index, ...place);
    setDrawn(next);
    // Several presses are one change.
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onDraw(next), waitForKeys);
  };
  const error = meanError(made.tracks);
  const about = error === null ? i18n.t("Energy is not known yet") : i18n.t("Energy from {first} to {last} of 100 asked; {count, plural, one {# track follows} other {# tracks follow}} it with a mean error of {error}", { first: Math.round(first * 100), last: Math.round(last * 100), count: made.tracks.length, error: Math.round(error * 100) });
  return (
    <div ref={box} className="prompt-curve">
      <div ref={plate} className="prompt-plate" style={{ height }} onPointerLeave={() => onMark(null)}>
        <svg width={width} height={height} role="img" aria-label={about}>
          {made.tracks.map((item, i) => {
            const level = item.level ?? 0;
            const rise = item.level === null ? 3 : Math.max(4, height - y(level));
            return <rect key={item.track.id} className="prompt-bar" data-marked={marked === i || undefined} data-unknown={item.level === null || undefined} x={i * slot + gap / 2} y={height - rise} width={Math.max(1, slot - gap)} height={rise} rx={Math.min(2, slot / 4)} onPointerEnter={() => onMark(i)} />;
          })}
          <path d={path} className="prompt-line" />
        </svg>
        {made.tracks.length > 0 &&
          points.map(([share, level], index) => (
            <span
              // Handles are told apart by their order alone.
              key={index}
              className="prompt-handle"
              role="slider"
              tabIndex={0}
              aria-label={i18n.t("Curve, handle {n} of {count}", { n: index + 1, count: points.length })}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={Math.round(level * 100)}
              aria-valuetext={i18n.t("Energy {level} of 100 at {share} % of the list", { level: Math.round(level * 100), share: Math.round(share * 100) })}
              aria-orientation="vertical"
              style={{ left: x(share), top: y(level) }}
              onKeyDown={(event) => onKeyDown(event, index)}
              onPointerDown={(event) => {
                if (event.button !== 0) return;
                event.preventDefault();
                dragging.current = index;
                event.currentTarget.setPointerCapture(event.pointerId);
                event.currentTarget.focus();
              }}
              onPointerMove={(event) => drag(event, false)}
              onPointerUp={(event) => drag(event, true)}
              onPointerCancel={() => {
                dragging.current = null;
                setByHand(null);
              }}
            />
          ))}
      </div>
      <div className="prompt-times t-12 t-3 num" aria-hidden="true">
        {ticks(made.duration_s).map((second, i) => (
          <span key={second} data-inner={i > 0 || undefined} style={{ left: `${made.duration_s > 0 ? (second / made.duration_s) * 100 : 0}%` }}>
            {clock(second)}
          </span>
        ))}
        <span className="prompt-end">{length(made.duration_s)}</span>
      </div>
    </div>
  );
}
