import { useLayoutEffect, useRef } from "react";

const travelMs = 320;
const ease = (share: number): number => 1 - (1 - share) ** 3;

/** Lines travel from where they are to where they belong; `draw` is called for every step. A new frame is drawn at once, and
 *  so is everything for those who want no motion. */
export function useTravel(lines: readonly (readonly number[])[], frame: object, draw: (now: readonly (readonly number[])[]) => void): void {
  const shown = useRef<{ lines: readonly (readonly number[])[]; frame: object } | null>(null);
  useLayoutEffect(() => {
    const from = shown.current;
    const put = (now: readonly (readonly number[])[]): void => {
      shown.current = { lines: now, frame };
      draw(now);
    };
    if (!from || from.frame !== frame || from.lines === lines || window.matchMedia("(prefers-reduced-motion: reduce)").matches) return put(lines);
    const began = performance.now();
    let request = requestAnimationFrame(function step(now) {
      const share = Math.min(1, (now - began) / travelMs);
      put(share === 1 ? lines : between(from.lines, lines, ease(Math.max(0, share))));
      if (share < 1) request = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(request);
    // What draws is the same thing every time: it writes into the same paths.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [lines, frame]);
}

export const between = (from: readonly (readonly number[])[], to: readonly (readonly number[])[], share: number): number[][] =>
  to.map((line, i) => line.map((value, k) => (from[i]?.[k] ?? value) + (value - (from[i]?.[k] ?? value)) * share));
