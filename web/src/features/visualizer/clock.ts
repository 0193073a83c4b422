/** When the next picture is due. A screen of 120 Hz is drawn 60 times, a phone 30 times a second; a page that needs more than its
 *  share of script time goes down to 30 as well. */
const budgetMs = 4;
const slack = 0.2;

export interface FrameClock {
  /** Seconds since the last picture, or 0 = not yet. */
  due(nowMs: number): number;
  took(ms: number): void;
  readonly fps: number;
}

export function frameClock(fps: 60 | 30): FrameClock {
  let last: number | null = null;
  let usual = 0;
  let chosen: 60 | 30 = fps;
  return {
    due(nowMs) {
      const passed = last === null ? 1000 / chosen : nowMs - last;
      if (passed < (1000 / chosen) * (1 - slack)) return 0;
      last = nowMs;
      // After a pause nothing leaps.
      return Math.min(passed, 100) / 1000;
    },
    took(ms) {
      usual = usual * 0.95 + ms * 0.05;
      if (usual > budgetMs) chosen = 30;
    },
    get fps() {
      return chosen;
    },
  };
}
