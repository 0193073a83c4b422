// Two decks, recorded at the loudspeaker: the beats of 120 and of 126 BPM fall together through eight bars.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { api } from "../api.mjs";
import { launch, openContext } from "../browser.mjs";
import { startServer } from "../server.mjs";
import { heard, record } from "./recorder.mjs";
import { wav } from "./signal.mjs";

const RATE = 44_100;
const SECONDS = 40;
const BARS = 8;
const CLOSE_MS = 10;
/** Tempo, first beat, and the pitch of the tick by which the two are told apart in one recording. */
const A = { bpm: 120, offset: 0.31, tick: 1500, title: "One hundred and twenty" };
const B = { bpm: 126, offset: 0.17, tick: 5250, title: "One hundred and twenty-six" };
let folder;
let server;
let browser;

/** A kick and a tick on every beat, over a quiet chord. */
function clicks({ bpm, offset, tick }) {
  const out = new Float64Array(SECONDS * RATE);
  for (let i = 0; i < out.length; i += 1) for (const hz of [220, 261.6, 329.6]) out[i] += 0.03 * Math.sin((2 * Math.PI * hz * i) / RATE);
  for (let beat = 0; offset + (beat * 60) / bpm < SECONDS - 0.2; beat += 1) {
    const at = Math.round((offset + (beat * 60) / bpm) * RATE);
    for (let i = 0; i < 0.12 * RATE; i += 1) out[at + i] += 0.45 * Math.exp(-i / (0.03 * RATE)) * Math.sin((2 * Math.PI * 55 * i) / RATE);
    for (let i = 0; i < 0.03 * RATE; i += 1) out[at + i] += 0.4 * Math.exp(-i / (0.006 * RATE)) * Math.sin((2 * Math.PI * tick * i) / RATE);
  }
  return [out, out];
}

/** When ticks of a pitch are heard, seconds: where what is left of the sound at that pitch, over 2 ms, is loudest. */
function ticksAt(wave, hz) {
  const span = Math.round(0.002 * RATE);
  const power = new Float64Array(wave.length);
  const [re, im] = [new Float64Array(wave.length), new Float64Array(wave.length)];
  let [sumRe, sumIm] = [0, 0];
  for (let i = 0; i < wave.length; i += 1) {
    re[i] = wave[i] * Math.cos((2 * Math.PI * hz * i) / RATE);
    im[i] = wave[i] * Math.sin((2 * Math.PI * hz * i) / RATE);
    sumRe += re[i] - (re[i - span] ?? 0);
    sumIm += im[i] - (im[i - span] ?? 0);
    power[i] = Math.hypot(sumRe, sumIm);
  }
  const least = 0.4 * power.reduce((most, value) => Math.max(most, value), 0);
  const found = [];
  for (let i = 0; i < power.length; i += 1) {
    if (power[i] < least) continue;
    let top = i;
    for (let k = i; k < Math.min(power.length, i + 0.02 * RATE); k += 1) if (power[k] > power[top]) top = k;
    found.push(top / RATE);
    i = top + Math.round(0.15 * RATE);
  }
  return found;
}

before(
  async () => {
    folder = mkdtempSync(join(tmpdir(), "resonance-e2e-decks-"));
    [A, B].forEach((track, i) => {
      const tags = { title: track.title, artist: `Artist ${i}`, album: "Clicks", album_artist: "Various", BPM: String(track.bpm), initialkey: "8A" };
      const named = Object.entries(tags).flatMap(([name, value]) => ["-metadata", `${name}=${value}`]);
      execFileSync("ffmpeg", ["-v", "error", "-f", "wav", "-i", "pipe:0", ...named, join(folder, `${i}.flac`)], { input: wav(clicks(track), RATE, 16), maxBuffer: 1 << 26 });
    });
    server = await startServer({ music: folder, env: { ANALYSIS: "true" } });
    browser = await launch();
  },
  { timeout: 120_000 },
);

after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test(`120 and 126 BPM are heard together through ${BARS} bars, and a beat later too`, { timeout: 180_000 }, async () => {
  const { context, faults } = await openContext(browser, server.url, { bypassCSP: true });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await record(page, { rate: RATE });
  await page.goto(server.url);
  await api(page, server, "setup", { name: "ada", password: "correct horse battery" });
  for (let tries = 0; ; tries += 1) {
    const { tracks, full_done } = await api(page, server, "analysis");
    if (tracks === 2 && full_done === 2) break;
    assert.ok(tries < 200, "the music was not listened to");
    await page.waitForTimeout(400);
  }
  const { items } = await api(page, server, "tracks");
  const ids = [A, B].map(({ title }) => items.find((track) => track.title === title).id);
  const set = await api(page, server, "sets", { name: "Clicks", pool: { kind: "tracks", track_ids: ids } });
  await page.goto(new URL(`sets/${set.id}`, server.url).href);
  const side = page.getByRole("complementary", { name: "Joint and other tracks" });
  await side.getByText(/^Beat on beat\. Its pitch goes down with it, 0\.8 semitones\./).waitFor();
  // Both are heard from the first beat to the last.
  await side.getByText("Mixer").click();
  await side.getByRole("button", { name: "By hand" }).click();
  const fader = side.getByRole("slider", { name: "Crossfader" });
  await fader.press("Home");
  await fader.press("PageUp");
  await fader.press("PageUp");

  const together = async () => {
    await heard(page);
    await side.getByRole("button", { name: "Play the joint" }).click();
    await side.getByRole("button", { name: "Pause the joint" }).waitFor();
    // Eight seconds alone, eight bars of the first, and a little more.
    await page.waitForTimeout((8 + BARS * 4 * (60 / A.bpm) + 2) * 1000);
    await side.getByRole("button", { name: "Pause the joint" }).click();
    const wave = (await heard(page)).channels[0];
    const [a, b] = [ticksAt(wave, A.tick), ticksAt(wave, (B.tick * A.bpm) / B.bpm)];
    const both = b.filter((at) => at < a.at(-1) + 0.25);
    assert.ok(both.length >= BARS * 4 - 1, `${both.length} beats together, of ${a.length} and ${b.length}`);
    const off = both.map((at) => Math.min(...a.map((beat) => Math.abs(beat - at))) * 1000);
    console.log(`# ${both.length} beats, the furthest ${Math.max(...off).toFixed(2)} ms apart`);
    assert.ok(Math.max(...off) < CLOSE_MS, `beats are up to ${Math.max(...off)} ms apart: ${off.map((ms) => ms.toFixed(1)).join(" ")}`);
  };
  await together();

  await side.getByRole("button", { name: "Second deck one beat later" }).click();
  await side.getByRole("button", { name: "First deck one beat earlier" }).click();
  await side.getByText("+1", { exact: true }).waitFor();
  const place = side.getByRole("slider", { name: "Place in the joint" });
  await place.press("Home");
  await together();
  assert.deepEqual(faults, []);
});
