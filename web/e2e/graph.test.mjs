// The sound graph itself, rendered by Chromium's OfflineAudioContext: what comes out is compared sample by sample with what should.
// The modules are the product's own, bundled for a page of their own; the measured values are printed.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { build } from "vite";
import { launch, openContext } from "./browser.mjs";

const WEB = resolve(import.meta.dirname, "..");
const RATES = [44_100, 48_000];
const CSP = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'";
const TYPES = { ".js": "text/javascript", ".html": "text/html" };

let folder;
let server;
let browser;
let page;
let faults;

/** Everything the tests ask the page for; it runs in the page. */
const inPage = `
import { AudioGraph } from "@/player/sound/graph";
import * as eq from "@/player/sound/equaliser";
import { builtIn } from "@/player/sound/presets";
import { levelOf } from "@/player/sound/levelling";
import { defaultPlayback } from "@/player/playbackSettings";

let seed = 1;
const random = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 1073741824 - 1; };
export const off = { on: false, preampDb: null, gainsDb: new Array(10).fill(0), preset: null };
export const on = (gainsDb, preampDb = null) => ({ on: true, preampDb, gainsDb: [...gainsDb], preset: null });
export const noise = (length, size) => Float32Array.from({ length }, () => random() * size);
export const wave = (length, value) => Float32Array.from({ length }, (_, i) => value(i));
export const db = (factor) => 20 * Math.log10(factor);
export const rms = (samples, from = 0, to = samples.length) => { let sum = 0; for (let i = from; i < to; i += 1) sum += samples[i] ** 2; return Math.sqrt(sum / (to - from)); };
export const highest = (samples) => samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
/** How many samples differ, the output being later by delay. */
export const different = (input, output, delay, from = 0, to = input.length - delay) => { let count = 0; for (let i = from; i < to; i += 1) if (input[i] !== output[i + delay]) count += 1; return count; };
export const limiterDelay = (rate) => Math.round(rate * 0.005);

/** Renders sources (arrays of samples) through a graph; set(graph, channels) prepares it, later[seconds] acts while it renders. */
export async function render(rate, inputs, { set = () => {}, later = {} } = {}) {
  const length = Math.max(...inputs.map((one) => one.length));
  const context = new OfflineAudioContext({ numberOfChannels: 2, length, sampleRate: rate });
  const graph = new AudioGraph(context);
  const sources = inputs.map((samples) => {
    const buffer = context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.start();
    return source;
  });
  const channels = sources.map((source) => graph.channel(source));
  await graph.ready;
  set(graph, channels, context);
  for (const [seconds, act] of Object.entries(later)) void context.suspend(Number(seconds)).then(() => { act(graph, channels, context); return context.resume(); });
  const rendered = await context.startRendering();
  return { out: rendered.getChannelData(0), right: rendered.getChannelData(1), inPath: graph.inPath };
}
export function spectrumDb(samples, frequencies, rate) {
  return frequencies.map((hz) => {
    const w = (2 * Math.PI * hz) / rate;
    let real = 0;
    let imaginary = 0;
    for (let i = 0; i < samples.length; i += 1) { real += samples[i] * Math.cos(w * i); imaginary += samples[i] * Math.sin(w * i); }
    return 10 * Math.log10(real * real + imaginary * imaginary);
  });
}
Object.assign(window, { sound: { AudioGraph, ...eq, builtIn, levelOf, defaultPlayback, off, on, noise, wave, db, rms, highest, different, limiterDelay, render, spectrumDb } });
document.documentElement.dataset.ready = "";
`;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "resonance-graph-"));
  writeFileSync(join(folder, "index.html"), '<!doctype html><title>graph</title><script type="module" src="./page.ts"></script>');
  writeFileSync(join(folder, "page.ts"), inPage);
  await build({
    root: folder,
    base: "./",
    configFile: false,
    logLevel: "error",
    resolve: { alias: { "@": join(WEB, "src"), zustand: join(WEB, "node_modules/zustand") } },
    build: { outDir: join(folder, "out"), target: "es2022", assetsInlineLimit: 0 },
  });
  server = createServer((request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    try {
      const file = join(folder, "out", path === "/" ? "index.html" : path);
      const body = readFileSync(file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-security-policy": CSP }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  browser = await launch();
  const url = `http://127.0.0.1:${server.address().port}/`;
  const opened = await openContext(browser, url);
  faults = opened.faults;
  page = await opened.context.newPage();
  await page.goto(url);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
}, { timeout: 120_000 });

after(async () => {
  await browser?.close();
  server?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const print = (t, what) => t.diagnostic(what);

for (const rate of RATES)
  describe(`graph at ${rate} Hz`, { timeout: 300_000 }, () => {
    test("the equaliser sounds as its curve is drawn, 31 Hz to 16 kHz", async (t) => {
      const found = await page.evaluate(async (rate) => {
        const s = window.sound;
        const frequencies = s.logGrid(31, 16_000, 100);
        const all = { ...s.builtIn, zigzag: [12, -12, 12, -12, 12, -12, 12, -12, 12, -12], up: new Array(10).fill(12), down: new Array(10).fill(-12), one: [0, 0, 0, 0, 0, 7.3, 0, 0, 0, 0] };
        delete all.flat;
        const worst = [];
        for (const [name, gains] of Object.entries(all))
          for (const preamp of [null, -3]) {
            const impulse = new Float32Array(rate);
            impulse[100] = 0.01;
            const { out, inPath } = await s.render(rate, [impulse], { set: (graph) => graph.setEqualiser(s.on(gains, preamp)) });
            const drawn = s.responseDb(frequencies, gains, preamp ?? s.automaticPreampDb(gains, rate), rate);
            const heard = s.spectrumDb(out, frequencies, rate).map((value) => value + 40);
            worst.push({ name, preamp, inPath, off: Math.max(...heard.map((value, i) => Math.abs(value - drawn[i]))) });
          }
        return worst;
      }, rate);
      const worst = found.reduce((a, b) => (a.off > b.off ? a : b));
      print(t, `largest difference of ${found.length} settings: ${worst.off.toFixed(4)} dB (${worst.name})`);
      assert.ok(found.every((one) => one.inPath.equaliser));
      assert.ok(worst.off <= 0.1, JSON.stringify(worst));
    });

    test("the drawn curve is the browser's own", async (t) => {
      const apart = await page.evaluate((rate) => {
        const s = window.sound;
        const context = new window.OfflineAudioContext(1, 1, rate);
        const frequencies = s.logGrid(16, 20_000, 300);
        let worst = 0;
        for (const gains of [...Object.values(s.builtIn), [12, -12, 12, -12, 12, -12, 12, -12, 12, -12]]) {
          const sum = new Array(frequencies.length).fill(0);
          s.bandsHz.forEach((hz, band) => {
            const node = new window.BiquadFilterNode(context, { type: "peaking", frequency: hz, Q: s.bandQ, gain: gains[band] });
            const size = new Float32Array(frequencies.length);
            node.getFrequencyResponse(Float32Array.from(frequencies), size, new Float32Array(frequencies.length));
            size.forEach((value, i) => (sum[i] += s.db(value)));
          });
          const drawn = s.responseDb(frequencies, gains, 0, rate);
          worst = Math.max(worst, ...drawn.map((value, i) => Math.abs(value - sum[i])));
        }
        return worst;
      }, rate);
      print(t, `responseDb against getFrequencyResponse: ${apart.toFixed(5)} dB`);
      assert.ok(apart < 0.01);
    });

    test("bypassed it gives every bit back, also after it was in use", async (t) => {
      const found = await page.evaluate(async (rate) => {
        const s = window.sound;
        const input = s.noise(rate * 3, 1);
        const bypassed = await s.render(rate, [input], { set: (graph) => graph.setEqualiser(s.off) });
        const flat = await s.render(rate, [input], { set: (graph) => graph.setEqualiser(s.on(s.builtIn.flat)) });
        const toggled = await s.render(rate, [input], {
          set: (graph) => graph.setEqualiser(s.off),
          later: { 0.5: (graph) => graph.setEqualiser(s.on(s.builtIn.bass)), 1: (graph) => graph.setEqualiser(s.on(s.builtIn.treble)), 1.5: (graph) => graph.setEqualiser(s.off) },
        });
        return {
          bypassed: s.different(input, bypassed.out, 0),
          flat: s.different(input, flat.out, 0),
          before: s.different(input, toggled.out, 0, 0, rate * 0.5),
          during: s.different(input, toggled.out, 0, rate, rate * 1.4),
          after: s.different(input, toggled.out, 0, Math.round(rate * 1.6)),
          inPath: [bypassed.inPath, flat.inPath, toggled.inPath],
        };
      }, rate);
      print(t, `samples that differ: off ${found.bypassed}, flat ${found.flat}, before/after use ${found.before}/${found.after} (in use ${found.during})`);
      assert.deepEqual([found.bypassed, found.flat, found.before, found.after], [0, 0, 0, 0]);
      assert.ok(found.during > 1000);
      assert.ok(found.inPath.every((one) => !one.equaliser && !one.limiter));
    });

    test("switching makes no click and no step in level", async (t) => {
      const found = await page.evaluate(async (rate) => {
        const s = window.sound;
        const size = 0.5;
        const bend = (samples, from, to) => { let most = 0; for (let i = from; i < to; i += 1) most = Math.max(most, Math.abs(samples[i + 1] - 2 * samples[i] + samples[i - 1])); return most; };
        const at = (seconds) => Math.round(seconds * rate);
        let clicks = 0;
        let bends = 0;
        for (const hz of [55, 220, 1000]) {
          const w = (2 * Math.PI * hz) / rate;
          const input = s.wave(rate * 3, (i) => size * Math.sin(w * i));
          const { out } = await s.render(rate, [input], {
            later: { 1: (graph) => graph.setEqualiser(s.on(s.builtIn.bass)), 1.5: (graph) => graph.setEqualiser(s.on(s.builtIn.treble, -6)), 1.53: (graph) => graph.setEqualiser(s.off), 1.56: (graph) => graph.setEqualiser(s.on(s.builtIn.loudness)), 2: (graph) => graph.setEqualiser(s.off) },
          });
          const bent = bend(out, at(0.9), at(2.4));
          clicks = Math.max(clicks, bent / bend(input, at(0.1), at(0.9)));
          if (hz === 55) bends = s.db(bent);
        }
        // A setting that leaves 1 kHz alone: only the switching itself can be heard.
        const tone = s.wave(rate * 3, (i) => size * Math.sin((2 * Math.PI * 1000 * i) / rate));
        const { out } = await s.render(rate, [tone], { later: { 1: (graph) => graph.setEqualiser(s.on([0.1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0)), 2: (graph) => graph.setEqualiser(s.off) } });
        const levels = [];
        for (let from = at(0.8); from < at(2.3); from += at(0.005)) levels.push(s.db(s.rms(out, from, from + at(0.01)) / (size / Math.SQRT2)));
        return { clicks, bends, level: Math.max(...levels.map(Math.abs)) };
      }, rate);
      print(t, `sharpest bend while switching ${found.clicks.toFixed(2)} times the tone's own, ${found.bends.toFixed(1)} dBFS at 55 Hz; level moves ${found.level.toFixed(3)} dB`);
      // A hard switch bends a 55 Hz tone some hundred times as sharply.
      assert.ok(found.clicks < 3);
      assert.ok(found.level < 0.1);
    });

    test("a crossfade keeps the power and its time", async (t) => {
      const found = await page.evaluate(async (rate) => {
        const s = window.sound;
        const result = [];
        for (const seconds of [0.5, 4, 12]) {
          const start = 1;
          const length = Math.round(rate * (start + seconds + 1));
          const levels = [];
          const [a, b] = [s.noise(length, 0.3), s.noise(length, 0.3)];
          const fade = (graph, [one, two]) => { two.setFade(0); one.fade(0, seconds, start); two.fade(1, seconds, start); };
          const { out } = await s.render(rate, [a, b], { set: fade });
          const width = Math.round(rate * 0.2);
          for (let from = 0; from + width < length; from += width / 2) levels.push(s.db(s.rms(out, from | 0, (from + width) | 0) / (0.3 / Math.sqrt(3))));
          // A sine leaves zero at once and a cosine arrives there at once; their other ends are flat.
          const steady = s.wave(length, () => 0.5);
          const begins = (await s.render(rate, [new Float32Array(length), steady], { set: fade })).out.findIndex((value) => value > 0);
          const ends = (await s.render(rate, [steady, new Float32Array(length)], { set: fade })).out.findIndex((value, i) => i > begins && value === 0);
          result.push({ seconds, level: Math.max(...levels.map(Math.abs)), begins: begins / rate - start, lasts: (ends - begins) / rate - seconds });
        }
        return result;
      }, rate);
      for (const one of found) {
        print(t, `${one.seconds} s: level within ${one.level.toFixed(3)} dB, begins ${(one.begins * 1000).toFixed(1)} ms late, lasts ${(one.lasts * 1000).toFixed(2)} ms too long`);
        assert.ok(one.level <= 0.5);
        assert.ok(Math.abs(one.begins) <= 0.02 && Math.abs(one.lasts) <= 0.02);
      }
    });

    test("a fade can be turned round in the middle", async (t) => {
      const found = await page.evaluate(async (rate) => {
        const s = window.sound;
        const input = s.wave(rate * 6, () => 0.5);
        const { out } = await s.render(rate, [input], {
          set: (graph, [one]) => one.fade(0, 2, 1),
          later: { 2: (graph, [one]) => one.fade(1, 1), 3.5: (graph, [one]) => { one.fade(0, 1, 4); one.fade(1, 0.5, 4.5); } },
        });
        let step = 0;
        for (let i = 1; i < out.length; i += 1) step = Math.max(step, Math.abs(out[i] - out[i - 1]));
        return { step, low: out[Math.round(rate * 1.999)], back: out[Math.round(rate * 3.2)], second: out[Math.round(rate * 4.499)], end: out.at(-1) };
      }, rate);
      print(t, `largest step between two samples ${found.step.toExponential(1)}; at the turns ${(found.low / 0.5).toFixed(3)} and ${(found.second / 0.5).toFixed(3)} of cos 45 degrees`);
      assert.ok(found.step < 1e-3);
      assert.ok(Math.abs(found.low / 0.5 - Math.SQRT1_2) < 0.005 && Math.abs(found.second / 0.5 - Math.SQRT1_2) < 0.005);
      assert.equal(found.back, 0.5);
      assert.equal(found.end, 0.5);
    });

    test("levelling is exact, and its step falls on its sample", async (t) => {
      const found = await page.evaluate(async (rate) => {
        const s = window.sound;
        const settings = { ...s.defaultPlayback, levelling: "track", clipGuard: false };
        const gains = (track_db, track_peak = 0.25) => ({ track_db, track_peak, album_db: null, album_peak: null });
        const tone = s.wave(rate, (i) => 0.1 * Math.sin((2 * Math.PI * 997 * i) / rate));
        let apart = 0;
        for (const wanted of [-18.4, -9.37, -3, 0, 2.5, 9]) {
          const level = s.levelOf(gains(wanted), settings, { albumPlay: false });
          const { out } = await s.render(rate, [tone], { set: (graph, [one]) => one.setLevel(level.gain, undefined, level.peak) });
          apart = Math.max(apart, Math.abs(s.db(s.rms(out, rate / 4) / s.rms(tone, rate / 4)) - wanted));
        }
        const cut = 12_345;
        const steady = s.wave(rate, () => 0.5);
        const { out } = await s.render(rate, [steady], { set: (graph, [one]) => { one.setLevel(0.5); one.setLevel(0.25, cut / rate); } });
        const step = out.findIndex((value) => value !== 0.25);
        return { apart, step: step - cut, value: out[step] };
      }, rate);
      print(t, `levelling within ${found.apart.toFixed(5)} dB; step ${found.step} samples from where it should be`);
      assert.ok(found.apart <= 0.1);
      assert.ok(Math.abs(found.step) <= 1);
      assert.equal(found.value, 0.125);
    });

    test("with the clip guard nothing exceeds full scale", async (t) => {
      const found = await page.evaluate(async (rate) => {
        const s = window.sound;
        let most = 0;
        let least = 1;
        for (const peak of [1, 0.7, 0.31]) {
          const input = s.noise(rate, peak);
          input[500] = peak;
          const settings = { ...s.defaultPlayback, levelling: "track", preampDb: 6 };
          const level = s.levelOf({ track_db: 8, track_peak: peak, album_db: null, album_peak: null }, settings, { albumPlay: false });
          const { out, inPath } = await s.render(rate, [input], { set: (graph, [one]) => one.setLevel(level.gain, undefined, level.peak) });
          if (inPath.limiter) throw new Error("the guard is enough");
          most = Math.max(most, s.highest(out));
          least = Math.min(least, s.highest(out));
        }
        return { most, least, dB: [s.db(least), s.db(most)] };
      }, rate);
      print(t, `peaks between ${found.dB[0].toFixed(4)} and ${found.dB[1].toFixed(4)} dBFS`);
      assert.ok(found.most <= 1);
      assert.ok(found.dB[0] > -0.01);
    });

    test("the limiter holds +12 dB on full-scale music and leaves quiet music alone", async (t) => {
      const found = await page.evaluate(async (rate) => {
        const s = window.sound;
        const up = new Array(10).fill(12);
        const seconds = 4;
        const kinds = {
          noise: s.noise(rate * seconds, 1),
          square: s.wave(rate * seconds, (i) => (Math.floor(i / 100) % 2 ? 1 : -1)),
          sweep: s.wave(rate * seconds, (i) => Math.sin((2 * Math.PI * 20 * seconds * (800 ** (i / rate / seconds) - 1)) / Math.log(800))),
          beats: s.wave(rate * seconds, (i) => (i % Math.round(rate / 2) < 300 ? 1 : 0.02) * Math.sin(i * 0.02)),
        };
        const peaks = {};
        for (const [name, input] of Object.entries(kinds)) {
          const { out, right, inPath } = await s.render(rate, [input], { set: (graph) => graph.setEqualiser(s.on(up, 0)) });
          if (!inPath.limiter) throw new Error("no limiter");
          peaks[name] = s.db(Math.max(s.highest(out), s.highest(right)));
        }
        const loud = await s.render(rate, [kinds.noise], { set: (graph, [one]) => one.setLevel(4) });
        peaks["level +12"] = s.db(s.highest(loud.out));
        // Curve automatically lowered: whatever the filters do to a full-scale square wave.
        const lowered = await s.render(rate, [kinds.square], { set: (graph) => graph.setEqualiser(s.on(s.builtIn.bass)) });
        peaks["bass, automatic"] = s.db(s.highest(lowered.out));
        // Below the ceiling: two overlapping decks bring it in, and the samples must be the same, only later.
        const quiet = s.noise(rate * seconds, 0.9);
        const through = await s.render(rate, [quiet, new Float32Array(rate)], { set: (graph, [, two]) => two.fade(1, 1) });
        return { peaks, inPath: through.inPath, different: s.different(quiet, through.out, s.limiterDelay(rate)) };
      }, rate);
      print(t, `peaks in dBFS: ${Object.entries(found.peaks).map(([name, value]) => `${name} ${value.toFixed(3)}`).join(", ")}; samples changed under the ceiling: ${found.different}`);
      for (const value of Object.values(found.peaks)) assert.ok(value <= -0.099, String(value));
      assert.deepEqual(found.inPath, { equaliser: false, limiter: true });
      assert.equal(found.different, 0);
    });

    test("without worklets the preamplifier keeps the curve at or under 0 dB", async (t) => {
      const found = await page.evaluate(async (rate) => {
        const s = window.sound;
        const own = Object.getOwnPropertyDescriptor(window.BaseAudioContext.prototype, "audioWorklet");
        Object.defineProperty(window.BaseAudioContext.prototype, "audioWorklet", { configurable: true, get: () => undefined });
        try {
          const impulse = new Float32Array(rate);
          impulse[100] = 1;
          const { out, inPath } = await s.render(rate, [impulse], { set: (graph) => graph.setEqualiser(s.on([6, 8, 3, 0, 0, 0, 4, 12, 2, 0], 6)) });
          return { inPath, top: Math.max(...s.spectrumDb(out, s.logGrid(20, 20_000, 200), rate)) };
        } finally {
          Object.defineProperty(window.BaseAudioContext.prototype, "audioWorklet", own);
        }
      }, rate);
      print(t, `top of the curve ${found.top.toFixed(3)} dB`);
      assert.deepEqual(found.inPath, { equaliser: true, limiter: false });
      assert.ok(found.top <= 0.01 && found.top > -0.2);
    });
  });

test("a real context plays through an element, and nothing is refused by the policy", { timeout: 60_000 }, async (t) => {
  const found = await page.evaluate(async () => {
    const s = window.sound;
    const context = new window.AudioContext();
    const graph = new s.AudioGraph(context);
    await graph.ready;
    const tone = new window.OscillatorNode(context, { frequency: 440 });
    tone.start();
    const channel = graph.channel(tone);
    graph.setEqualiser(s.on(s.builtIn.loudness));
    graph.setVolume(0.5);
    await context.resume();
    await new Promise((done) => setTimeout(done, 400));
    const bins = new Float32Array(graph.analyser.frequencyBinCount);
    graph.analyser.getFloatFrequencyData(bins);
    const top = bins.indexOf(Math.max(...bins));
    graph.setEqualiser(s.off);
    await new Promise((done) => setTimeout(done, 600));
    const { inPath } = graph;
    channel.disconnect();
    channel.disconnect();
    graph.close();
    await context.close();
    return { hz: (top * context.sampleRate) / graph.analyser.fftSize, inPath };
  });
  print(t, `the analyser sees ${found.hz.toFixed(0)} Hz`);
  assert.ok(Math.abs(found.hz - 440) < 25);
  assert.deepEqual(found.inPath, { equaliser: false, limiter: false });
  assert.deepEqual(faults, []);
});
