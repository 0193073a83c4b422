import { beats, matching, nearestBeat, nextBeat, period, type BeatGrid, type Counted } from "./grid";

/** What is known of a track that matters for how it meets another. Seconds of the music. */
export interface DeckFacts {
  readonly duration_s: number;
  /** null = its beats were not measured, or it keeps no tempo. */
  readonly grid: BeatGrid | null;
  /** Known without a grid too, from a tag for example. */
  readonly bpm: number | null;
  readonly introEnd_s: number | null;
  readonly outroStart_s: number | null;
  readonly leadSilence_s: number;
  readonly trailSilence_s: number;
}

export interface JointWish {
  /** How much faster (or slower) the second plays, in per cent. */
  readonly tempoPct: number;
  /** How long both sound, in beats of the first. */
  readonly overlapBeats: number;
  /** Moves the second against the first, seconds; above 0 = later. */
  readonly nudge_s: number;
  /** Where the first is left: where its outro begins, or as late as its end allows. Not measured = as late as it allows. */
  readonly leave?: "outro" | "end";
  /** Where the second comes in: with its first beat, or so that its intro is over when the first has gone. */
  readonly enter?: "start" | "intro";
  /** Beats by which the joint lies later (above 0) or earlier in each: which beat begins a bar is not measured, ears know it. */
  readonly shift?: { readonly a: number; readonly b: number };
  /** What the second's beats are counted as; undefined = whatever needs the least change. */
  readonly counted?: Counted | undefined;
}

/** A stretch of a track. */
export interface Clip {
  readonly from: number;
  readonly to: number;
}

/** How a joint is played. Times called "at" are seconds from the beginning of what is heard. */
export interface JointPlan {
  readonly a: Clip;
  readonly b: Clip;
  /** Speed of the second; the first keeps its own. */
  readonly rate: number;
  readonly counted: Counted;
  /** When the second begins. */
  readonly bAt: number;
  /** When the two change places. */
  readonly mixFrom: number;
  readonly mixTo: number;
  readonly length: number;
  /** The beats of the second fall on beats of the first: "yes", "once" (they begin together and part: the tempos differ), or not known. */
  readonly inTime: "yes" | "once" | "unknown";
}

export const tempoMostPct = 8;
/** Heard alone before and after, seconds. */
const aloneSeconds = 8;
const plainOverlap = 12;
const shortestOverlap = 2;
/** Tempos that differ by less stay together for as long as two tracks overlap. */
const together = 0.0005;

/** By how much the second must change to run with the first, per cent; null where a tempo is not known. */
export function tempoNeeded(a: DeckFacts, b: DeckFacts, counted?: Counted): number | null {
  const [first, second] = [a.grid?.bpm ?? a.bpm, b.grid?.bpm ?? b.bpm];
  return first && second ? (matching({ bpm: first }, { bpm: second }, counted).rate - 1) * 100 : null;
}

/** What the slider starts at: the change that is needed where it can be done, else none. */
export function tempoFirst(a: DeckFacts, b: DeckFacts, counted?: Counted): number {
  const needed = tempoNeeded(a, b, counted);
  return needed === null || Math.abs(needed) > tempoMostPct ? 0 : needed;
}

/** Where the two meet: a beat of the second on a beat of the first. */
export function planJoint(a: DeckFacts, b: DeckFacts, wish: JointWish): JointPlan {
  const rate = 1 + Math.min(tempoMostPct, Math.max(-tempoMostPct, wish.tempoPct)) / 100;
  const end = Math.max(shortestOverlap, a.duration_s - a.trailSilence_s);
  const begin = Math.min(Math.max(0, b.leadSilence_s), Math.max(0, b.duration_s - shortestOverlap));
  const first = b.grid ? nextBeat(b.grid, Math.max(0, begin - 0.02)) : begin;
  const wanted = a.grid ? wish.overlapBeats * period(a.grid) : plainOverlap;
  // Neither track may be all overlap.
  const overlap = Math.max(shortestOverlap, Math.min(wanted, end * 0.6, (b.duration_s - first) * 0.6));
  const meet = meeting(a, end, overlap, wish);
  const entry = entering(b, first, overlap * rate, wish);
  const before = Math.min(aloneSeconds, meet);
  const bAt = Math.max(0, before + wish.nudge_s);
  const mixTo = before + Math.min(overlap, a.duration_s - meet);
  const after = Math.min(aloneSeconds, (b.duration_s - entry) / rate - (mixTo - bAt));
  const length = mixTo + Math.max(0, after);
  return {
    a: { from: meet - before, to: Math.min(a.duration_s, meet - before + mixTo) },
    b: { from: entry, to: Math.min(b.duration_s, entry + (length - bAt) * rate) },
    rate,
    counted: a.grid && b.grid ? matching(a.grid, b.grid, wish.counted).counted : 1,
    bAt,
    mixFrom: before,
    mixTo,
    length,
    inTime: inTime(a, b, rate, wish.counted),
  };
}

/** Whether an outro was measured that a joint can begin with. */
export const hasOutro = ({ outroStart_s, duration_s, trailSilence_s }: DeckFacts): boolean => outroStart_s !== null && outroStart_s < duration_s - trailSilence_s && outroStart_s > (duration_s - trailSilence_s) * 0.4;
/** Whether an intro was measured that is more than silence. */
export const hasIntro = ({ introEnd_s, leadSilence_s, duration_s }: DeckFacts): boolean => introEnd_s !== null && introEnd_s > leadSilence_s + shortestOverlap && introEnd_s < duration_s * 0.6;

/** Where the first is when the second comes in. Not so late that the overlap has no room. */
function meeting(a: DeckFacts, end: number, overlap: number, { leave, shift }: JointWish): number {
  const late = Math.max(0, end - overlap);
  const out = leave !== "end" && hasOutro(a) ? Math.min(a.outroStart_s ?? late, late) : late;
  if (!a.grid) return out;
  const lowest = nextBeat(a.grid, 0);
  const highest = Math.max(lowest, nearestBeat(a.grid, a.duration_s - shortestOverlap));
  return Math.min(highest, Math.max(lowest, nearestBeat(a.grid, out) + (shift?.a ?? 0) * period(a.grid)));
}

/** Where the second is when it comes in. `overlap`: seconds of its music. */
function entering(b: DeckFacts, first: number, overlap: number, { enter, shift }: JointWish): number {
  const from = enter === "intro" && hasIntro(b) ? Math.max(first, (b.introEnd_s ?? 0) - overlap) : first;
  if (!b.grid) return from;
  const lowest = nextBeat(b.grid, 0);
  const highest = Math.max(lowest, nearestBeat(b.grid, b.duration_s - overlap - shortestOverlap));
  return Math.min(highest, Math.max(lowest, nearestBeat(b.grid, from) + (shift?.b ?? 0) * period(b.grid)));
}

function inTime(a: DeckFacts, b: DeckFacts, rate: number, counted: Counted | undefined): JointPlan["inTime"] {
  if (!a.grid || !b.grid) return "unknown";
  return Math.abs(rate / matching(a.grid, b.grid, counted).rate - 1) < together ? "yes" : "once";
}

/** Beats as they are heard: of the first, and of the second. */
export function heardBeats(plan: JointPlan, a: BeatGrid, b: BeatGrid): { a: number[]; b: number[] } {
  return {
    a: beats(a, plan.a.from, plan.a.to).map((at) => at - plan.a.from),
    b: beats(b, plan.b.from, plan.b.to).map((at) => plan.bAt + (at - plan.b.from) / plan.rate),
  };
}

/** How far the second's beats are off the first's at a moment, seconds: above 0 = the second is late.
 *  Counted as the plan says: of a second at half time every beat has one of the first to fall on. */
export function beatError(plan: JointPlan, a: BeatGrid, b: BeatGrid, at: number): number {
  const inB = plan.b.from + (at - plan.bAt) * plan.rate;
  const stepB = period(b);
  const beatAt = plan.bAt + (b.offset_s + Math.round((inB - b.offset_s) / stepB) * stepB - plan.b.from) / plan.rate;
  const stepA = plan.counted === 0.5 ? period(a) / 2 : period(a);
  const off = (plan.a.from + beatAt - a.offset_s) / stepA;
  return (off - Math.round(off)) * stepA;
}
