import type { Camera, Frame } from "./camera";
import type { Rgb } from "./paint";
import type { MapPoints } from "./points";

/** Draws the points of a map; a plain object, knows nothing of React. Sizes are CSS pixels. */
export interface Drawer {
  readonly kind: "webgl" | "plain";
  resize(frame: Frame, ratio: number): void;
  setPoints(points: MapPoints): void;
  /** Four bytes a point. */
  setColours(colours: Uint8Array, ground: Rgb): void;
  /** `moving`: another view follows at once, and a hand-made one may leave points out. */
  draw(camera: Camera, moving: boolean): void;
  dispose(): void;
}
