import { css, plane, sharpness, type Painter } from "./painter";
import { stillBands } from "./spectrum";

const rows = 24;
const points = 96;
const newRowEvery = 0.12;
const reach = 0.085;
const floor = 0.42;

/** Bass in the middle, treble towards both edges, quiet at the edges; every other row a little aside, so that it is land and no graph. */
export function ridgeHeight(bands: Float32Array, x: number, row: number): number {
  const away = Math.abs(x - 0.5 + 0.07 * Math.sin(row * 1.7)) * 2;
  const at = Math.min(1, away) * (bands.length - 1) * 0.8;
  const low = Math.floor(at);
  const between = (bands[low] ?? 0) * (1 - (at - low)) + (bands[low + 1] ?? 0) * (at - low);
  const window = Math.sin(Math.PI * Math.min(1, Math.max(0, x))) ** 0.8;
  return between * window * (0.75 + 0.25 * Math.sin(x * 40 + row * 2.1));
}

/** What was heard travels upwards, line by line. */
export function ridges(canvas: HTMLCanvasElement): Painter {
  const context = plane(canvas);
  const land = Array.from({ length: rows }, () => new Float32Array(points));
  let newest = 0;
  let count = 0;
  let since = 0;
  let begun = false;
  const calm = new Float32Array(64);
  stillBands("land", calm);
  return {
    scale: sharpness(),
    draw({ bands, colours, passed, still }, width, height) {
      since += passed;
      // A still picture has all its rows at once; a moving one begins with calm land, not with ruled paper.
      const whole = still || !begun;
      const due = whole ? rows : since >= newRowEvery ? 1 : 0;
      begun = true;
      for (let made = 0; made < due; made += 1) {
        since = whole ? 0 : since % newRowEvery;
        newest = (newest + 1) % rows;
        count += 1;
        const row = land[newest] as Float32Array;
        const fade = whole ? 0.35 + 0.65 * Math.sin((made / rows) * Math.PI) : 1;
        for (let at = 0; at < points; at += 1) row[at] = ridgeHeight(still || !whole ? bands : calm, at / (points - 1), count) * fade;
      }
      context.clearRect(0, 0, width, height);
      context.lineWidth = Math.max(1, width / 1366);
      context.lineJoin = "round";
      const gap = (height * floor) / rows;
      const moved = since / newRowEvery;
      const step = width / (points - 1);
      for (let back = rows - 1; back >= 0; back -= 1) {
        const row = land[(newest - back + rows) % rows] as Float32Array;
        const depth = (back + moved) / rows;
        const base = height - (back + moved - 0.5) * gap;
        context.strokeStyle = css(colours.accent, 0.9 * Math.sin(Math.PI * Math.min(1, Math.max(0.03, depth))));
        context.beginPath();
        context.moveTo(0, base - (row[0] ?? 0) * height * reach);
        for (let at = 1; at < points - 1; at += 1) {
          const y = base - (row[at] ?? 0) * height * reach;
          const next = base - (row[at + 1] ?? 0) * height * reach;
          context.quadraticCurveTo(at * step, y, (at + 0.5) * step, (y + next) / 2);
        }
        context.lineTo(width, base - (row[points - 1] ?? 0) * height * reach);
        context.stroke();
      }
    },
    dispose: () => undefined,
  };
}
