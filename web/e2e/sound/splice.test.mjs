// Tracks of one album follow each other without a missing, added or damaged sample.
//
// Two things are asked for each joint: the gap between the signal before and behind it (0), and that no sample within 3000
// frames deviates from what the server sent by more than a threshold:
// - context at the file's rate, FLAC: one step of 16 bits (3.1e-5); the browser's own conversion to floats is half a step off.
// - context at the file's rate, MP3: 1e-3 against a decoder of its own (rounding of two decoders, and what the bits of the
//   frame before leave in the first granule; a joint that is off by one sample deviates by 0.02 and more).
// - another rate: the largest error of the browser's resampler well inside the tracks, doubled: more samples are looked at
//   near the joint than there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inMs, joints, line, misplaced, playThrough, referenceOf } from "./cases.mjs";
import { listen, quality, startApp } from "./app.mjs";
import { measureMeeting } from "./joint.mjs";
import { ALBUMS, makeLibrary, tracksOf } from "./library.mjs";

let app;
before(async () => (app = await startApp(makeLibrary("sound"), { tracks: 30 })), { timeout: 300_000 });
after(() => app?.stop());

const STEP_16 = 2 ** -15;
const threshold = (tier, reference, rate) =>
  reference.rate !== rate ? (inside) => inside * 2 + STEP_16 : tier === "flac" ? STEP_16 : 1e-3;

const CASES = [
  ["flac", "flac", 44100],
  ["flac", "flac", 48000],
  ["mp3", "mp3", 44100],
  ["mp3", "mp3", 48000],
  ["mp3v2", "mp3", 44100],
  ["flac", "mp3-320", 44100],
  ["flac", "mp3-320", 48000],
  ["flac", "mp3-v2", 44100],
  ["flac", "mp3-v2", 48000],
  ["flac", "flac", 44100, { seek: 0.6 }],
  ["flac", "mp3-320", 48000, { seek: 0.6 }],
  ["flac", "flac", 48000, { latency: 80 }],
  ["mp3", "mp3", 44100, { latency: 80 }],
  ["flac2496", "flac", 44100],
  ["flac2496", "flac", 48000],
  ["m4a", "flac", 44100],
  ["opus", "flac", 48000],
  ["vorbis", "flac", 44100],
];

for (const [key, tier, rate, { seek = null, latency = 0 } = {}] of CASES) {
  const name = `${key} as ${tier}${seek === null ? "" : " after a seek"}${latency ? ` with ${latency} ms latency` : ""}`;
  test(`${name} at ${rate} Hz`, { timeout: 120_000 }, async (t) => {
    const album = ALBUMS[key];
    // The file's own frames of an MP3 are what "smart" sends where nothing speaks against it.
    const session = await listen(app, { rate, latency, settings: quality(tier === "mp3" ? "smart" : tier) });
    const { recording, tiers } = await playThrough(session, album, { seek });
    const reference = await referenceOf(session, album, tier);
    const faults = await session.close();
    assert.deepEqual(tiers, [tier], "what was asked for");
    assert.equal(recording.rate, rate);
    assert.equal(recording.lost, 0, "frames the tap did not see");
    const off = misplaced(reference, album);
    assert.ok(off < 0.5, `the server's music lies ${off} samples off`);
    const found = joints(recording, reference, { threshold: threshold(tier, reference, rate) });
    for (const one of found) t.diagnostic(line(name, recording, one));
    for (const one of found) {
      assert.ok(one.quality > 0.99, `joint ${one.cut}: the signal is not there (${one.quality})`);
      assert.ok(Math.abs(one.gap) < (reference.rate === rate ? 0.01 : 0.05), `joint ${one.cut}: a gap of ${one.gap} frames`);
      assert.equal(one.damaged, 0, `joint ${one.cut}: damaged samples`);
    }
    assert.deepEqual(faults, []);
  });
}

for (const rate of [44100, 48000])
  test(`44.1 and 48 kHz tracks in turn at ${rate} Hz`, { timeout: 120_000 }, async (t) => {
    const session = await listen(app, { rate, settings: quality("flac") });
    const { recording } = await playThrough(session, ALBUMS.rates);
    const faults = await session.close();
    const tracks = tracksOf(ALBUMS.rates).map((track) => ({ rate: track.rate, samples: track.channels[0] }));
    for (const [i, track] of tracks.slice(1).entries()) {
      const { gap, quality: fit } = measureMeeting(recording.channels[0], rate, tracks[i], track);
      t.diagnostic(`rates joint ${i + 1} at ${rate}: ${gap.toFixed(3)} frames = ${inMs(gap, rate).toFixed(3)} ms`);
      assert.ok(fit > 0.99, `joint ${i + 1}: the signal is not there (${fit})`);
      assert.ok(Math.abs(inMs(gap, rate)) <= 1, `joint ${i + 1}: ${inMs(gap, rate)} ms`);
    }
    assert.deepEqual(faults, []);
  });
