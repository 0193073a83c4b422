/** Red, green, blue, 0..255. */
export type Rgb = readonly [number, number, number];
export interface Colours {
  readonly accent: Rgb;
  readonly mid: Rgb;
  readonly wash: Rgb;
}

export interface Frame {
  /** 0..1 from bass to treble. */
  readonly bands: Float32Array;
  /** Bass, middle, treble. */
  readonly energies: Float32Array;
  /** Seconds since the picture began, and since the last frame. */
  readonly time: number;
  readonly passed: number;
  readonly colours: Colours;
  /** A picture for itself, not one of a row. */
  readonly still: boolean;
  /** Where the cover lies, in pixels of the drawing. */
  readonly art: { readonly x: number; readonly y: number; readonly side: number } | null;
}

export interface Painter {
  /** Pixels of the drawing for one CSS pixel. */
  readonly scale: number;
  draw(frame: Frame, width: number, height: number): void;
  dispose(): void;
}

export const css = ([r, g, b]: Rgb, alpha = 1): string => `rgb(${r} ${g} ${b} / ${alpha.toFixed(3)})`;
export const sharpness = (): number => Math.min(1.5, window.devicePixelRatio || 1);

export function plane(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser does not draw");
  return context;
}
