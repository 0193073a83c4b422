import { describe, expect, it } from "vitest";
import type { Scan } from "@/shared/api/types";
import { brokenReason, jobName, scanCounts, took } from "./words";

const scan = (counts: Partial<Scan>): Scan => ({ id: "s", library_id: "l", state: "done", reason: "timer", error: null, started_at: "2026-11-21T10:00:00Z", finished_at: null, files: 0, seen: 0, added: 0, updated: 0, unchanged: 0, missing: 0, broken: 0, ...counts });

describe("words for what the server counts", () => {
  it("names only what happened", () => {
    expect(scanCounts(scan({ unchanged: 900 }))).toBe("nothing changed");
    expect(scanCounts(scan({ added: 1200, missing: 2 }))).toBe("1,200 new, 2 missing");
  });

  it("tells how long something took", () => {
    expect(took("2026-11-21T10:00:00.000Z", "2026-11-21T10:00:00.040Z")).toBe("under 0.1 s");
    expect(took("2026-11-21T10:00:00.000Z", "2026-11-21T10:00:02.140Z")).toBe("2.1 s");
    expect(took("2026-11-21T10:00:00.000Z", "2026-11-21T10:05:00.000Z")).toBe("5 min");
    expect(took("2026-11-21T10:00:00.000Z", null)).toBeNull();
  });

  it("shows what it does not know as it is", () => {
    expect(jobName({ name: "something.new" })).toBe("something.new");
    expect(brokenReason("quantum")).toEqual({ title: "quantum", todo: "" });
    expect(brokenReason("empty").todo).not.toBe("");
  });
});
