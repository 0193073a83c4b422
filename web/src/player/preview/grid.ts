/** Beats of a track that keeps its tempo. */
export interface BeatGrid {
  readonly bpm: number;
  /** Where one of the beats lies, seconds of the music. */
  readonly offset_s: number;
}

export const period = (grid: BeatGrid): number => 60 / grid.bpm;

/** The beat that lies nearest to a moment; it may lie before the music begins. */
export function nearestBeat(grid: BeatGrid, at: number): number {
  const step = period(grid);
  return grid.offset_s + Math.round((at - grid.offset_s) / step) * step;
}

/** The first beat at a moment or after it. A beat a hair before counts: the offset is measured, not exact. */
export function nextBeat(grid: BeatGrid, at: number): number {
  const step = period(grid);
  return grid.offset_s + Math.ceil((at - grid.offset_s) / step - 1e-6) * step;
}

/** All beats from `from` up to `to`. */
export function beats(grid: BeatGrid, from: number, to: number): number[] {
  const found: number[] = [];
  const step = period(grid);
  for (let k = Math.ceil((from - grid.offset_s) / step - 1e-9); grid.offset_s + k * step < to; k += 1) found.push(grid.offset_s + k * step);
  return found;
}

/** What the beats of the second are counted as so that it needs the least change: every second one, each, or twice as many. */
export type Counted = 0.5 | 1 | 2;

/** The speed at which the second track's beats run with the first's, and what they are counted as. Equal is taken before half or double. */
export function matching(a: Pick<BeatGrid, "bpm">, b: Pick<BeatGrid, "bpm">, counted?: Counted): { rate: number; counted: Counted } {
  const choices: readonly Counted[] = counted === undefined ? [1, 0.5, 2] : [counted];
  const all = choices.map((one) => ({ rate: a.bpm / (b.bpm * one), counted: one }));
  return all.reduce((best, one) => (cost(one.rate) + 1e-9 < cost(best.rate) ? one : best));
}
const cost = (rate: number): number => Math.abs(Math.log(rate));
