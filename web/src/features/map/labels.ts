import type { Spot } from "./camera";

export interface LabelBox extends Spot {
  width: number;
  height: number;
}

/** Which labels may be seen: the first of the list (the largest region) wins where two would touch. */
export function freeOf(boxes: readonly LabelBox[], room: number): boolean[] {
  const kept: LabelBox[] = [];
  return boxes.map((box) => {
    const touches = kept.some((other) => Math.abs(box.x - other.x) * 2 < box.width + other.width + room && Math.abs(box.y - other.y) * 2 < box.height + other.height + room);
    if (!touches) kept.push(box);
    return !touches;
  });
}

const gone = { from: 5, to: 9 };
/** From far the names of regions lead; from near the tracks speak for themselves. */
export const labelStrength = (zoom: number): number => Math.min(1, Math.max(0, (gone.to - zoom) / (gone.to - gone.from)));
