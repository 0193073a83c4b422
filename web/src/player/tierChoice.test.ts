import { describe, expect, it } from "vitest";
import type { PlaybackManifest, Tier } from "./manifest";
import { makeFakeTrack } from "./model/fakeServer";
import { chooseTier, type Conditions } from "./tierChoice";

const base = makeFakeTrack({ seconds: 60, form: "flac", album: 1, number: 1 }, 0).manifest;
const tier = (name: string, more: Partial<Tier> = {}): Tier => ({ ...(base.tiers[0] as Tier), name, mime: name.startsWith("mp3") ? "audio/mpeg" : name, lossless: name === "flac", original: false, bit_depth: name === "flac" ? 16 : null, bit_rate_kbps: { flac: 800, "mp3-320": 320, "mp3-v2": 190, "opus-128": 128, "aac-192": 192 }[name] ?? 256, splice: !/opus|aac/.test(name), sample_rate_hz: 44_100, ...more });
const lossy = ["mp3-320", "mp3-v2", "opus-128", "aac-192"].map((name) => tier(name));
const cd: PlaybackManifest = { ...base, tiers: [tier("flac", { original: true }), ...lossy] };
const studio: PlaybackManifest = { ...base, tiers: [tier("flac", { original: true, sample_rate_hz: 96_000, bit_depth: 24 }), ...lossy] };
const mp3File: PlaybackManifest = { ...base, tiers: [tier("mp3", { original: true, bit_rate_kbps: 192 }), tier("flac"), ...lossy] };

const choose = (manifest: PlaybackManifest, conditions: Partial<Conditions> = {}): string | undefined =>
  chooseTier(manifest, { quality: "smart", mobile: false, saveData: false, throughput: null, supports: () => true, ...conditions })?.name;

describe("choice of a tier", () => {
  it("is lossless at home, and steps down where the file is larger than a CD's", () => {
    expect(choose(cd)).toBe("flac");
    expect(choose(studio)).toBe("mp3-320");
    expect(choose(studio, { quality: "flac" })).toBe("flac");
  });
  it("leaves MP3 files as they are", () => {
    expect(choose(mp3File)).toBe("mp3");
    expect(choose(mp3File, { quality: "mp3-320" })).toBe("mp3");
    expect(choose(mp3File, { quality: "mp3-v2" })).toBe("mp3-v2");
  });
  it("spares data where it has a price", () => {
    expect(choose(cd, { mobile: true })).toBe("mp3-v2");
    expect(choose(cd, { saveData: true })).toBe("opus-128");
    expect(choose(cd, { quality: "flac", mobile: true })).toBe("flac");
  });
  it("takes what the network carries with something to spare", () => {
    expect(choose(cd, { throughput: 1_000_000 })).toBe("mp3-320");
    expect(choose(cd, { throughput: 300_000 })).toBe("mp3-v2");
    expect(choose(cd, { throughput: 50_000 })).toBe("opus-128");
  });
  it("asks the browser, and avoids what failed", () => {
    expect(choose(cd, { supports: (mime) => mime === "audio/mpeg" })).toBe("mp3-320");
    expect(choose(cd, { failed: new Set(["flac"]) })).toBe("mp3-320");
    expect(choose(cd, { quality: "opus-128", supports: (mime) => mime === "flac" })).toBe("flac");
    expect(choose(cd, { supports: () => false })).toBeUndefined();
  });
});
