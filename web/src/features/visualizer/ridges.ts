import { css, plane, sharpness, type Painter } from "./painter";
import { bandCount, stillBands } from "./spectrum";

const rows = 24;
const points = 96;
const newRowEvery = 0.12;
const reach = 0.085;
/** A narrow screen has low land: the same hills would be spikes. */
const reachOfWidth = 0.07;
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

/** A row as a soft line around y = 0. */
function line(heights: Float32Array, width: number, tall: number): Path2D {
  const path = new Path2D();
  const step = width / (points - 1);
  path.moveTo(0, -(heights[0] ?? 0) * tall);
  for (let at = 1; at < points - 1; at += 1) {
    const y = -(heights[at] ?? 0) * tall;
    const next = -(heights[at + 1] ?? 0) * tall;
    path.quadraticCurveTo(at * step, y, (at + 0.5) * step, (y + next) / 2);
  }
  path.lineTo(width, -(heights[points - 1] ?? 0) * tall);
  return path;
}

/** What was heard travels upwards, line by line. A row never changes its form, so its path is made once. */
export function ridges(canvas: HTMLCanvasElement): Painter {
  const context = plane(canvas);
  const land = Array.from({ length: rows }, () => ({ heights: new Float32Array(points), path: new Path2D() }));
  const calm = new Float32Array(bandCount);
  stillBands("land", calm);
  let newest = 0;
  let count = 0;
  let since = 0;
  let begun = false;
  let size = "";

  const grow = (bands: Float32Array, part: number, width: number, tall: number): void => {
    newest = (newest + 1) % rows;
    count += 1;
    const row = land[newest];
    if (!row) return;
    for (let at = 0; at < points; at += 1) row.heights[at] = ridgeHeight(bands, at / (points - 1), count) * part;
    row.path = line(row.heights, width, tall);
  };
  return {
    scale: sharpness(),
    draw({ bands, colours, passed, still }, width, height) {
      const tall = Math.min(height * reach, width * reachOfWidth);
      if (size !== `${width} ${height}`) {
        size = `${width} ${height}`;
        for (const row of land) row.path = line(row.heights, width, tall);
      }
      since += passed;
      if (still || !begun) {
        // A still picture has all its rows at once; a moving one begins with calm land, not with ruled paper.
        for (let made = 0; made < rows; made += 1) grow(still ? bands : calm, 0.35 + 0.65 * Math.sin((made / rows) * Math.PI), width, tall);
        begun = true;
        since = 0;
      } else if (since >= newRowEvery) {
        since %= newRowEvery;
        grow(bands, 1, width, tall);
      }
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
      context.lineWidth = Math.max(1, width / 1366);
      context.strokeStyle = css(colours.accent);
      const gap = (height * floor) / rows;
      const moved = since / newRowEvery;
      for (let back = rows - 1; back >= 0; back -= 1) {
        const row = land[(newest - back + rows) % rows];
        if (!row) continue;
        context.globalAlpha = 0.9 * Math.sin(Math.PI * Math.min(1, Math.max(0.03, (back + moved) / rows)));
        context.setTransform(1, 0, 0, 1, 0, height - (back + moved - 0.5) * gap);
        context.stroke(row.path);
      }
      context.globalAlpha = 1;
    },
    dispose: () => undefined,
  };
}
