import { describe, expect, it } from "vitest";
import { beatError, heardBeats, planJoint, tempoFirst, tempoNeeded, type DeckFacts } from "./align";
import { matching, nearestBeat, nextBeat, period, type BeatGrid } from "./grid";

const deck = (more: Partial<DeckFacts> = {}): DeckFacts => ({ duration_s: 300, grid: { bpm: 120, offset_s: 0.25 }, bpm: null, introEnd_s: 16, outroStart_s: 268, leadSilence_s: 0, trailSilence_s: 0, ...more });
const wish = { tempoPct: 0, overlapBeats: 32, nudge_s: 0 };
/** Numbers that fall alike in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

describe("beats", () => {
  it("the nearest, and the first from a moment on", () => {
    const grid = { bpm: 120, offset_s: 0.25 };
    expect(nearestBeat(grid, 10.1)).toBeCloseTo(10.25, 9);
    expect(nextBeat(grid, 10.26)).toBeCloseTo(10.75, 9);
    expect(nextBeat(grid, 10.25)).toBeCloseTo(10.25, 9);
    expect(period(grid)).toBe(0.5);
  });

  it("tempos meet at half and double time, but only where that needs less", () => {
    expect(matching({ bpm: 124 }, { bpm: 116 })).toEqual({ rate: 124 / 116, counted: 1 });
    expect(matching({ bpm: 87 }, { bpm: 174 })).toEqual({ rate: 1, counted: 0.5 });
    expect(matching({ bpm: 172 }, { bpm: 85 }).counted).toBe(2);
  });
});

describe("the plan of a joint", () => {
  it("the second's beats fall on the first's, within 5 ms, for any two grids", () => {
    const random = dice(7);
    let checked = 0;
    let furthest = 0;
    for (let n = 0; n < 1000; n += 1) {
      const bpm = 60 + random() * 130;
      const other = (bpm * [0.5, 1, 1, 1, 2][Math.floor(random() * 5)]!) * (0.93 + random() * 0.14); // eslint-disable-line @typescript-eslint/no-non-null-assertion
      const a = deck({ duration_s: 40 + random() * 600, grid: { bpm, offset_s: random() * (60 / bpm) }, outroStart_s: random() < 0.3 ? null : 20 + random() * 300, trailSilence_s: random() * 3 });
      const b = deck({ duration_s: 40 + random() * 600, grid: { bpm: other, offset_s: random() * (60 / other) }, leadSilence_s: random() * 4 });
      const tempoPct = tempoFirst(a, b);
      if (Math.abs(tempoNeeded(a, b) ?? 99) > 8) continue;
      const plan = planJoint(a, b, { ...wish, tempoPct });
      expect(plan.inTime).toBe("yes");
      const heard = heardBeats(plan, a.grid as BeatGrid, b.grid as BeatGrid);
      const both = heard.b.filter((at) => at >= plan.mixFrom && at < plan.mixTo);
      // Of a second counted at half time every other beat has one of the first under it.
      const step = plan.counted === 0.5 ? 2 : 1;
      for (let i = 0; i < both.length; i += step) {
        const at = both[i] as number;
        const off = Math.min(...heard.a.map((beat) => Math.abs(beat - at)));
        // The last beat of the overlap may lie a hair behind the last of the first.
        if (at < (heard.a.at(-1) ?? 0)) furthest = Math.max(furthest, off);
        furthest = Math.max(furthest, Math.abs(beatError(plan, a.grid as BeatGrid, b.grid as BeatGrid, at)));
        checked += 1;
      }
    }
    expect(furthest).toBeLessThan(0.005);
    expect(checked).toBeGreaterThan(5_000);
  });

  it("stays within both tracks, whatever is known of them", () => {
    const random = dice(11);
    for (let n = 0; n < 2000; n += 1) {
      const make = (): DeckFacts => {
        const duration_s = 3 + random() * 400;
        const known = random() < 0.7;
        return { duration_s, grid: known ? { bpm: 40 + random() * 200, offset_s: random() } : null, bpm: 120, introEnd_s: random() < 0.5 ? random() * duration_s : null, outroStart_s: random() < 0.5 ? random() * duration_s : null, leadSilence_s: random() * 2, trailSilence_s: random() * 2 };
      };
      const [a, b] = [make(), make()];
      const whole = (): number => Math.round(random() * 16 - 8);
      const plan = planJoint(a, b, { tempoPct: random() * 20 - 10, overlapBeats: [8, 16, 32, 64][n % 4] ?? 32, nudge_s: random() - 0.5, shift: { a: whole(), b: whole() }, leave: n % 3 === 0 ? "end" : "outro", enter: n % 2 === 0 ? "intro" : "start" });
      expect(plan.a.from).toBeGreaterThanOrEqual(0);
      expect(plan.a.to).toBeLessThanOrEqual(a.duration_s + 1e-9);
      expect(plan.b.from).toBeGreaterThanOrEqual(0);
      expect(plan.b.to).toBeLessThanOrEqual(b.duration_s + 1e-9);
      expect(plan.b.to).toBeGreaterThan(plan.b.from);
      expect(plan.mixTo).toBeGreaterThan(plan.mixFrom);
      expect(plan.length).toBeGreaterThanOrEqual(plan.mixTo);
      expect(plan.rate).toBeGreaterThanOrEqual(0.92);
      expect(plan.rate).toBeLessThanOrEqual(1.08);
    }
  });

  it("another tempo than the one needed begins in time and parts", () => {
    const a = deck();
    const b = deck({ grid: { bpm: 124, offset_s: 0.1 } });
    const plan = planJoint(a, b, { ...wish, tempoPct: 0 });
    expect(plan.inTime).toBe("once");
    expect(beatError(plan, a.grid as BeatGrid, b.grid as BeatGrid, plan.bAt)).toBeCloseTo(0, 6);
    expect(Math.abs(beatError(plan, a.grid as BeatGrid, b.grid as BeatGrid, plan.bAt + 6))).toBeGreaterThan(0.05);
  });

  it("a nudge moves the second by as much", () => {
    const a = deck();
    const plan = planJoint(a, a, { ...wish, nudge_s: 0.02 });
    expect(beatError(plan, a.grid as BeatGrid, a.grid as BeatGrid, plan.bAt + 3)).toBeCloseTo(0.02, 6);
  });

  it("a beat earlier or later in either is another beat of it, and stays on the beat", () => {
    const [a, b] = [deck(), deck({ grid: { bpm: 126, offset_s: 0.1 }, leadSilence_s: 0.1 })];
    const tempoPct = tempoFirst(a, b);
    const plain = planJoint(a, b, { ...wish, tempoPct });
    for (const shift of [
      { a: -1, b: 0 },
      { a: 3, b: 2 },
      { a: 0, b: 1 },
    ]) {
      const plan = planJoint(a, b, { ...wish, tempoPct, shift });
      expect(plan.a.from - plain.a.from).toBeCloseTo(shift.a * 0.5, 9);
      expect(plan.b.from - plain.b.from).toBeCloseTo((shift.b * 60) / 126, 9);
      expect(beatError(plan, a.grid as BeatGrid, b.grid as BeatGrid, plan.bAt + 4)).toBeCloseTo(0, 6);
    }
    // There is no beat before the first.
    expect(planJoint(a, b, { ...wish, tempoPct, shift: { a: 0, b: -5 } }).b.from).toBeCloseTo(plain.b.from, 9);
  });

  it("leaves at the outro or at the end, and enters at the start or late in the intro", () => {
    const [a, b] = [deck({ outroStart_s: 240 }), deck({ introEnd_s: 40 })];
    const meets = (more: object): [number, number] => {
      const plan = planJoint(a, b, { ...wish, ...more });
      return [plan.a.from + plan.mixFrom, plan.b.from];
    };
    expect(meets({})).toEqual([240.25, 0.25]);
    expect(meets({ leave: "end" })[0]).toBeCloseTo(284.25, 6);
    // 32 beats, 16 s: the intro is over when the first has gone.
    expect(meets({ enter: "intro" })[1]).toBeCloseTo(24.25, 6);
  });

  it("without beats it meets at the outro, and says that the beats are not known", () => {
    const a = deck({ grid: null, bpm: 120 });
    const plan = planJoint(a, deck(), wish);
    expect(plan.inTime).toBe("unknown");
    expect(plan.a.from + plan.mixFrom).toBeCloseTo(268, 6);
    expect(tempoNeeded(a, deck({ grid: { bpm: 126, offset_s: 0 } }))).toBeCloseTo(-4.76, 2);
  });

  it("tempos too far apart keep the second as it is", () => {
    expect(tempoFirst(deck(), deck({ grid: { bpm: 140, offset_s: 0 } }))).toBe(0);
  });
});
