import { describe, expect, it } from "vitest";
import { makeFakeTrack } from "./model/fakeServer";
import { endOf, firstFragmentFor, fragmentAt, indexAt, layAfter, layOut, offsetOf, rangeOf, settle, toDeckTime, toPosition, type Piece } from "./timeline";

const piece = (seconds: number, form: "flac" | "mp3" = "flac"): Piece => {
  const { item, manifest } = makeFakeTrack({ seconds, form, album: 1, number: 1 }, 0);
  const [tier] = manifest.tiers;
  if (!tier) throw new Error("no tier");
  return { cue: { uid: 1, track: item, albumPlay: false }, manifest, tier };
};

describe("timeline", () => {
  it("lays tracks behind each other to the sample", () => {
    const first = layOut(piece(10.123), 0, 1);
    const second = layAfter(first, piece(20), 2);
    expect(second.t0).toBe(Math.round(10.123 * 44_100) / 44_100);
    expect(indexAt([first, second], 10.1)).toBe(0);
    expect(indexAt([first, second], second.t0)).toBe(1);
    // Browsers keep deck time in microseconds.
    expect(indexAt([first, second], Math.floor(second.t0 * 1e6) / 1e6)).toBe(1);
    expect(toPosition(second, second.t0 + 3)).toBeCloseTo(3, 9);
    expect(toDeckTime(second, 99)).toBe(endOf(second));
  });

  it("moves the border when the file was shorter, by more than a millisecond only", () => {
    const span = layOut(piece(10), 5, 1);
    expect(settle(span, 14.9995).duration).toBe(10);
    expect(settle(span, 14.9).duration).toBeCloseTo(9.9, 9);
    expect(settle(span, 15.2).duration).toBe(10);
  });

  it("puts fmp4 by its own times and MP3 by the number of its fragment, with the delay before the window", () => {
    const flac = layOut(piece(30), 100, 1);
    expect(offsetOf(flac, 3)).toBe(100);
    const mp3 = layOut(piece(30, "mp3"), 100, 1);
    const { fragment_samples: size } = mp3.tier;
    expect(offsetOf(mp3, 0)).toBeCloseTo(100 - 576 / 44_100, 12);
    expect(offsetOf(mp3, 2)).toBeCloseTo(100 + (2 * size - 576) / 44_100, 12);
    expect(rangeOf(mp3, 0)[0]).toBe(100);
    expect(rangeOf(mp3, 0)[1]).toBeCloseTo(100 + (size - 576) / 44_100, 12);
    expect(rangeOf(mp3, mp3.fragments - 1)[1]).toBe(endOf(mp3));
  });

  it("finds fragments, and begins earlier where frames lean on each other", () => {
    const mp3 = layOut(piece(30, "mp3"), 0, 1);
    const border = rangeOf(mp3, 2)[0];
    expect(fragmentAt(mp3, border)).toBe(2);
    expect(firstFragmentFor(mp3, border + 0.1)).toBe(1);
    expect(firstFragmentFor(mp3, border + 0.4)).toBe(2);
    const flac = layOut(piece(30), 0, 1);
    expect(firstFragmentFor(flac, rangeOf(flac, 2)[0] + 0.1)).toBe(2);
    expect(fragmentAt(flac, 999)).toBe(flac.fragments - 1);
  });
});
