import type { Camera, Frame, Spot } from "./camera";
import { toPlace, toScreen } from "./camera";
import { inBox, nearest, placeOf, type PlaceIndex } from "./places";

const most = 10;
const apart = 92;
/** The middle of a region is looked for near, then farther: a wide look at a large map costs. */
const looks = [0.01, 0.04, 0.2];

/** The points that stand for what is in view: the middles of the regions from far, from near any that leave each other
 *  room. The same view always gives the same ones, and a landmark stays one while it is in view. */
export function landmarks(index: PlaceIndex, regions: readonly (Spot & { tracks: number })[], camera: Camera, frame: Frame): number[] {
  const found: number[] = [];
  const spots: Spot[] = [];
  const add = (point: number): void => {
    const spot = toScreen(placeOf(index.points, point), camera, frame);
    const inside = spot.x > 30 && spot.y > 80 && spot.x < frame.width - 30 && spot.y < frame.height - 30;
    if (!inside || found.length >= most || found.includes(point) || spots.some((other) => Math.hypot(other.x - spot.x, other.y - spot.y) < apart)) return;
    found.push(point);
    spots.push(spot);
  };
  for (const region of regions) {
    for (const wide of looks) {
      const middle = nearest(index, region, { x: wide, y: wide });
      if (middle === null) continue;
      add(middle);
      break;
    }
  }
  if (camera.zoom < 2.5) return found;
  const [corner, end] = [toPlace({ x: 0, y: 0 }, camera, frame), toPlace({ x: frame.width, y: frame.height }, camera, frame)];
  const seen = inBox(index, { left: corner.x, right: end.x, top: corner.y, bottom: end.y });
  const step = Math.max(1, Math.floor(seen.length / 4000));
  const some = seen.filter((_, i) => i % step === 0).sort((a, b) => rank(a) - rank(b));
  for (const point of some) {
    if (found.length >= most) break;
    add(point);
  }
  return found;
}

/** A fixed order that has nothing to do with the place. */
const rank = (index: number): number => Math.imul(index + 1, 2_654_435_761) >>> 0;
