/** What is seen of a deck that should be sounding. Seconds. */
export interface Signs {
  /** The playhead has not moved for so long. */
  readonly still: number;
  readonly paused: boolean;
  readonly seeking: boolean;
  readonly ended: boolean;
  readonly asleep: boolean;
  /** Sound in the buffer from the playhead on. */
  readonly ahead: number;
  /** Distance to the next piece of the buffer, where there is none at the playhead. */
  readonly hole: number | null;
  /** The end of the queue is reached. */
  readonly atEnd: boolean;
  /** How often a push was tried since the playhead moved. */
  readonly pushes: number;
}

export type Remedy = "none" | "wake" | "play" | "ended" | "push" | "jump" | "rebuild";

const enoughAhead = 0.2;
const patience = 1;
const smallestHole = 1;
const mostPushes = 3;

/** Browsers stop for reasons of their own: a hole of a few samples, an interrupted context, a lost device. Waiting for the network is none of them. */
export function remedyFor(signs: Signs): Remedy {
  if (signs.still < patience / 2) return "none";
  if (signs.ended || (signs.atEnd && signs.still >= patience)) return "ended";
  if (signs.asleep) return "wake";
  if (signs.paused) return "play";
  if (signs.hole !== null && signs.hole <= smallestHole) return "jump";
  if (signs.ahead < enoughAhead || signs.still < patience) return "none";
  return signs.pushes >= mostPushes ? "rebuild" : "push";
}
