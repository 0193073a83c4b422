// A DJ set over music whose beats are known: made, ordered, locked, undone after a reload, exported; and a joint that is heard
// beat on beat, checked in what the decks really decode and schedule.
/* global AudioBufferSourceNode, OfflineAudioContext */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { api } from "./api.mjs";
import { launch, openContext, violations } from "./browser.mjs";
import { startServer } from "./server.mjs";
import { wav } from "./sound/signal.mjs";

const PASSWORD = "correct horse battery";
const RATE = 44_100;
const SECONDS = 36;
/** Tempo, the first beat, key (MIDI of a minor tonic and its Camelot place). */
const MUSIC = [
  [120, 0.21, 57, "8A"],
  [122.5, 0.34, 57, "8A"],
  [124, 0.1, 64, "9A"],
  [121, 0.4, 64, "9A"],
  [126, 0.27, 59, "10A"],
  [118, 0.15, 63, "2A"],
];
let folder;
let server;
let browser;
let page;
let faults;

/** Kicks on every beat, a chord and a hat between them. */
function house(bpm, offset, tonic) {
  const out = new Float64Array(SECONDS * RATE);
  const chord = [0, 3, 7].map((step) => 440 * 2 ** ((tonic + step - 69) / 12));
  for (let i = 0; i < out.length; i += 1) for (const hz of chord) out[i] += 0.04 * Math.sin((2 * Math.PI * hz * i) / RATE);
  for (let beat = 0; offset + (beat * 60) / bpm < SECONDS; beat += 1) {
    const at = Math.round((offset + (beat * 60) / bpm) * RATE);
    for (let i = 0; i < 0.12 * RATE && at + i < out.length; i += 1) out[at + i] += 0.7 * Math.exp(-i / (0.03 * RATE)) * Math.cos((2 * Math.PI * 55 * i) / RATE);
  }
  return [out, out];
}

function makeMusic(path) {
  MUSIC.forEach(([bpm, offset, tonic, key], i) => {
    const tags = { title: `Track ${i + 1}`, artist: `Artist ${i + 1}`, album: `Album ${i + 1}`, album_artist: `Artist ${i + 1}`, BPM: String(bpm), initialkey: key };
    const named = Object.entries(tags).flatMap(([name, value]) => ["-metadata", `${name}=${value}`]);
    execFileSync("ffmpeg", ["-v", "error", "-f", "wav", "-i", "pipe:0", ...named, join(path, `${i + 1}.flac`)], { input: wav(house(bpm, offset, tonic), RATE, 16), maxBuffer: 1 << 26 });
  });
}

/** Runs in the page before the app: keeps what the decks give to the sound card. */
function watchSources() {
  const started = (window.__started = []);
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (when, offset) {
    started.push({ when, offset, rate: this.playbackRate.value, buffer: this.buffer });
    return start.call(this, when, offset);
  };
}

/** Runs in the page: what was started, rendered by the browser on one clock; answers where the kicks of each are heard. */
async function heardKicks() {
  const rate = 44_100;
  const [a, b] = window.__started;
  const origin = Math.min(a.when, b.when);
  const kicks = async ({ when, offset, rate: speed, buffer }) => {
    const context = new OfflineAudioContext(1, 30 * rate, rate);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.playbackRate.value = speed;
    source.connect(context.destination);
    source.start(when - origin, offset);
    const wave = (await context.startRendering()).getChannelData(0);
    const found = [];
    // A kick begins at its highest sample.
    for (let i = 200; i < wave.length - 400; i += 1) {
      if (wave[i] < 0.45) continue;
      let top = i;
      for (let k = i; k < i + 400; k += 1) if (wave[k] > wave[top]) top = k;
      found.push(top / rate);
      i = top + Math.round(0.2 * rate);
    }
    return found;
  };
  return { a: await kicks(a), b: await kicks(b), bFrom: b.when - origin, seconds: [a.buffer.duration, b.buffer.duration] };
}

before(
  async () => {
    folder = mkdtempSync(join(tmpdir(), "resonance-e2e-sets-"));
    makeMusic(folder);
    server = await startServer({ music: folder, env: { ANALYSIS: "true" } });
    browser = await launch();
    const opened = await openContext(browser, server.url);
    faults = opened.faults;
    await opened.context.addInitScript(watchSources);
    page = await opened.context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(server.url);
    await api(page, server, "setup", { name: "ada", password: PASSWORD });
    for (let tries = 0; ; tries += 1) {
      const { tracks, full_done } = await api(page, server, "analysis");
      if (tracks === MUSIC.length && full_done === tracks) break;
      assert.ok(tries < 300, "the music was not listened to");
      await page.waitForTimeout(400);
    }
  },
  { timeout: 180_000 },
);

after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const shown = () => page.locator(".dj-row b").allTextContents();

test("a set is made, ordered, locked, undone after a reload, and exported", { timeout: 120_000 }, async () => {
  await page.goto(new URL("sets", server.url).href);
  await page.getByRole("button", { name: "New set" }).last().click();
  const dialog = page.getByRole("dialog", { name: "New DJ set" });
  await dialog.getByLabel("Name").fill("Parquet hour");
  await dialog.getByRole("button", { name: "Filter", exact: true }).click();
  await dialog.getByRole("button", { name: "All", exact: true }).click();
  await dialog.getByRole("button", { name: "Make set" }).click();
  await page.getByRole("heading", { level: 1, name: "Parquet hour" }).waitFor();
  await page.getByRole("button", { name: "Let it choose" }).click();
  const offer = page.getByRole("region", { name: "Proposal" });
  await offer.getByText(/average joint \d+/).waitFor();
  await offer.getByRole("button", { name: "Use this order" }).click();
  await page.getByRole("button", { name: "Undo", exact: true }).and(page.locator(":enabled")).waitFor();
  const order = await shown();
  assert.deepEqual([...order].sort(), MUSIC.map((_, i) => `Track ${i + 1}`));
  await page.getByRole("img", { name: /^6 tracks over \d minutes\. Tempo from 118 to 126 BPM\./ }).waitFor();
  assert.deepEqual(await violations(page), []);

  const grid = page.getByRole("grid", { name: "Tracks of the set" });
  await grid.locator('[data-slot="1"]').focus();
  await page.keyboard.press("l");
  await grid.getByRole("button", { name: `Unlock ${order[1]}` }).waitFor();
  await grid.locator('[data-slot="2"]').focus();
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/slots") && answer.request().method() === "PUT");
  await page.keyboard.press("Alt+ArrowDown");
  await saved;
  assert.deepEqual((await shown()).slice(1, 4), [order[1], order[3], order[2]]);

  await page.reload();
  await grid.waitFor();
  assert.deepEqual((await shown()).slice(1, 4), [order[1], order[3], order[2]]);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.waitForFunction((wanted) => [...document.querySelectorAll(".dj-row b")].map((one) => one.textContent).join() === wanted, order.join());
  await grid.getByRole("button", { name: `Unlock ${order[1]}` }).waitFor();

  const id = page.url().split("/").at(-1);
  for (const format of ["rekordbox", "nml", "m3u8", "csv"]) {
    const file = await page.request.get(new URL(`api/v1/exports/set/${id}?format=${format}`, server.url).href);
    assert.equal(file.status(), 200, format);
    assert.ok((await file.text()).includes("Track 3"), format);
  }
  assert.deepEqual(faults, []);
});

test("a joint is heard beat on beat", { timeout: 60_000 }, async () => {
  const row = page.locator(".dj-row", { hasText: "BPM" }).nth(2);
  await row.click();
  const side = page.getByRole("complementary", { name: "Joint and other tracks" });
  await side.getByText("Beat on beat.").waitFor();
  await side.getByRole("button", { name: "Play the joint" }).click();
  await side.getByRole("button", { name: "Pause the joint" }).waitFor();
  await page.waitForFunction(() => window.__started.length >= 2);
  const { a, b, bFrom, seconds } = await page.evaluate(heardKicks);
  // Seconds, not files.
  assert.ok(seconds.every((length) => length < SECONDS), `${seconds}`);
  const end = a.at(-1) + 0.01;
  const both = b.filter((at) => at > bFrom + 0.05 && at < end);
  assert.ok(both.length >= 8, `${both.length} beats of ${b.length} with ${a.length}`);
  const off = both.map((at) => Math.min(...a.map((beat) => Math.abs(beat - at))));
  assert.ok(Math.max(...off) < 0.005, `beats are off by up to ${Math.max(...off)} s`);

  await side.getByRole("slider", { name: /^Tempo of/ }).press("PageUp");
  await side.getByText(/^They begin on the beat and part/).waitFor();
  await side.getByRole("button", { name: "Match" }).click();
  await side.getByText("Beat on beat.").waitFor();
  await side.getByText("Mixer").click();
  await side.getByRole("button", { name: "Keep the pitch" }).click();
  await side.getByRole("slider", { name: "Crossfader" }).press("End");
  assert.deepEqual(await violations(page), []);
  await side.getByRole("button", { name: "Pause the joint" }).click();
  assert.deepEqual(faults, []);
});
