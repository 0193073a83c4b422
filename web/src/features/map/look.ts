import { paint, type ColourBy, type Palette } from "./paint";
import type { MapPoints } from "./points";

/** What the points wear: by what they are coloured, and which of them are chosen. */
export interface Look {
  palette: Palette | null;
  colours: (points: MapPoints) => Uint8Array | null;
}

/** Before the colours are known nothing is drawn. */
export const bare: Look = { palette: null, colours: () => null };

export const lookOf = (by: ColourBy, palette: Palette, chosen: ReadonlySet<number> | null): Look => ({ palette, colours: (points) => paint(points, by, palette, chosen) });
