/** Tempo from taps. A pause begins anew; taps closer than the fastest tempo are bounces of a key or a finger. */
const pauseMs = 2500;
const bounceMs = 150;
const mostTaps = 24;
const fewest = 4;

export function tapped(taps: readonly number[], now: number): number[] {
  const last = taps.at(-1);
  if (last === undefined || now - last > pauseMs) return [now];
  if (now - last < bounceMs) return [...taps];
  return [...taps, now].slice(-mostTaps);
}

/** BPM by the line through all taps, which a single late one hardly bends; null until there are enough. */
export function tempoOf(taps: readonly number[]): number | null {
  const n = taps.length;
  const [first] = taps;
  if (first === undefined || n < fewest) return null;
  const middle = (n - 1) / 2;
  let over = 0;
  let under = 0;
  taps.forEach((time, i) => {
    over += (i - middle) * (time - first);
    under += (i - middle) ** 2;
  });
  return over > 0 ? Math.round((60_000 * under * 10) / over) / 10 : null;
}
