// First sound, seeking, next: from the input event to the first frame of the new music.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { closeLeft, listen, openAlbum, playAlbum, quality, seekTo, startApp, waitForTitle } from "../sound/app.mjs";
import { trackTitle } from "../sound/library.mjs";
import { onset } from "../sound/level.mjs";
import { heard } from "../sound/recorder.mjs";
import { ALBUMS, LONG_SECONDS, TRACKS, makeSpeedLibrary, trackSignal } from "./library.mjs";
import { times } from "./goals.mjs";
import { beginOf, delay, lastInput } from "./times.mjs";

let app;
before(async () => (app = await startApp(makeSpeedLibrary(), { tracks: TRACKS })), { timeout: 300_000 });
after(() => app?.stop());
afterEach(() => closeLeft(app));

/** A fresh page, a click on Play: ms until the first frame that is not silence. */
async function firstSound(session, title) {
  await openAlbum(session, title);
  await session.page.waitForTimeout(800); // the page has come to rest
  await heard(session.page);
  await session.page.getByRole("main").getByRole("button", { name: "Play", exact: true }).first().click();
  await session.page.waitForFunction(() => window.__recorder.heard > 0);
  await waitForTitle(session.page, title);
  await session.page.waitForTimeout(1200);
  const recording = await heard(session.page);
  const frame = onset(recording.channels[0]);
  assert.ok(frame >= 0, `${title} makes no sound`);
  return delay(recording, frame, lastInput(recording, "click"));
}

/** Seeks to a fraction: ms until the music from there is heard. */
async function seekSound(session, album, fraction, wait = 1600) {
  await heard(session.page);
  await seekTo(session.page, fraction);
  await session.page.waitForTimeout(wait);
  const recording = await heard(session.page);
  const probe = recording.channels[0].length - 12_000;
  const want = fraction * LONG_SECONDS;
  const begin = beginOf(recording.channels[0], probe, trackSignal(album), want - 3, want + 2 + wait / 1000);
  assert.ok(begin, `nothing of ${want.toFixed(1)} s is heard`);
  return delay(recording, begin.frame, lastInput(recording, "pointerup"));
}

for (const [key, tier] of [["one", "flac"], ["mp3", "smart"]])
  test(`first sound and seeks, direct, ${key} as ${tier}`, { timeout: 240_000 }, async (t) => {
    const album = ALBUMS[key];
    const first = [];
    for (let run = 0; run < 8; run += 1) {
      const session = await listen(app, { settings: quality(tier) });
      first.push(await firstSound(session, album.title));
      assert.deepEqual(await session.close(), []);
    }
    const session = await listen(app, { settings: quality(tier) });
    await playAlbum(session, album.title);
    await waitForTitle(session.page, trackTitle(album, 0));
    await session.page.waitForTimeout(1500);
    const seeks = [];
    for (const fraction of [0.8, 0.2, 0.9, 0.45, 0.1, 0.7, 0.3, 0.95, 0.55, 0.05]) seeks.push(await seekSound(session, album, fraction));
    assert.deepEqual(await session.close(), []);
    times(t, `first sound, direct, ${tier}`, first, 300);
    times(t, `seek, direct, ${tier}`, seeks, 250);
  });

test("first sound and seek, transcoded for the first time", { timeout: 240_000 }, async (t) => {
  const first = [];
  const seeks = [];
  for (const key of ["one", "two"])
    for (const tier of ["mp3-320", "mp3-v2", "opus-128", "aac-192"]) {
      const session = await listen(app, { settings: quality(tier) });
      first.push(await firstSound(session, ALBUMS[key].title));
      seeks.push(await seekSound(session, ALBUMS[key], 0.85, 4000));
      assert.deepEqual(await session.close(), []);
    }
  times(t, "first sound, transcoded", first, 1000);
  times(t, "seek, transcoded", seeks, 700);
});

test("next track when it is there already", { timeout: 240_000 }, async (t) => {
  const album = ALBUMS.short;
  const session = await listen(app, { settings: quality("flac") });
  await playAlbum(session, album.title);
  await waitForTitle(session.page, trackTitle(album, 0));
  const found = [];
  for (let index = 1; index <= 12; index += 1) {
    await session.page.waitForTimeout(1500);
    await heard(session.page);
    await session.page.keyboard.press("Shift+ArrowRight");
    await waitForTitle(session.page, trackTitle(album, index));
    await session.page.waitForTimeout(700);
    const recording = await heard(session.page);
    const begin = beginOf(recording.channels[0], recording.channels[0].length - 8000, trackSignal(album, index), 0, 5);
    assert.ok(begin, `track ${index + 1} is not heard`);
    found.push(delay(recording, begin.frame, lastInput(recording, "keydown")));
  }
  assert.deepEqual(await session.close(), []);
  times(t, "next track", found, 150);
});
