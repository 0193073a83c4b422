import { useEffect, useRef } from "react";
import type { Spot } from "./camera";
import type { Stage } from "./stage";

const drawn = (line: readonly Spot[]): string => line.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x.toFixed(5)} ${y.toFixed(5)}`).join("");

/** A line through all places, without corners. */
function smooth(line: readonly Spot[]): string {
  const at = (i: number): Spot => line[Math.min(line.length - 1, Math.max(0, i))] ?? { x: 0, y: 0 };
  return line
    .map((spot, i) => {
      if (i === 0) return `M${spot.x.toFixed(5)} ${spot.y.toFixed(5)}`;
      const [before, from, after] = [at(i - 2), at(i - 1), at(i + 1)];
      const lead = { x: from.x + (spot.x - before.x) / 6, y: from.y + (spot.y - before.y) / 6 };
      const tail = { x: spot.x - (after.x - from.x) / 6, y: spot.y - (after.y - from.y) / 6 };
      return `C${[lead, tail, spot].map(({ x, y }) => `${x.toFixed(5)} ${y.toFixed(5)}`).join(" ")}`;
    })
    .join("");
}

/** What is drawn over the points in map units: the lasso, and the way between two tracks. */
export function Lines({ stage, lasso, path }: { stage: Stage; lasso: readonly Spot[] | null; path: readonly Spot[] | undefined }) {
  const group = useRef<SVGGElement>(null);
  useEffect(() => {
    stage.setLines(group.current);
    return () => stage.setLines(null);
  }, [stage]);
  useEffect(() => stage.draw(), [stage, lasso, path]);
  return (
    <svg className="map-lines" aria-hidden="true">
      <g ref={group}>
        {lasso && <path className="map-lasso" d={`${drawn(lasso)}Z`} />}
        {path && path.length > 1 && <path className="map-path" d={smooth(path)} />}
        {path?.map(({ x, y }, i) => <path key={i} className="map-stop" d={`M${x} ${y}h0`} />)}
      </g>
    </svg>
  );
}
