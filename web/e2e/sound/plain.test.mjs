// Where the browser has no MediaSource two plain elements play: a gap of some milliseconds is allowed, a fault is not.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { closeLeft, listen, startApp } from "./app.mjs";
import { inMs, line, playThrough } from "./cases.mjs";
import { measureJoint } from "./joint.mjs";
import { ALBUMS, cutsOf, makeLibrary, signalOf } from "./library.mjs";

let app;
before(async () => (app = await startApp(makeLibrary("sound"), { tracks: 30 })), { timeout: 300_000 });
after(() => app?.stop());
afterEach(() => closeLeft(app));

for (const [key, rate] of [["flac", 44100], ["mp3", 48000]])
  test(`plain elements: ${key} at ${rate} Hz`, { timeout: 120_000 }, async (t) => {
    const session = await listen(app, { rate, plain: true });
    const { recording, tiers } = await playThrough(session, ALBUMS[key]);
    const faults = await session.close();
    assert.deepEqual(tiers, [], "no fragments without MediaSource");
    const [signal] = signalOf(ALBUMS[key]);
    for (const [i, cut] of cutsOf(ALBUMS[key]).entries()) {
      const found = measureJoint(recording.channels[0], signal, cut, { step: 44100 / rate, threshold: 0.15 });
      t.diagnostic(line(`${key} on plain elements`, recording, { cut: i + 1, side: "left", ...found }));
      assert.ok(found.quality > 0.99, `joint ${i + 1}: the signal is not there (${found.quality})`);
      assert.ok(Math.abs(inMs(found.gap, rate)) <= 50, `joint ${i + 1}: ${inMs(found.gap, rate)} ms`);
    }
    assert.deepEqual(faults, []);
  });
