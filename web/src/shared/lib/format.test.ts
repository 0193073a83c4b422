import { describe, expect, it } from "vitest";
import { bytes, clock, dayName, initials, length, partialDate, quality, span, trackCount } from "./format";

describe("format", () => {
  it("clock", () => {
    expect([clock(0), clock(65.9), clock(3725), clock(null), clock(NaN)]).toEqual(["0:00", "1:05", "1:02:05", "–", "–"]);
  });
  it("spans and counts", () => {
    expect([length(59.997), length(65.4), length(null), clock(59.997)]).toEqual(["1:00", "1:05", "–", "0:59"]);
    expect([span(20.6), span(59.997), span(2640), span(3600), span(4320)]).toEqual(["21 s", "1 min", "44 min", "1 h", "1 h 12 min"]);
    expect([trackCount(1), trackCount(10)]).toEqual(["1 track", "10 tracks"]);
  });
  it("quality names what the file is", () => {
    const none = { codec: null, format: null, bit_depth: null, sample_rate_hz: null, bit_rate_kbps: null };
    expect(quality({ ...none, codec: "flac", bit_depth: 24, sample_rate_hz: 96000 })).toBe("FLAC 24/96");
    expect(quality({ ...none, codec: "flac", bit_depth: 16, sample_rate_hz: 44100 })).toBe("FLAC 16/44.1");
    expect(quality({ ...none, codec: "mp3", bit_rate_kbps: 320, sample_rate_hz: 44100 })).toBe("MP3 320");
    expect(quality(none)).toBeNull();
  });
  it("partial dates stay partial", () => {
    expect(partialDate("2021")).toBe("2021");
    expect(partialDate("2021-03")).toBe("March 2021");
    expect(partialDate("2021-03-12")).toMatch(/12/);
  });
  it("days end at the reader's midnight", () => {
    const now = new Date(2026, 2, 10, 0, 30).getTime();
    const at = (...when: [number, number, number, number]): string => new Date(...when).toISOString();
    expect(dayName(at(2026, 2, 10, 0), now)).toBe("Today");
    expect(dayName(at(2026, 2, 9, 23), now)).toBe("Yesterday");
    expect(dayName(at(2026, 2, 7, 1), now)).toBe("3 days ago");
    expect(dayName(at(2025, 10, 2, 12), now)).toMatch(/2025/);
  });
  it("sizes and initials", () => {
    expect([bytes(999), bytes(1_040_000_000)]).toEqual(["999 B", "1 GB"]);
    expect([initials("lena kraft"), initials("bob")]).toEqual(["LK", "B"]);
  });
});
