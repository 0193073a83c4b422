import type { Palette, Rgb } from "./paint";

/** The style sheet decides every colour; here they only become numbers, as the browser reckons them. */
const steps = 9;
let pixel: CanvasRenderingContext2D | null = null;

function toRgb(colour: string): Rgb {
  if (!pixel) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    pixel = canvas.getContext("2d", { willReadFrequently: true });
  }
  if (!pixel) return [128, 128, 128];
  pixel.fillStyle = colour;
  pixel.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = pixel.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}

/** `probe` is an element of the class map-probe; regions by their number. */
export function paletteOf(probe: HTMLElement, regions: readonly { number: number; hue: number }[]): Palette {
  const read = (kind: string, value = 0): Rgb => {
    probe.dataset.kind = kind;
    probe.style.setProperty("--map-value", String(value));
    return toRgb(getComputedStyle(probe).color);
  };
  const byNumber: Rgb[] = [];
  for (const region of regions) byNumber[region.number] = read("region", region.hue);
  return {
    energy: Array.from({ length: steps }, (_, i) => read("energy", i / (steps - 1))),
    regions: byNumber,
    unknown: read("unknown"),
    ground: read("ground"),
  };
}
