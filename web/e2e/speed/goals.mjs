// Figures beside their goals. Machines differ and are shared: what a run measures is printed, and only STRICT=1 (npm run bench) fails
// where a goal is missed.
import assert from "node:assert/strict";

const STRICT = process.env.STRICT === "1";
const missed = [];

/** One figure: printed with its goal, kept for the summary when it is missed. */
export function goal(t, what, value, wanted, unit) {
  const ok = value <= wanted;
  const shown = value.toFixed(value < 1 ? 3 : 1);
  if (!ok) missed.push(`${what} ${shown} > ${wanted} ${unit}`);
  t.diagnostic(`${what}: ${shown} ${unit}, goal ${wanted}${ok ? "" : ", missed"}`);
  if (STRICT) assert.ok(ok, `${what}: ${shown} ${unit}`);
}

/** Many times of one action, in ms; the 95th of a hundred is the one that counts. */
export function times(t, what, list, wanted) {
  t.diagnostic(`${what}: p50 ${percentile(list, 0.5).toFixed(0)} ms, max ${Math.max(...list).toFixed(0)} ms of ${list.length}`);
  goal(t, `${what}, p95`, percentile(list, 0.95), wanted, "ms");
}

/** All that was missed so far, in one line. */
export function summary(t) {
  if (missed.length > 0) t.diagnostic(`goals missed: ${missed.join("; ")}`);
}

export function percentile(list, share) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}
