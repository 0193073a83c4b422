/** A waveform as one SVG path of upright strokes. */

/** Mean of the peaks under each of `count` strokes, 0..1 of the loudest. Means, not maxima: loud masters would be a solid block. */
export function strokes(peaks: readonly number[], count: number): number[] {
  const heights = Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((index + 1) * peaks.length) / count));
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += peaks[at] ?? 0;
    return sum / (to - from);
  });
  const loudest = Math.max(...heights, 0);
  return loudest > 0 ? heights.map((height) => (height / loudest) ** 1.25) : heights.map(() => 0);
}

/** Strokes two pixels wide, `pitch` apart, around the middle of a box; silence is a dot. */
export function wavePath(peaks: readonly number[], width: number, height: number, pitch: number): string {
  const count = Math.max(1, Math.floor(width / pitch));
  const step = width / count;
  const room = height - 2;
  return strokes(peaks, count)
    .map((stroke, index) => {
      const tall = Math.max(0.5, stroke * room);
      return `M${(index * step + step / 2).toFixed(1)} ${((height - tall) / 2).toFixed(1)}v${tall.toFixed(1)}`;
    })
    .join("");
}
