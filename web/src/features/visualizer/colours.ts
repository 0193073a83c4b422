import type { Colours, Rgb } from "./painter";

let pixel: CanvasRenderingContext2D | null = null;
const known = new Map<string, Rgb>();

/** Any CSS colour as red, green, blue; the browser does the sum. */
export function toRgb(colour: string): Rgb {
  const before = known.get(colour);
  if (before) return before;
  if (!pixel) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    pixel = canvas.getContext("2d", { willReadFrequently: true });
  }
  if (!pixel) return [128, 128, 128];
  pixel.fillStyle = colour;
  pixel.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = pixel.getImageData(0, 0, 1, 1).data;
  if (known.size > 200) known.clear();
  known.set(colour, [r, g, b]);
  return [r, g, b];
}

/** The album's colours: the style sheet puts them on the canvas as text, border and outline. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  return { accent: toRgb(style.color), mid: toRgb(style.borderTopColor), wash: toRgb(style.outlineColor) };
}
