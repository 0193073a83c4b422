/** What of the map is seen. x and y are the place in the middle of the window (0..1), zoom 1 shows the whole map. */
export interface Camera {
  x: number;
  y: number;
  zoom: number;
}
export interface Frame {
  width: number;
  height: number;
}
export interface Spot {
  x: number;
  y: number;
}

export const zoomLimits = { min: 0.8, max: 48 } as const;
const margin = { x: 44, top: 84, bottom: 44 };
/** The map follows the window's shape, but only so far that near stays near. */
const shape = { tallest: 0.8, widest: 1.5 };

/** Pixels of the whole map at zoom 1. */
export function wholeSize({ width, height }: Frame): Frame {
  const wide = Math.max(120, width - 2 * margin.x);
  const high = Math.max(120, height - margin.top - margin.bottom);
  const ratio = Math.min(Math.max(wide / high, shape.tallest), shape.widest);
  const tall = Math.min(high, wide / ratio);
  return { width: tall * ratio, height: tall };
}

export const whole = (): Camera => ({ x: 0.5, y: 0.5, zoom: 1 });

const within = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
export const held = (camera: Camera): Camera => ({ x: within(camera.x, 0, 1), y: within(camera.y, 0, 1), zoom: within(camera.zoom, zoomLimits.min, zoomLimits.max) });

export function toScreen(place: Spot, camera: Camera, frame: Frame): Spot {
  const size = wholeSize(frame);
  return { x: (place.x - camera.x) * size.width * camera.zoom + frame.width / 2, y: (place.y - camera.y) * size.height * camera.zoom + frame.height / 2 };
}

export function toPlace(spot: Spot, camera: Camera, frame: Frame): Spot {
  const size = wholeSize(frame);
  return { x: (spot.x - frame.width / 2) / (size.width * camera.zoom) + camera.x, y: (spot.y - frame.height / 2) / (size.height * camera.zoom) + camera.y };
}

export function panned(camera: Camera, byX: number, byY: number, frame: Frame): Camera {
  const size = wholeSize(frame);
  return held({ ...camera, x: camera.x - byX / (size.width * camera.zoom), y: camera.y - byY / (size.height * camera.zoom) });
}

/** Zooms so that what lies under `spot` stays under it. */
export function zoomed(camera: Camera, by: number, spot: Spot, frame: Frame): Camera {
  const zoom = within(camera.zoom * by, zoomLimits.min, zoomLimits.max);
  const under = toPlace(spot, camera, frame);
  const next = { ...camera, zoom };
  const now = toPlace(spot, next, frame);
  return held({ ...next, x: camera.x + under.x - now.x, y: camera.y + under.y - now.y });
}

/** Shows all of `places` with room around them. `covered` pixels at the left and the bottom belong to something else. */
export function around(places: readonly Spot[], frame: Frame, most = 10, covered: { left?: number; bottom?: number } = {}): Camera {
  if (places.length === 0) return whole();
  const xs = places.map((place) => place.x);
  const ys = places.map((place) => place.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const size = wholeSize(frame);
  const { left: side = 0, bottom: foot = 0 } = covered;
  const wide = (frame.width - side) / (size.width * Math.max(right - left, 0.001));
  const high = (frame.height - foot) / (size.height * Math.max(bottom - top, 0.001));
  const zoom = within(0.62 * Math.min(wide, high), zoomLimits.min, most);
  return held({ x: (left + right) / 2 - side / 2 / (size.width * zoom), y: (top + bottom) / 2 + foot / 2 / (size.height * zoom), zoom });
}

/** A moment of the way from one view to another: the zoom moves by factors, the place by what is seen. */
export function between(from: Camera, to: Camera, part: number): Camera {
  const t = part < 0.5 ? 4 * part ** 3 : 1 - (-2 * part + 2) ** 3 / 2;
  const zoom = from.zoom * (to.zoom / from.zoom) ** t;
  // While zooming in most of the way is gone when things are large; this keeps the speed on the screen even.
  const s = Math.abs(to.zoom - from.zoom) < 0.01 ? t : (1 / from.zoom - 1 / zoom) / (1 / from.zoom - 1 / to.zoom);
  return { x: from.x + (to.x - from.x) * s, y: from.y + (to.y - from.y) * s, zoom };
}
