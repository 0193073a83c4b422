import { bandsHz, maxGainDb, responseDb } from "@/player/sound/equaliser";

/** Half of the drawn height, in dB: room above the sliders for what neighbours add up to. */
export const span = 18;
const width = 1000;
const height = 360;

/** An octave a column, so that each band sits in the middle of its own. */
const columns = bandsHz.length;
const points = Array.from({ length: 241 }, (_, i) => i / 240);
const hzAt = (share: number): number => 1000 * 2 ** (share * columns - 5.5);
const y = (db: number): number => ((span - Math.min(span, Math.max(-span, db))) / (2 * span)) * height;
const path = (values: readonly number[]): string => values.map((db, i) => `${i === 0 ? "M" : "L"}${((points[i] ?? 0) * width).toFixed(1)} ${y(db).toFixed(2)}`).join("");

interface CurveProps {
  gainsDb: readonly number[];
  sampleRate: number;
  /** The ways of the sliders, under the curve. */
  rails?: boolean;
  /** Drawn beside it: what an import asks for. */
  target?: (hz: number) => number;
}

/** The summed response of all bands. It is decoration for a screen reader: the sliders and the sentence say the same. */
export function Curve({ gainsDb, sampleRate, rails, target }: CurveProps) {
  const heard = points.map(hzAt).map((hz) => Math.min(hz, sampleRate * 0.499));
  const line = path(responseDb(heard, gainsDb, 0, sampleRate));
  return (
    <svg className="eq-curve" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {[12, 6, 0, -6, -12].map((db) => (
        <path key={db} className={db === 0 ? "eq-zero" : undefined} d={`M0 ${y(db)}H${width}`} />
      ))}
      {rails && <path d={bandsHz.map((_, band) => `M${((band + 0.5) / columns) * width} ${y(maxGainDb)}V${y(-maxGainDb)}`).join("")} />}
      <path className="eq-area" d={`${line}V${y(0)}H0Z`} />
      {target && <path className="eq-target" d={path(points.map((share) => target(hzAt(share))))} />}
      <path className="eq-line" d={line} />
    </svg>
  );
}
