import { css, plane, sharpness, type Painter } from "./painter";

const rays = 160;
const reach = 0.1;
const reachBelow = 0.02;

/** A place on the border of a square with round corners (side 2, around 0,0), for `turn` 0..1 from the middle of the lower side,
 *  and the way out of it. */
export function around(turn: number, corner: number, into: Float32Array): void {
  const straight = 2 - 2 * corner;
  const arc = (Math.PI / 2) * corner;
  const quarter = straight + arc;
  // Counted from the middle of a side, so that every quarter is half a side, a corner, half a side.
  const along = turn * 4 * quarter;
  const side = Math.floor(along / quarter) % 4;
  const rest = along - Math.floor(along / quarter) * quarter;
  const half = straight / 2;
  let x: number;
  let y: number;
  let outX: number;
  let outY: number;
  if (rest < half) [x, y, outX, outY] = [rest, 1, 0, 1];
  else if (rest < half + arc) {
    const angle = (rest - half) / corner;
    [outX, outY] = [Math.sin(angle), Math.cos(angle)];
    [x, y] = [half + outX * corner, half + outY * corner];
  } else [x, y, outX, outY] = [1, half - (rest - half - arc), 1, 0];
  // A quarter turn for every side passed.
  for (let at = 0; at < side; at += 1) [x, y, outX, outY] = [y, -x, outY, -outX];
  into[0] = x;
  into[1] = y;
  into[2] = outX;
  into[3] = outY;
}

/** Rays around the sleeve: bass below, treble above, both sides alike. */
export function ring(canvas: HTMLCanvasElement): Painter {
  const context = plane(canvas);
  const place = new Float32Array(4);
  return {
    scale: sharpness(),
    draw({ bands, colours, art, energies }, width, height) {
      context.clearRect(0, 0, width, height);
      const side = art?.side ?? Math.min(width, height) * 0.5;
      const [middleX, middleY] = art ? [art.x + side / 2, art.y + side / 2] : [width / 2, height / 2];
      const radius = (side / 2) * 1.012;
      context.lineWidth = Math.max(1.5, side / 220);
      context.lineCap = "round";
      context.strokeStyle = css(colours.accent, 0.85 + 0.15 * (energies[0] ?? 0));
      context.beginPath();
      for (let at = 0; at < rays; at += 1) {
        const turn = (at + 0.5) / rays;
        around(turn, 0.06, place);
        const height01 = turn < 0.5 ? turn * 2 : (1 - turn) * 2;
        const band = Math.min(bands.length - 1, Math.floor(height01 * bands.length * 0.86));
        const [x = 0, y = 0, outX = 0, outY = 0] = place;
        // Below the sleeve stands its title.
        const long = 1 + (bands[band] ?? 0) * side * (outY > 0.5 ? reachBelow : reach);
        const fromX = middleX + x * radius + outX * side * 0.012;
        const fromY = middleY + y * radius + outY * side * 0.012;
        context.moveTo(fromX, fromY);
        context.lineTo(fromX + outX * long, fromY + outY * long);
      }
      context.stroke();
    },
    dispose: () => undefined,
  };
}
