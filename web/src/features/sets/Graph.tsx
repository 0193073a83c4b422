import { i18n } from "@lingui/core";
import { useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type MouseEvent } from "react";
import { keyName } from "@/shared/lib/musicalKey";
import { gradeOf } from "@/shared/lib/joints";
import { usePhone } from "@/shared/hooks/useMedia";
import { CurveHandles } from "./CurveHandles";
import { GraphLegend, type About } from "./GraphLegend";
import type { Order } from "./order";
import { areaPath, crowded, curveLine, energyLine, keysY, linePath, narrow, roomFor, runOf, shareAt, slotShapes, tempoLine, type Frame, type Point, type SlotShape } from "./shapes";
import { useTravel } from "./travel";
import { levelWords } from "./words";

/** What is chosen: a slot, and the joint into or out of it (the joint at i leads from i to i + 1). */
export interface Selection {
  readonly slot: number;
  readonly joint: number | null;
}

interface GraphProps {
  order: Order;
  points: readonly Point[];
  selection: Selection | null;
  onSelect: (selection: Selection) => void;
  /** Handles to draw the curve with. */
  drawing: boolean;
  onDraw: (points: Point[], done: boolean) => void;
  minutes: number;
  /** What the curve is about, and what else it could be. */
  about: About;
}

const tall = { wide: 216, narrow: 190 } as const;
const labelRoom = 34;
const keyRoom = 26;
const hit = 14;
/** Slots narrower than this, and the dots of their joints would touch. */
const densest = 10;

/** Tempo, energy and keys over time. The list beneath says the same in words. */
export function Graph({ order, points, selection, onSelect, drawing, onDraw, minutes, about }: GraphProps) {
  const phone = usePhone();
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const frame = useMemo<Frame>(() => ({ width: Math.max(1, width), height: phone ? tall.narrow : tall.wide }), [width, phone]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => setWidth(element.clientWidth);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const shapes = useMemo(() => slotShapes(order, frame), [order, frame]);
  const lines = useMemo(() => [tempoLine(shapes, frame), energyLine(shapes, frame, (i) => shapes[i]?.level ?? null), curveLine(points, shapes, frame)], [shapes, points, frame]);
  const tempo = useRef<SVGPathElement>(null);
  const area = useRef<SVGPathElement>(null);
  const curve = useRef<SVGPathElement>(null);
  useTravel(lines, frame, (now) => {
    const [a = [], b = [], c = []] = now;
    tempo.current?.setAttribute("d", shapes.length > 0 ? linePath(a, frame) : "");
    area.current?.setAttribute("d", shapes.length > 0 ? areaPath(b, frame) : "");
    curve.current?.setAttribute("d", linePath(c, frame));
  });

  const dense = crowded(shapes, frame, densest);
  const chosen = selection && shapes[selection.slot];
  const onClick = (event: MouseEvent): void => {
    const rect = box.current?.getBoundingClientRect();
    if (!rect || shapes.length === 0) return;
    const x = event.clientX - rect.left;
    const slot = shapes.findIndex((shape) => x <= shape.x1);
    const joint = shapes.findIndex((shape, i) => i < shapes.length - 1 && Math.abs(shape.x1 - x) < Math.min(hit, (shape.x1 - shape.x0) / 3));
    const at = slot < 0 ? shapes.length - 1 : slot;
    onSelect(joint >= 0 ? { slot: joint + 1, joint } : { slot: at, joint: at > 0 ? at - 1 : shapes.length > 1 ? 0 : null });
  };
  return (
    <section className="dj-graph" aria-label={i18n.t("Set over time")}>
      <GraphLegend about={about} known={shapes.filter((shape) => shape.level !== null).length} count={shapes.length} />
      {/* A shortcut for the pointer: the rows beneath can be chosen with the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div ref={box} className="dj-canvas" style={{ height: frame.height }} onClick={onClick}>
        <svg width={frame.width} height={frame.height} role="img" aria-label={summary(order, points, minutes, about.of)}>
          {chosen && <rect className="dj-chosen" style={{ transform: `translate(${chosen.x0}px, 0)`, width: chosen.x1 - chosen.x0 }} height={frame.height} rx={6} />}
          <path ref={area} className="dj-area" />
          <path ref={curve} className="dj-curve" />
          <path ref={tempo} className="dj-tempo" />
          {shapes.slice(0, -1).map((shape, i) => {
            const [weak, on] = [(order.joints[i]?.score ?? 100) < 60, selection?.joint === i];
            // Of very many joints only those are marked that something is to be said of.
            if (dense && !weak && !on) return null;
            return <Joint key={`joint-${i}`} x={shape.x1} y={(shape.y + (shapes[i + 1]?.y ?? shape.y)) / 2} weak={weak} on={on} small={dense} />;
          })}
          {labels(shapes, order, frame)}
        </svg>
        {drawing && <CurveHandles points={points} shapes={shapes} frame={frame} onDraw={onDraw} about={levelWords(about.of)} shareOf={(x) => shareAt(shapes, frame, x)} />}
      </div>
    </section>
  );
}

const at = (x: number, y: number): CSSProperties => ({ transform: `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)` });

function Joint({ x, y, weak, on, small }: { x: number; y: number; weak: boolean; on: boolean; small: boolean }) {
  return (
    <g className="dj-joint" style={at(x, y)} data-weak={weak || undefined} data-on={on || undefined}>
      <circle className="dj-halo" r={small && !on ? 0 : 9} />
      <circle className="dj-dot" r={weak && (on || !small) ? 5 : 3.5} />
    </g>
  );
}

/** Tempos above, keys beneath, as many as have room; each travels with its track. Where slots are narrower than a number,
 *  the tempos stand in one line on top. */
function labels(shapes: readonly SlotShape[], order: Order, frame: Frame) {
  const isCrowded = crowded(shapes, frame);
  const clashes = shapes.map((_shape, i) => {
    const joints = [order.joints[i - 1], order.joints[i]];
    return joints.some((joint) => joint && gradeOf(joint.score) === "weak" && joint.compatible === false) && joints.every((joint) => !joint || joint.compatible === false);
  });
  const tempos = roomFor(shapes, labelRoom, (shape) => shape.mid > 12 && shape.mid < frame.width - 12 && (isCrowded || shape.x1 - shape.x0 >= narrow));
  // What clashes is written first, the others where there is room left.
  const weak = roomFor(shapes, keyRoom, (_shape, i) => clashes[i] === true);
  const keys = roomFor(shapes, labelRoom, (_shape, i) => clashes[i] !== true, weak);
  return shapes.map((shape, i) => (
    <g key={shape.id} className="dj-labels">
      {tempos.has(i) && (
        <text style={at(shape.mid, isCrowded ? 12 : shape.y - 9)} textAnchor="middle">
          {shape.bpm === null ? "–" : Math.round(shape.bpm)}
        </text>
      )}
      {keys.has(i) && (
        <text style={at(shape.mid, keysY(frame))} textAnchor="middle" data-weak={clashes[i] || undefined}>
          {order.slots[i]?.track?.camelot ?? "–"}
        </text>
      )}
    </g>
  ));
}

const percent = (share: number): number => Math.round(share * 100);

function summary(order: Order, points: readonly Point[], minutes: number, of: string): string {
  const { low, high, keys, weak } = runOf(order);
  const n = order.slots.length;
  const parts = [i18n.t("{n, plural, one {# track} other {# tracks}} over {minutes} minutes.", { n, minutes: Math.round(minutes) })];
  if (low !== null && high !== null) parts.push(i18n.t("Tempo from {low} to {high} BPM.", { low: Math.round(low), high: Math.round(high) }));
  const [first, last] = [keys[0], keys.at(-1)];
  if (first && last && n > 1) parts.push(i18n.t("Keys from {first} to {last}.", { first: keyName(first), last: keyName(last) }));
  const [from, to] = [points[0], points.at(-1)];
  const top = points.reduce((best, point) => (point[1] > best[1] ? point : best), from ?? [0, 0]);
  if (from && to) parts.push(i18n.t("Your curve of {what} begins at {from}, is highest at {top} after {share} % and ends at {to} of 100.", { what: levelWords(of), from: percent(from[1]), top: percent(top[1]), share: percent(top[0]), to: percent(to[1]) }));
  if (weak.length > 0) parts.push(i18n.t("{n, plural, one {The joint after track {places} is weak.} other {The joints after tracks {places} are weak.}}", { n: weak.length, places: new Intl.ListFormat(i18n.locale).format(weak.map((place) => String(place + 1))) }));
  else if (n > 1) parts.push(i18n.t("No joint is weak."));
  return parts.join(" ");
}
