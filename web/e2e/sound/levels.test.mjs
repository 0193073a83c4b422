// Levelling: what comes out is what the tags say, from the joint on, and nothing goes above full scale.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { closeLeft, listen, quality, startApp } from "./app.mjs";
import { playThrough, stops } from "./cases.mjs";
import { amplitude, decibels, onset } from "./level.mjs";
import { largest } from "./joint.mjs";
import { ALBUMS, LEVELS, LEVEL_SECONDS, makeLibrary, signalOf } from "./library.mjs";

const RATE = 44100;
const TRACK = LEVEL_SECONDS * RATE;
/** The step from one track's level to the next is looked at by itself. */
const NEAR = RATE / 50;

let app;
before(async () => (app = await startApp(makeLibrary("sound"), { tracks: 30 })), { timeout: 300_000 });
after(() => app?.stop());
afterEach(() => closeLeft(app));

const tag = (tags, name) => (tags[name] === undefined ? null : parseFloat(tags[name]));

/** Frames by which the level changes after (or before: negative) a border, in which music and gains are known. */
function stepOffset(sound, signal, border, begin, from, to) {
  const nearer = (frame) => {
    const factor = sound[begin + frame] / signal[frame];
    return Math.abs(factor - to) < Math.abs(factor - from) ? to : from;
  };
  let offset = 0;
  for (let k = -NEAR; k < NEAR; k += 1) {
    if (Math.abs(signal[border + k]) < 0.02) continue;
    if (k < 0 && offset === 0 && nearer(border + k) === to) offset = k;
    if (k >= 0 && nearer(border + k) === from) offset = k + 1;
  }
  return offset;
}
const offsets = [];

/** dB that a track of LEVELS should get. */
function expected({ tags }, mode, { preampDb, unknownDb }) {
  const track = [tag(tags, "REPLAYGAIN_TRACK_GAIN"), tag(tags, "REPLAYGAIN_TRACK_PEAK")];
  const album = [tag(tags, "REPLAYGAIN_ALBUM_GAIN"), tag(tags, "REPLAYGAIN_ALBUM_PEAK")];
  const [gain, peak] = mode === "track" || album[0] === null ? track : album;
  if (gain === null) return unknownDb;
  return Math.min(gain + preampDb, -decibels(peak));
}

const MODES = [
  { levelling: "track", preampDb: 0, unknownDb: -4 },
  { levelling: "album", preampDb: 0, unknownDb: 0 },
  { levelling: "track", preampDb: 9, unknownDb: 0 },
];

for (const settings of MODES)
  test(`levelling by ${settings.levelling}, preamp ${settings.preampDb} dB`, { timeout: 120_000 }, async (t) => {
    const session = await listen(app, { rate: RATE, settings: { ...quality("flac"), ...settings } });
    const { recording } = await playThrough(session, ALBUMS.levels);
    const faults = await session.close();
    const [sound] = recording.channels;
    t.diagnostic(`${settings.levelling} +${settings.preampDb}: pauses: ${stops(recording) || "none"}`);
    const begin = onset(sound) - 1;
    for (const [i, one] of LEVELS.entries()) {
      const want = expected(one, settings.levelling, settings);
      const level = (from, count) => decibels(amplitude(sound, { from, count, hz: 997, rate: RATE }) / one.amplitude);
      const from = begin + i * TRACK;
      const got = { middle: level(from + RATE / 2, RATE), first: level(from + NEAR, 512), ...(i + 1 < LEVELS.length ? { last: level(from + TRACK - 512 - NEAR, 512) } : {}) };
      t.diagnostic(`${settings.levelling} +${settings.preampDb}: track ${i + 1} wants ${want.toFixed(2)} dB, gets ${Object.entries(got).map(([place, value]) => `${place} ${value.toFixed(3)}`).join(", ")}`);
      for (const [place, value] of Object.entries(got)) {
        // A track begins with a fade of 10 ms where nothing was before it.
        if (i === 0 && place === "first") continue;
        assert.ok(Math.abs(value - want) <= 0.1, `track ${i + 1}, ${place}: ${value} dB instead of ${want}`);
      }
    }
    const [signal] = signalOf(ALBUMS.levels);
    const factors = LEVELS.map((one) => 10 ** (expected(one, settings.levelling, settings) / 20));
    for (let i = 1; i < LEVELS.length; i += 1) {
      if (Math.abs(decibels(factors[i] / factors[i - 1])) < 1) continue;
      const offset = stepOffset(sound, signal, i * TRACK, begin, factors[i - 1], factors[i]);
      offsets.push(offset);
      t.diagnostic(`${settings.levelling} +${settings.preampDb}: the level of track ${i + 1} comes ${offset} frames (${((offset / RATE) * 1000).toFixed(2)} ms) after its first sample`);
    }
    const peak = largest(sound.map(Math.abs));
    t.diagnostic(`${settings.levelling} +${settings.preampDb}: largest sample ${peak.toFixed(6)}`);
    assert.ok(peak <= 1, `a sample of ${peak}`);
    assert.deepEqual(faults, []);
  });

// Mostly it is exact. On a busy machine it was seen late (the first 13 ms of a track 3.1 dB off); the engine sets it for a moment
// that it works out from the element's clock.
test("the level of a spliced track begins within 1 ms of its first sample", { todo: "seen late on a busy machine" }, () => {
  assert.ok(offsets.length > 0);
  for (const offset of offsets) assert.ok(Math.abs(offset) <= RATE / 1000, `${offset} frames`);
});
