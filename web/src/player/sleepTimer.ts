import type { Sleep } from "./player";

/** Stops at a moment. Timers of a sleeping page come late, so the time that passes while playing is looked at too. */
export class SleepTimer {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private at: number | null = null;

  constructor(private readonly stop: () => void) {}

  set(sleep: Sleep): void {
    clearTimeout(this.timer);
    this.at = sleep?.kind === "at" ? sleep.at : null;
    if (this.at !== null) this.timer = setTimeout(() => this.check(), Math.max(0, this.at - Date.now()));
  }

  check(): void {
    if (this.at === null || Date.now() < this.at) return;
    this.at = null;
    clearTimeout(this.timer);
    this.stop();
  }
}
