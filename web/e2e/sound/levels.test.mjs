// Levelling: what comes out is what the tags say, from the joint on, and nothing goes above full scale.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { closeLeft, listen, quality, startApp } from "./app.mjs";
import { playThrough } from "./cases.mjs";
import { amplitude, decibels, onset } from "./level.mjs";
import { largest } from "./joint.mjs";
import { ALBUMS, LEVELS, LEVEL_SECONDS, makeLibrary } from "./library.mjs";

const RATE = 44100;
const TRACK = LEVEL_SECONDS * RATE;
const NEAR = 64;

let app;
before(async () => (app = await startApp(makeLibrary("sound"), { tracks: 30 })), { timeout: 300_000 });
after(() => app?.stop());
afterEach(() => closeLeft(app));

const tag = (tags, name) => (tags[name] === undefined ? null : parseFloat(tags[name]));

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
    const peak = largest(sound.map(Math.abs));
    t.diagnostic(`${settings.levelling} +${settings.preampDb}: largest sample ${peak.toFixed(6)}`);
    assert.ok(peak <= 1, `a sample of ${peak}`);
    assert.deepEqual(faults, []);
  });
