import { describe, expect, it } from "vitest";
import { sleepLeft } from "./sleep";

describe("what is left of the sleep timer", () => {
  it("counts minutes, then seconds", () => {
    const at = 1_000_000;
    expect(sleepLeft({ kind: "at", at }, at - 15 * 60_000)).toBe("15 min");
    expect(sleepLeft({ kind: "at", at }, at - 61_000)).toBe("2 min");
    expect(sleepLeft({ kind: "at", at }, at - 30_400)).toBe("31 s");
    expect(sleepLeft({ kind: "at", at }, at + 5)).toBe("0 s");
  });
  it("waits for the track, or for nothing", () => {
    expect(sleepLeft({ kind: "track" }, 0)).toBe("End of track");
    expect(sleepLeft(null, 0)).toBeNull();
  });
});
