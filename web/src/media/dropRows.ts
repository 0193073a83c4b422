export interface Dropped {
  /** Rows that move, in the order of the list. */
  moving: readonly number[];
  /** The row they are put before; null: the end. */
  before: number | null;
  /** Where the first of them stands then. */
  place: number;
}

/** What it means that row `from` of `count` was dropped at `to` (in the list without it): rows chosen with it come along. */
export function dropRows(count: number, from: number, to: number, chosen: readonly number[] = []): Dropped {
  const moving = chosen.includes(from) ? [...chosen].sort((a, b) => a - b) : [from];
  const going = new Set(moving);
  let before = to > from ? to + 1 : to;
  while (going.has(before)) before += 1;
  const end = Math.min(before, count);
  return { moving, before: before < count ? before : null, place: end - moving.filter((index) => index < end).length };
}
