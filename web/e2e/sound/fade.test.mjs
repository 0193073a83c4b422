// Between albums: an equal-power crossfade whose level stays constant. The two signals are known, so the share of each is a
// least-squares fit and not a noisy loudness.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { closeLeft, listen, playTogether, quality, startApp, tracksOfAlbum, waitForTitle } from "./app.mjs";
import { locate } from "./joint.mjs";
import { decibels, shares, straight } from "./level.mjs";
import { ALBUMS, makeLibrary, signalOf } from "./library.mjs";
import { heard } from "./recorder.mjs";

let app;
before(async () => (app = await startApp(makeLibrary("sound"), { tracks: 30 })), { timeout: 300_000 });
after(() => app?.stop());
afterEach(() => closeLeft(app));

const FADE = 4;
const WINDOW = 2048;

for (const rate of [44100, 48000])
  test(`a crossfade of ${FADE} s at ${rate} Hz`, { timeout: 120_000 }, async (t) => {
    const session = await listen(app, { rate, settings: { ...quality("flac"), crossfade: FADE } });
    await session.page.goto(app.url);
    const ids = [];
    for (const album of [ALBUMS.one, ALBUMS.two]) ids.push(...(await tracksOfAlbum(session.page, app, album.title)));
    await playTogether(session, ids, `Fade at ${rate}`);
    await waitForTitle(session.page, `${ALBUMS.two.title} 1`);
    await session.page.waitForTimeout((FADE + 3) * 1000);
    const recording = await heard(session.page);
    const faults = await session.close();
    const [sound] = recording.channels;
    const step = 44100 / rate;
    const [a, b] = [ALBUMS.one, ALBUMS.two].map((album, i) => {
      const [samples] = signalOf(album);
      const from = (i === 0 ? 3 : FADE + 1.5) * 44100;
      const found = locate(sound, samples, from, { step });
      assert.ok(found.quality > 0.99, `${album.title} is not there (${found.quality})`);
      return { samples, rate: 44100, origin: found.at - from / step };
    });
    // A limiter that comes into the path holds the sound back by its look-ahead from then on: the same signal at two places.
    const late = locate(sound, a.samples, (14 - FADE * 0.7) * 44100, { step, search: [b.origin, b.origin + FADE * rate] });
    const lag = Math.round(late.at - ((14 - FADE * 0.7) * 44100) / step - a.origin);
    const parts = lag === 0 ? [a, b] : [a, b, { ...a, origin: a.origin + lag }, { ...b, origin: b.origin - lag }];
    const end = a.origin + a.samples.length / step + lag;
    const points = [];
    let worst = { level: 0, at: 0 };
    for (let from = Math.ceil(b.origin) - 4 * WINDOW; from + WINDOW < end + 4 * WINDOW; from += WINDOW / 2) {
      const share = shares(sound, rate, { from, count: WINDOW }, parts);
      const level = decibels(Math.hypot(...share));
      // A window over the very first or last frame sees half a signal.
      if (from > b.origin && from + WINDOW < end && Math.abs(level) > Math.abs(worst.level)) worst = { level, at: (from - b.origin) / rate };
      const x = (Math.atan2(Math.hypot(share[1], share[3] ?? 0), Math.hypot(share[0], share[2] ?? 0)) * 2) / Math.PI;
      if (x > 0.1 && x < 0.9) points.push([(from + WINDOW / 2) / rate, x]);
    }
    const seconds = 1 / straight(points).slope;
    const overlap = (end - b.origin) / rate;
    t.diagnostic(`crossfade at ${rate}: level off by at most ${worst.level.toFixed(3)} dB (${worst.at.toFixed(3)} s into it), held back by ${lag} frames, curve of ${seconds.toFixed(3)} s, overlap ${overlap.toFixed(3)} s`);
    assert.ok(Math.abs(worst.level) <= 0.5, `${worst.level} dB off, ${worst.at} s into the fade`);
    // The exact length is measured offline (e2e/graph.test.mjs); this fit through noise is good to some hundredths.
    assert.ok(Math.abs(seconds - FADE) <= 0.06, `the curve takes ${seconds} s`);
    assert.ok(Math.abs(overlap - FADE) <= 0.05, `the tracks overlap by ${overlap} s`);
    assert.equal(recording.lost, 0);
    assert.deepEqual(faults, []);
  });
