import { wholeSize, type Frame } from "./camera";
import type { Drawer } from "./drawer";
import { dotOf, type Rgb } from "./paint";
import { world, type MapPoints } from "./points";

/** Points lie in no order, so any part of them looks like the whole. */
const mostMoving = 40_000;

/** Without WebGL: small squares set by hand into one picture. One device pixel a CSS pixel, for speed. */
export function plainDrawer(canvas: HTMLCanvasElement): Drawer | null {
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  if (!context) return null;
  let frame: Frame = { width: 1, height: 1 };
  let picture: ImageData | null = null;
  let points: MapPoints | null = null;
  let colours: Uint8Array | null = null;
  let ground: Rgb = [0, 0, 0];
  return {
    kind: "plain",
    resize(next) {
      frame = next;
      canvas.width = Math.max(1, Math.round(next.width));
      canvas.height = Math.max(1, Math.round(next.height));
      picture = context.createImageData(canvas.width, canvas.height);
    },
    setPoints(next) {
      points = next;
      colours = null;
    },
    setColours(next, nextGround) {
      [colours, ground] = [next, nextGround];
    },
    draw(camera, moving) {
      if (!picture) return;
      new Uint32Array(picture.data.buffer).fill(packed(ground));
      if (points && colours) splat(picture, points, colours, camera, frame, moving ? Math.ceil(points.count / mostMoving) : 1);
      context.putImageData(picture, 0, 0);
    },
    dispose() {
      picture = null;
    },
  };
}

const packed = ([r, g, b]: Rgb): number => new Uint32Array(Uint8Array.of(r, g, b, 255).buffer)[0] ?? 0;

function splat({ data, width, height }: ImageData, points: MapPoints, colours: Uint8Array, camera: { x: number; y: number; zoom: number }, frame: Frame, step: number): void {
  const size = wholeSize(frame);
  const [scaleX, scaleY] = [(size.width * camera.zoom) / world, (size.height * camera.zoom) / world];
  const dot = dotOf(points.count, camera.zoom);
  const wide = Math.max(1, Math.round(dot.size * 0.9));
  // From four pixels on a corner would be seen.
  const round = wide >= 4;
  const rim = (wide / 2) ** 2;
  const strength = Math.min(1, dot.strength) / 255;
  const [left, top] = [frame.width / 2 - camera.x * size.width * camera.zoom - wide / 2, frame.height / 2 - camera.y * size.height * camera.zoom - wide / 2];
  for (let i = 0; i < points.count; i += step) {
    const x = Math.round((points.x[i] ?? 0) * scaleX + left);
    const y = Math.round((points.y[i] ?? 0) * scaleY + top);
    if (x < 0 || y < 0 || x + wide > width || y + wide > height) continue;
    const c = i * 4;
    const much = (colours[c + 3] ?? 0) * strength;
    for (let row = 0; row < wide; row += 1) {
      const cut = round ? Math.max(0, Math.round(wide / 2 - Math.sqrt(rim - (row + 0.5 - wide / 2) ** 2))) : 0;
      for (let at = ((y + row) * width + x + cut) * 4, end = at + (wide - 2 * cut) * 4; at < end; at += 4) {
        data[at] = (data[at] ?? 0) + ((colours[c] ?? 0) - (data[at] ?? 0)) * much;
        data[at + 1] = (data[at + 1] ?? 0) + ((colours[c + 1] ?? 0) - (data[at + 1] ?? 0)) * much;
        data[at + 2] = (data[at + 2] ?? 0) + ((colours[c + 2] ?? 0) - (data[at + 2] ?? 0)) * much;
      }
    }
  }
}
