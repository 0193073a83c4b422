import { useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { useLook } from "@/shared/hooks/look";
import { useScope } from "@/shared/hooks/scope";
import { useMedia } from "@/shared/hooks/useMedia";
import { paletteOf } from "./colours";
import type { Drawer } from "./drawer";
import { glDrawer } from "./glDrawer";
import { lookOf } from "./look";
import type { ColourBy, Palette } from "./paint";
import { plainDrawer } from "./plainDrawer";
import { Stage } from "./stage";

const sharpest = 2;
/** The accent fades over this long, and is read again at its end. */
const accentMs = 420;

const calm = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Gives a canvas to a stage: WebGL where there is some, else by hand. */
export function useStage(box: RefObject<HTMLElement | null>, canvas: RefObject<HTMLCanvasElement | null>) {
  const [stage] = useState(() => new Stage(calm));
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const [element, surface] = [box.current, canvas.current];
    if (!element || !surface) return;
    let drawer: Drawer | null = null;
    try {
      drawer = (lost ? null : glDrawer(surface)) ?? plainDrawer(surface);
    } catch {
      // A driver that offers WebGL and cannot keep it: the next canvas does without.
      const timer = setTimeout(() => setLost(true));
      return () => clearTimeout(timer);
    }
    surface.dataset.drawn = drawer?.kind ?? "not";
    if (drawer) stage.use(drawer);
    const measure = (): void => stage.resize({ width: element.clientWidth, height: element.clientHeight }, Math.min(sharpest, window.devicePixelRatio || 1));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const onLost = (event: Event): void => {
      event.preventDefault();
      setLost(true);
    };
    surface.addEventListener("webglcontextlost", onLost);
    return () => {
      surface.removeEventListener("webglcontextlost", onLost);
      observer.disconnect();
      stage.release();
    };
  }, [box, canvas, stage, lost]);
  // A canvas that has once been WebGL can be nothing else.
  return { stage, canvasKey: lost ? "plain" : "webgl" };
}

/** The colours of the sheet as numbers; read again when the theme or the accent has changed. */
export function usePalette(probe: RefObject<HTMLElement | null>, regions: readonly { number: number; hue: number }[]): Palette | null {
  const theme = useLook((look) => look.theme);
  const accent = useScope((scope) => (scope.pageOwns ? scope.page : null) ?? scope.playing);
  const dark = useMedia("(prefers-color-scheme: dark)");
  const [palette, setPalette] = useState<Palette | null>(null);
  useEffect(() => {
    const read = (): void => void (probe.current && setPalette(paletteOf(probe.current, regions)));
    read();
    const timer = setTimeout(read, accentMs);
    return () => clearTimeout(timer);
  }, [probe, regions, theme, accent, dark]);
  return palette;
}

export function usePaint(stage: Stage, by: ColourBy, palette: Palette | null, chosen: readonly number[] | null): void {
  const set = useMemo(() => chosen && new Set(chosen), [chosen]);
  useEffect(() => {
    if (palette) stage.setLook(lookOf(by, palette, set));
  }, [stage, by, palette, set]);
}

/** Ref for an element that stays over a place of the map. */
export function useAnchor(stage: Stage, x: number, y: number) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => (element.current ? stage.anchor(element.current, { x, y }) : undefined), [stage, x, y]);
  return element;
}
