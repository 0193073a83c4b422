import { expect, test } from "vitest";
import { defaultPlayback } from "../playbackSettings";
import { isAlbumPlay, levelOf, type Gains, type LevellingSettings } from "./levelling";

const settings = (change: Partial<LevellingSettings> = {}): LevellingSettings => ({ ...defaultPlayback, clipGuard: false, ...change });
const gains = (change: Partial<Gains> = {}): Gains => ({ track_db: -6, track_peak: 0.9, album_db: -8, album_peak: 0.95, ...change });
const alone = { albumPlay: false };
const dbOf = (g: Gains, s: LevellingSettings, albumPlay = false) => levelOf(g, s, { albumPlay }).db;

test("each mode takes its gain", () => {
  expect(levelOf(gains(), settings({ levelling: "off" }), alone)).toEqual({ gain: 1, db: null, peak: 1, from: "off" });
  expect(dbOf(gains(), settings({ levelling: "track" }))).toBeCloseTo(-6, 10);
  expect(dbOf(gains(), settings({ levelling: "album" }))).toBeCloseTo(-8, 10);
  expect(dbOf(gains(), settings({ levelling: "auto" }))).toBeCloseTo(-6, 10);
  expect(dbOf(gains(), settings({ levelling: "auto" }), true)).toBeCloseTo(-8, 10);
});

test("falls back from album to track to the setting, and from track to album", () => {
  expect(levelOf(gains({ album_db: null }), settings({ levelling: "album" }), alone)).toMatchObject({ from: "track", peak: 0.9 });
  expect(levelOf(gains({ track_db: null }), settings({ levelling: "track" }), alone)).toMatchObject({ from: "album", peak: 0.95 });
  expect(dbOf(gains({ album_db: null, track_db: null }), settings({ levelling: "album", unknownDb: -4 }))).toBeCloseTo(-4, 10);
});

test("the preamplifier adds to all of them, also to the unknown", () => {
  expect(dbOf(gains(), settings({ levelling: "track", preampDb: 3 }))).toBeCloseTo(-3, 10);
  expect(dbOf(gains({ album_db: null, track_db: null }), settings({ preampDb: 3, unknownDb: -4 }))).toBeCloseTo(-1, 10);
});

test("the guard stops exactly at full scale and lowers nothing that fits", () => {
  const loud = levelOf(gains({ track_db: 6, track_peak: 0.8 }), settings({ levelling: "track", clipGuard: true }), alone);
  expect(loud.gain * 0.8).toBeCloseTo(1 - 2 ** -15, 12);
  expect(levelOf(gains({ track_db: 1, track_peak: 0.5 }), settings({ levelling: "track", clipGuard: true }), alone).db).toBeCloseTo(1, 10);
  const above = levelOf(gains({ track_db: 0, track_peak: 1.25 }), settings({ levelling: "track", clipGuard: true }), alone);
  expect(above.gain).toBeCloseTo(0.8, 12);
});

test("a peak that nobody knows is taken to be at full scale", () => {
  const unknown = gains({ track_db: 5, track_peak: null, album_peak: null });
  expect(levelOf(unknown, settings({ levelling: "track", clipGuard: true }), alone).gain).toBe(1);
  expect(levelOf(unknown, settings({ levelling: "track" }), alone).db).toBeCloseTo(5, 10);
});

test("album play needs a neighbour of the same album", () => {
  const a = { album_id: "a" };
  expect(isAlbumPlay(a, [null, { album_id: "b" }])).toBe(false);
  expect(isAlbumPlay(a, [{ album_id: "b" }, { album_id: "a" }])).toBe(true);
  expect(isAlbumPlay({ album_id: null }, [{ album_id: null }])).toBe(false);
});
