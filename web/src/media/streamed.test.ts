import { describe, expect, it } from "vitest";
import type { Streamed } from "@/player/player";
import { badgeWords, decibels, soundWords, speedWords } from "./streamed";

const flac: Streamed = { tier: "flac", codec: "flac", lossless: true, original: true, sampleRateHz: 96000, bitDepth: 24, bitRateKbps: null, levelDb: -3.1, gapless: true };
const mp3: Streamed = { ...flac, tier: "mp3-320", codec: "mp3", lossless: false, original: false, sampleRateHz: 44100, bitDepth: null, bitRateKbps: 320 };

describe("the badge of what is streamed", () => {
  it("names depth and rate of lossless sound", () => {
    expect(soundWords(flac)).toBe("FLAC 24/96");
    expect(soundWords({ ...flac, bitDepth: 16, sampleRateHz: 44100 })).toBe("FLAC 16/44.1");
    expect(soundWords({ ...flac, bitDepth: null, sampleRateHz: 48000 })).toBe("FLAC 48");
    expect(soundWords({ ...flac, sampleRateHz: null })).toBe("FLAC");
  });
  it("names the rate of lossy sound", () => {
    expect(soundWords(mp3)).toBe("MP3 320");
    expect(soundWords({ ...mp3, codec: "opus", bitRateKbps: 128 })).toBe("Opus 128");
    expect(soundWords({ ...mp3, bitRateKbps: null })).toBe("MP3");
  });
  it("says of what a transcode was made, and only of a transcode", () => {
    expect(badgeWords(mp3, "flac")).toEqual({ now: "MP3 320", from: "from FLAC" });
    expect(badgeWords({ ...flac, original: false }, "alac").from).toBe("from ALAC");
    expect(badgeWords(flac, "flac").from).toBeNull();
    expect(badgeWords(mp3, null).from).toBeNull();
  });
});

describe("numbers with their signs", () => {
  it("have a true minus, and no sign for nothing", () => {
    expect([-3.14, 2, 0, -0.04].map(decibels)).toEqual(["\u22123.1 dB", "+2.0 dB", "0 dB", "0 dB"]);
    expect([0.5, 1, 1.25].map(speedWords)).toEqual(["0.5×", "1×", "1.25×"]);
  });
});
