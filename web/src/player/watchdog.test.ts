import { expect, it } from "vitest";
import { remedyFor, type Signs } from "./watchdog";

const signs = (more: Partial<Signs>): Signs => ({ still: 2, paused: false, seeking: false, ended: false, asleep: false, ahead: 5, hole: null, atEnd: false, pushes: 0, ...more });

it("helps a deck that stands still, and leaves alone one that waits for the network", () => {
  expect(remedyFor(signs({ still: 0.2 }))).toBe("none");
  expect(remedyFor(signs({ ahead: 0 }))).toBe("none");
  expect(remedyFor(signs({ asleep: true }))).toBe("wake");
  expect(remedyFor(signs({ paused: true }))).toBe("play");
  expect(remedyFor(signs({ ahead: 0, hole: 0.04 }))).toBe("jump");
  expect(remedyFor(signs({ ahead: 0, hole: 30 }))).toBe("none");
  expect(remedyFor(signs({ ahead: 0, atEnd: true }))).toBe("ended");
  expect(remedyFor(signs({ ended: true, still: 0.6 }))).toBe("ended");
  expect(remedyFor(signs({}))).toBe("push");
  expect(remedyFor(signs({ pushes: 3 }))).toBe("rebuild");
});
