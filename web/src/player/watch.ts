import type { Lane } from "./lane";
import type { SoundOutput } from "./soundOutput";
import { endOf } from "./timeline";
import { remedyFor } from "./watchdog";

interface WatchEvents {
  flowing(): void;
  /** For long enough to say so. */
  still(): void;
  ended(): void;
  rebuild(): void;
}

const newsAfter = 0.6;

/** Looks at the deck that should be sounding, and helps it. */
export class Watch {
  private lastTime = -1;
  private since = 0;
  private pushes = 0;

  constructor(private readonly output: SoundOutput, private readonly events: WatchEvents, private readonly clock: () => number = () => performance.now() / 1000) {}

  /** Standing still is right now (a seek, a new track). */
  reset(): void {
    this.lastTime = -1;
    this.pushes = 0;
  }

  look(lane: Lane, lastOnDeck: boolean): void {
    const { time, audio } = lane;
    const now = this.clock();
    if (Math.abs(time - this.lastTime) > 0.001) {
      if (this.lastTime >= 0 && !audio.seeking && lane.ahead > 0.02) {
        this.pushes = 0;
        this.events.flowing();
      }
      this.lastTime = time;
      this.since = now;
      return;
    }
    if (now - this.since > newsAfter) this.events.still();
    const [span] = lane.feed.spans;
    const after = lane.deck.buffered().find(([from]) => from > time);
    const ahead = lane.ahead;
    const remedy = remedyFor({
      still: now - this.since,
      paused: audio.paused,
      seeking: audio.seeking,
      ended: audio.ended,
      asleep: this.output.asleep,
      ahead,
      hole: ahead < 0.01 && after ? after[0] - time : null,
      atEnd: lastOnDeck && span !== undefined && span.settled && time >= endOf(span) - 0.1,
      pushes: this.pushes,
    });
    this.apply(remedy, lane, after?.[0] ?? time, now);
  }

  private apply(remedy: ReturnType<typeof remedyFor>, lane: Lane, after: number, now: number): void {
    switch (remedy) {
      case "none":
        return;
      case "wake":
        return this.output.wake();
      case "play":
        return void lane.audio.play().catch(() => undefined);
      case "ended":
        return this.events.ended();
      case "jump":
        return lane.deck.seek(after + 0.001);
      case "rebuild":
        this.reset();
        return this.events.rebuild();
      case "push":
        this.pushes += 1;
        this.since = now;
        lane.deck.seek(lane.time + 0.01);
        this.lastTime = lane.time;
    }
  }
}
