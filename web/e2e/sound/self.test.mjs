// The ruler is measured first: joints whose gap is known must be reported as exactly that.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../browser.mjs";
import { measureJoint } from "./joint.mjs";
import { heard, record } from "./recorder.mjs";
import { values } from "./resample.mjs";
import { continuous, quantised, wav } from "./signal.mjs";

const RATE = 44100;
const CUT = 2 * RATE + 123;
const signal = quantised(continuous({ seed: 7, length: 4 * RATE, rate: RATE }), 16);

for (const gap of [0, 1, -1, 137])
  test(`numbers alone: a gap of ${gap} samples`, () => {
    const before = signal.subarray(0, gap < 0 ? CUT + gap : CUT);
    const rest = signal.subarray(CUT);
    const recording = new Float32Array(1000 + before.length + Math.max(0, gap) + rest.length);
    recording.set(before, 1000);
    recording.set(rest, 1000 + before.length + Math.max(0, gap));
    const found = measureJoint(recording, signal, CUT, { threshold: 1e-6 });
    assert.equal(found.gap, gap);
    assert.equal(found.factor.toFixed(6), "1.000000");
    if (gap === 0) assert.equal(found.damaged, 0);
  });

test("numbers alone: one damaged sample is seen", () => {
  const recording = new Float32Array(signal);
  recording[CUT + 5] += 0.001;
  assert.equal(measureJoint(recording, signal, CUT, { threshold: 1e-5 }).damaged, 1);
});

for (const gap of [0, 0.37, 12.5])
  test(`numbers alone: a gap of ${gap} frames at another rate`, () => {
    const step = RATE / 48000;
    const frames = Math.floor(CUT / step);
    const one = values(signal, 0, frames, step);
    const whole = Math.ceil(gap);
    const two = values(signal, (frames + whole - gap) * step, 48000, step);
    const recording = new Float32Array(500 + frames + whole + two.length);
    recording.set(one, 500);
    recording.set(two, 500 + frames + whole);
    const found = measureJoint(recording, signal, CUT, { step, threshold: 1e-4 });
    assert.ok(Math.abs(found.gap - gap) < 0.005, `${found.gap} instead of ${gap}`);
  });

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Two decoded halves, scheduled with a known distance on a page that knows nothing of being recorded. */
/* global AudioContext */
async function playHalves(gap) {
  const context = new AudioContext({ latencyHint: "playback" });
  const gain = context.createGain();
  gain.connect(context.destination);
  const decoded = [];
  for (const half of ["a.wav", "b.wav"]) decoded.push(await context.decodeAudioData(await (await fetch(half)).arrayBuffer()));
  await context.resume();
  const start = Math.ceil(context.currentTime * context.sampleRate) + 12_000;
  const play = (buffer, frame) =>
    new Promise((done) => {
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(gain);
      source.onended = done;
      source.start(frame / context.sampleRate);
    });
  await Promise.all([play(decoded[0], start), play(decoded[1], start + decoded[0].length + gap)]);
}

for (const gap of [0, 1, 137])
  test(`through the browser: a gap of ${gap} samples`, { timeout: 60_000 }, async () => {
    const page = await browser.newPage();
    const url = "http://127.0.0.1:9/";
    const files = { "/": ["text/html", "<!doctype html>"], "/a.wav": ["audio/wav", wav([signal.subarray(0, CUT)], RATE, 16)], "/b.wav": ["audio/wav", wav([signal.subarray(CUT)], RATE, 16)] };
    await page.route(`${url}**`, (route) => {
      const [contentType, body] = files[new URL(route.request().url()).pathname] ?? ["text/plain", ""];
      return route.fulfill({ contentType, body });
    });
    await record(page, { rate: RATE });
    await page.goto(url);
    await page.evaluate(playHalves, gap);
    await page.waitForTimeout(300);
    const recording = await heard(page);
    assert.equal(recording.rate, RATE);
    assert.equal(recording.lost, 0, "frames the tap did not see");
    for (const channel of recording.channels) {
      const found = measureJoint(channel, signal, CUT, { threshold: 1.5e-5 });
      assert.equal(found.gap, gap);
      if (gap === 0) assert.equal(found.damaged, 0);
    }
    await page.close();
  });
