import { around, between, held, panned, toPlace, toScreen, whole, wholeSize, zoomed, type Camera, type Frame, type Spot } from "./camera";
import type { Drawer } from "./drawer";
import { freeOf, labelStrength } from "./labels";
import type { Palette } from "./paint";
import { bare, type Look } from "./look";
import { nearest, placeOf, type PlaceIndex } from "./places";
import type { MapPoints } from "./points";

const flightMs = 640;
const restMs = 160;
/** How near to a point, in pixels, the pointer must be. */
const reach = { mouse: 14, touch: 24 } as const;

interface Label {
  element: HTMLElement;
  place: Spot;
  width: number;
  height: number;
}

/** The view of this visit: who comes back to the map finds it where it was. */
let kept: Camera | null = null;

/** The moving part of the map: camera, points and everything that lies on them. It draws once a frame, and only when
 *  something has changed; React is told when the view has come to rest. */
export class Stage {
  camera: Camera = kept ?? whole();
  frame: Frame = { width: 1, height: 1 };
  points: MapPoints | null = null;
  private index: PlaceIndex | null = null;
  private drawer: Drawer | null = null;
  private look: Look = bare;
  private anchors = new Map<HTMLElement, Spot>();
  private labels: Label[] = [];
  private lines: SVGGElement | null = null;
  private waiting = 0;
  private moving = false;
  /** What lies on the map moves without the points being drawn again. */
  private stale = true;
  private flight: { from: Camera; to: Camera; start: number } | null = null;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private onRest: (() => void) | null = null;

  /** Calm people get there at once. */
  constructor(private readonly calm: () => boolean) {}

  use(drawer: Drawer): void {
    this.drawer = drawer;
    if (this.points) drawer.setPoints(this.points);
    this.recolour();
  }

  resize(frame: Frame, ratio: number): void {
    this.frame = frame;
    this.drawer?.resize(frame, ratio);
    this.changed();
  }

  setPoints(index: PlaceIndex): void {
    this.points = index.points;
    this.index = index;
    this.drawer?.setPoints(index.points);
    this.recolour();
  }

  setLook(look: Look): void {
    this.look = look;
    this.recolour();
  }

  private recolour(): void {
    const colours = this.points && this.look.colours(this.points);
    if (colours) this.drawer?.setColours(colours, (this.look.palette as Palette).ground);
    this.stale = true;
    this.draw();
  }

  // -- what lies on the map

  /** Keeps an element over a place. Returns how to let go. */
  anchor(element: HTMLElement, place: Spot): () => void {
    this.anchors.set(element, place);
    this.draw();
    return () => void this.anchors.delete(element);
  }

  setLabels(labels: readonly { element: HTMLElement; place: Spot }[]): void {
    this.labels = labels.map(({ element, place }) => ({ element, place, width: element.offsetWidth, height: element.offsetHeight }));
    this.draw();
  }

  /** Lines drawn in map units (0..1). */
  setLines(lines: SVGGElement | null): void {
    this.lines = lines;
    this.draw();
  }

  /** Told when the view has come to rest, and soon after this call. Returns how to let go. */
  whenAtRest(callback: () => void): () => void {
    this.onRest = callback;
    this.changed();
    return () => {
      if (this.onRest === callback) this.onRest = null;
    };
  }

  // -- finding

  placeAt = (spot: Spot): Spot => toPlace(spot, this.camera, this.frame);
  spotOf = (place: Spot): Spot => toScreen(place, this.camera, this.frame);

  pointAt(spot: Spot, by: keyof typeof reach): number | null {
    return this.pointWithin(spot, reach[by]);
  }

  /** What keys point at: the point nearest to the middle, as far as the view reaches on all sides. */
  middlePoint(): number | null {
    const middle = { x: this.frame.width / 2, y: this.frame.height / 2 };
    return this.pointWithin(middle, Math.min(middle.x, middle.y));
  }

  private pointWithin(spot: Spot, pixels: number): number | null {
    if (!this.index) return null;
    const size = wholeSize(this.frame);
    const radius = { x: pixels / (size.width * this.camera.zoom), y: pixels / (size.height * this.camera.zoom) };
    return nearest(this.index, this.placeAt(spot), radius);
  }

  /** The place of the label under a spot of the window. */
  labelAt(spot: Spot): number | null {
    const found = this.labels.findIndex(({ element, place, width, height }) => {
      if (element.dataset.shown === undefined) return false;
      const middle = this.spotOf(place);
      return Math.abs(spot.x - middle.x) < width / 2 + 8 && Math.abs(spot.y - (middle.y - labelLift)) < height / 2 + 8;
    });
    return found < 0 ? null : found;
  }

  // -- moving

  pan(byX: number, byY: number): void {
    this.lookAt(panned(this.camera, byX, byY, this.frame));
  }
  zoom(by: number, spot: Spot = { x: this.frame.width / 2, y: this.frame.height / 2 }): void {
    this.lookAt(zoomed(this.camera, by, spot, this.frame));
  }
  lookAt(camera: Camera): void {
    this.flight = null;
    this.camera = held(camera);
    this.changed();
  }
  fly(to: Camera): void {
    if (this.calm()) return this.lookAt(to);
    this.flight = { from: this.camera, to: held(to), start: performance.now() };
    this.draw();
  }
  flyAround(places: readonly Spot[], most?: number, covered?: Parameters<typeof around>[3]): void {
    this.fly(around(places, this.frame, most, covered));
  }
  flyTo(index: number, zoom = 8): void {
    if (!this.points) return;
    this.fly({ ...placeOf(this.points, index), zoom: Math.max(zoom, this.camera.zoom) });
  }
  showAll(): void {
    this.fly(whole());
  }

  private changed(): void {
    kept = this.camera;
    this.moving = this.stale = true;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.moving = false;
      this.stale = true;
      this.draw();
      this.onRest?.();
    }, restMs);
    this.draw();
  }

  // -- drawing

  draw(): void {
    if (this.waiting === 0) this.waiting = requestAnimationFrame(this.tick);
  }

  private tick = (now: number): void => {
    this.waiting = 0;
    if (this.flight) {
      const part = Math.min(1, Math.max(0, (now - this.flight.start) / flightMs));
      this.camera = part < 1 ? between(this.flight.from, this.flight.to, part) : this.flight.to;
      if (part === 1) this.flight = null;
      this.changed();
    }
    if (this.stale) this.drawer?.draw(this.camera, this.moving);
    this.stale = false;
    for (const [element, place] of this.anchors) {
      const spot = this.spotOf(place);
      element.style.transform = `translate(${spot.x.toFixed(1)}px, ${spot.y.toFixed(1)}px)`;
    }
    this.placeLabels();
    if (this.lines) {
      const size = wholeSize(this.frame);
      const zero = this.spotOf({ x: 0, y: 0 });
      this.lines.setAttribute("transform", `translate(${zero.x} ${zero.y}) scale(${size.width * this.camera.zoom} ${size.height * this.camera.zoom})`);
    }
  };

  private placeLabels(): void {
    if (this.labels.length === 0) return;
    const strength = labelStrength(this.camera.zoom);
    const boxes = this.labels.map((label) => ({ ...this.spotOf(label.place), width: label.width, height: label.height }));
    const free = freeOf(boxes, 14);
    this.labels.forEach(({ element }, i) => {
      const box = boxes[i];
      const shown = strength > 0 && free[i] === true;
      element.toggleAttribute("data-shown", shown);
      element.style.opacity = shown ? strength.toFixed(2) : "0";
      if (box) element.style.transform = `translate(${(box.x - box.width / 2).toFixed(1)}px, ${(box.y - box.height / 2 - labelLift).toFixed(1)}px)`;
    });
  }

  /** Lets go of what draws; the view and all that lies on the map stay for the next one. */
  release(): void {
    clearTimeout(this.rest);
    this.moving = false;
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    this.drawer?.dispose();
    this.drawer = null;
  }
}

/** A label stands so many pixels above the middle of its region, where a cover may lie. */
export const labelLift = 38;
