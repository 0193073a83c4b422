// Tracks of one album follow each other without a missing, added or damaged sample.
//
// Two things are asked for each joint: the gap between the signal before and behind it (0), and that no sample within 3000
// frames deviates from what the server sent by more than a threshold:
// - FLAC, context at the file's rate: one step of 16 bits (3.1e-5); the browser's own conversion to floats is half a step off.
// - MP3, context at the file's rate: 1e-4 (two decoders agree to 1e-6), but in the last 529 samples before a joint the largest
//   error the encoder itself makes inside these tracks. A decoder works those samples out with the frame that follows, which in
//   one stream is the next track's first and not the encoder's padding; measured: only there, and not at all where the last
//   frame reaches 529 samples past the music. In these signals half a sample off deviates by 0.035, a whole one by 0.07.
// - another rate: both of these and the browser's resampler, twice its largest error well inside the tracks.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { inMs, joints, line, misplaced, ownError, playThrough, referenceOf, stops } from "./cases.mjs";
import { closeLeft, listen, quality, startApp } from "./app.mjs";
import { measureMeeting } from "./joint.mjs";
import { ALBUMS, makeLibrary, tracksOf } from "./library.mjs";

let app;
before(async () => (app = await startApp(makeLibrary("sound"), { tracks: 30 })), { timeout: 300_000 });
after(() => app?.stop());
afterEach(() => closeLeft(app));

const STEP_16 = 2 ** -15;
const TAIL = 529;

function limits(tier, reference, album, rate) {
  const flac = tier === "flac";
  const codec = flac ? STEP_16 : ownError(reference, album);
  // Resampled, the step from one track's edge to the next's rings on both sides.
  if (reference.rate !== rate) return { threshold: (inside) => codec + inside * 2 };
  return flac ? { threshold: STEP_16 } : { threshold: 1e-4, tail: { frames: TAIL, limit: codec } };
}

/** Every tier, both rates of the sound card, a seek, a slow network, 24/96: each at least once. SOUND=all plays every combination. */
const CASES = [
  ["flac", "flac", 44100, { seek: 0.6 }],
  ["flac", "flac", 48000, { latency: 80 }],
  ["flac2496", "flac", 48000],
  ["mp3", "mp3", 44100, { latency: 80 }],
  ["mp3", "mp3", 48000],
  ["flac", "mp3-320", 48000, { seek: 0.6 }],
  ["flac", "mp3-v2", 44100],
  ["m4a", "flac", 44100],
  ...(process.env.SOUND === "all"
    ? [
        ["flac", "flac", 44100],
        ["flac", "flac", 48000],
        ["mp3v2", "mp3", 44100],
        ["flac", "mp3-320", 44100],
        ["flac", "mp3-320", 48000],
        ["flac", "mp3-v2", 48000],
        ["flac2496", "flac", 44100],
        ["opus", "flac", 48000],
        ["vorbis", "flac", 44100],
      ]
    : []),
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
    const found = joints(recording, reference, limits(tier, reference, album, rate));
    // A seek into what is not made yet may be silent for a moment; it lies more than a second before the first joint.
    assert.equal(stops(recording, seek === null ? 0 : found[0].at - rate), "", "the sound stopped");
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
