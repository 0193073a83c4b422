import { frameClock } from "./clock";
import { coloursOf } from "./colours";
import type { Frame, Painter } from "./painter";
import { bandCount, bandEdges, bandPace, energyPace, follow, readBands, readEnergies, stillBands } from "./spectrum";

const recolourEvery = 0.4;
/** So long the picture sinks to rest after the music stopped. */
const sinkSeconds = 2;

interface Options {
  fps: 60 | 30;
  /** null = this browser's sound does not pass where it can be looked at. */
  analyser: () => AnalyserNode | null;
}
type Show = { moving: boolean; seed: string };

/** Joins analyser, painter and canvas: draws while music plays and the page is seen, else once. */
export function picture(canvas: HTMLCanvasElement, painter: Painter, { fps, analyser }: Options) {
  const clock = frameClock(fps);
  const heard = new Float32Array(bandCount);
  const heardEnergies = new Float32Array(3);
  const frame = { bands: new Float32Array(bandCount), energies: new Float32Array(3), time: 0, passed: 0, still: true, colours: coloursOf(canvas), art: null as Frame["art"] };
  let bytes = new Uint8Array(0);
  let edges: Uint16Array | null = null;
  let source: AnalyserNode | null = null;
  let wanted: Show = { moving: false, seed: "" };
  let request = 0;
  let coloured = 0;
  let rest = 0;
  let disposed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const measure = (): void => {
    const box = canvas.getBoundingClientRect();
    const [width, height] = [Math.max(1, Math.round(box.width * painter.scale)), Math.max(1, Math.round(box.height * painter.scale))];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const art = canvas.parentElement?.querySelector(".np-cover")?.getBoundingClientRect();
    frame.art = art ? { x: (art.left - box.left) * painter.scale, y: (art.top - box.top) * painter.scale, side: art.width * painter.scale } : null;
  };
  const listen = (): boolean => {
    const now = analyser();
    if (now !== source || edges === null) {
      source = now;
      if (now) {
        bytes = new Uint8Array(now.frequencyBinCount);
        edges = bandEdges(bandCount, now.context.sampleRate, now.frequencyBinCount);
      }
    }
    if (!source || !edges || !wanted.moving) heard.fill(0);
    else {
      source.getByteFrequencyData(bytes);
      readBands(bytes, edges, heard);
    }
    readEnergies(heard, heardEnergies);
    return source !== null;
  };
  const paint = (): void => painter.draw(frame, canvas.width, canvas.height);

  const drawStill = (): void => {
    stillBands(wanted.seed, frame.bands);
    readEnergies(frame.bands, frame.energies);
    frame.colours = coloursOf(canvas);
    frame.passed = 0;
    frame.still = true;
    paint();
  };
  const step = (now: number): void => {
    request = 0;
    const passed = clock.due(now);
    if (passed > 0) {
      const began = performance.now();
      if (!listen()) {
        drawStill();
        // The sound may be on its way to where it can be looked at.
        retry = setTimeout(schedule, 1000);
        return;
      }
      frame.still = false;
      frame.time += passed;
      frame.passed = passed;
      follow(frame.bands, heard, passed, bandPace);
      follow(frame.energies, heardEnergies, passed, energyPace);
      if (frame.time - coloured > recolourEvery) {
        coloured = frame.time;
        frame.colours = coloursOf(canvas);
        measure();
      }
      paint();
      clock.took(performance.now() - began);
      rest = wanted.moving ? 0 : rest + passed;
      if (rest > sinkSeconds) return;
    }
    schedule();
  };
  const schedule = (): void => {
    clearTimeout(retry);
    if (request === 0 && !disposed && (wanted.moving || rest < sinkSeconds) && document.visibilityState === "visible") request = requestAnimationFrame(step);
  };
  const onVisible = (): void => {
    if (document.visibilityState === "visible") {
      if (wanted.moving) schedule();
    } else {
      cancelAnimationFrame(request);
      request = 0;
    }
  };

  const watch = new ResizeObserver(() => {
    measure();
    if (request === 0) paint();
  });
  watch.observe(canvas);
  const colours = new MutationObserver(() => {
    if (request === 0) setTimeout(() => !disposed && request === 0 && (frame.colours = coloursOf(canvas)) && paint(), 400);
  });
  colours.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "data-theme"] });
  document.addEventListener("visibilitychange", onVisible);
  measure();
  let began = false;
  return {
    show(next: Show): void {
      const otherTrack = next.seed !== wanted.seed;
      wanted = next;
      rest = 0;
      if (next.moving) schedule();
      else if (!began || (otherTrack && request === 0)) drawStill();
      began = true;
    },
    dispose(): void {
      disposed = true;
      clearTimeout(retry);
      cancelAnimationFrame(request);
      watch.disconnect();
      colours.disconnect();
      document.removeEventListener("visibilitychange", onVisible);
      painter.dispose();
    },
  };
}
