import { describe, expect, it } from "vitest";
import type { PlaybackManifest, Tier } from "../manifest";
import { fragmentsOf, previewTier } from "./clip";
import { faderAt, faderGains, gainCurve } from "./curves";
import { deckFacts } from "./facts";
import { flacStream } from "./flacStream";
import { levelsOf, loudnessOf } from "./levels";
import { stretcher } from "./stretch";

const tier = (more: Partial<Tier>): Tier => ({ name: "flac", mime: "audio/mp4", container: "fmp4", original: false, splice: true, lossless: true, sample_rate_hz: 44_100, bit_depth: 16, bit_rate_kbps: null, delay_samples: 0, samples: 4_410_000, fragment_samples: 44_100, fragments: 100, init: true, ...more });
const manifest = (more: Partial<PlaybackManifest> = {}): PlaybackManifest => ({ track_id: "t", version: "1", duration_s: 100, samples: 4_410_000, sample_rate_hz: 44_100, channels: 2, source: { format: null, codec: null, lossless: true, bit_rate_kbps: null, sample_rate_hz: null, bit_depth: null }, tiers: [], gain: { track_db: null, track_peak: null, album_db: null, album_peak: null }, silence: { lead_s: 0.5, trail_s: 1 }, waveform: "ready", ...more });

describe("what is fetched", () => {
  it("only the fragments of the seconds that are heard", () => {
    expect(fragmentsOf(tier({}), 60, 92)).toEqual({ first: 60, last: 91 });
    expect(fragmentsOf(tier({}), 95.5, 130)).toEqual({ first: 95, last: 99 });
    expect(fragmentsOf(tier({ container: "mp3", delay_samples: 1105 }), 60, 61)).toEqual({ first: 59, last: 61 });
  });

  it("FLAC before MP3, and never AAC", () => {
    const mp3 = tier({ name: "mp3", container: "mp3", init: false });
    const aac = tier({ name: "aac-192", container: "adts" });
    expect(previewTier(manifest({ tiers: [mp3, tier({}), aac] }))?.name).toBe("flac");
    expect(previewTier(manifest({ tiers: [aac, mp3] }))?.name).toBe("mp3");
    expect(previewTier(manifest({ tiers: [aac] }))).toBeNull();
  });
});

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const box = (type: string, body: readonly number[]): number[] => [0, 0, (body.length + 8) >> 8, (body.length + 8) & 255, ...ascii(type), ...body];

describe("a FLAC stream of fragments", () => {
  const info = Array.from({ length: 34 }, (_, i) => i);
  const dfLa = box("dfLa", [0, 0, 0, 0, 0x80, 0, 0, 34, ...info]);
  const stsd = box("stsd", [0, 0, 0, 0, 0, 0, 0, 1, ...box("fLaC", [...Array.from({ length: 28 }, () => 0), ...dfLa])]);
  const init = Uint8Array.from([...box("ftyp", [1, 2]), ...box("moov", [...box("mvhd", [9]), ...box("trak", box("mdia", box("minf", box("stbl", stsd))))])]).buffer;
  const fragment = (n: number): ArrayBuffer => Uint8Array.from([...box("moof", [n, n]), ...box("mdat", [n, n, n])]).buffer;

  it("has the head of the file, its own length and the frames", () => {
    const made = new Uint8Array(flacStream(init, [fragment(5), fragment(6)], 8192) ?? new ArrayBuffer(0));
    expect([...made.slice(0, 8)]).toEqual([...ascii("fLaC"), 0x80, 0, 0, 34]);
    expect([...made.slice(8, 8 + 13)]).toEqual(info.slice(0, 13));
    expect(((made[21] ?? 0) & 15) * 2 ** 32 + new DataView(made.buffer).getUint32(22)).toBe(8192);
    expect([...made.slice(42)]).toEqual([5, 5, 5, 6, 6, 6]);
  });

  it("is not made of something else", () => {
    expect(flacStream(Uint8Array.from(box("moov", box("trak", []))).buffer, [], 1)).toBeNull();
  });
});

describe("crossfader", () => {
  it("keeps the power the same all the way", () => {
    for (const share of [0, 0.2, 0.5, 1]) {
      const { a, b } = faderGains(share);
      expect(a * a + b * b).toBeCloseTo(1, 9);
    }
  });
  it("quick changes in the middle only", () => {
    expect([0, 0.4, 0.5, 0.6, 1].map((share) => faderAt("quick", share))).toEqual([0, 0, 0.5, 1, 1]);
    const curve = gainCurve("smooth", "b", 0.5, 1);
    expect(curve[0]).toBeCloseTo(Math.SQRT1_2, 5);
    expect(curve.at(-1)).toBeCloseTo(1, 5);
  });
});

describe("levels", () => {
  const none = { track_db: null, track_peak: null, album_db: null, album_peak: null };
  it("go by what was measured, else by what is heard", () => {
    const measured = levelsOf({ gain: { ...none, track_db: -9, track_peak: 0.9 }, rms: 1 }, { gain: { ...none, track_db: -3, track_peak: 0.9 }, rms: 1 });
    expect(20 * Math.log10(measured.b / measured.a)).toBeCloseTo(6, 3);
    const heard = levelsOf({ gain: none, rms: 0.2 }, { gain: none, rms: 0.1 });
    expect(heard.a * 0.2).toBeCloseTo(heard.b * 0.1, 9);
    expect(loudnessOf([new Float32Array(64).fill(0.5)])).toBeCloseTo(0.5, 6);
  });
});

describe("what is known of a track", () => {
  const measured = { bpm: 86, beat_offset_s: 0.2, intro_end_s: 8, outro_start_s: 90, silence_head_s: 0.3, silence_tail_s: 0.8 } as never;
  it("a tempo counted double keeps the grid; another one has none", () => {
    const facts = deckFacts(manifest(), { measured, effective: { bpm: 172 } as never });
    expect(facts.grid).toEqual({ bpm: 86, offset_s: 0.2 });
    expect(facts.leadSilence_s).toBe(0.3);
    expect(deckFacts(manifest(), { measured, effective: { bpm: 100 } as never }).grid).toBeNull();
    expect(deckFacts(manifest(), null)).toMatchObject({ grid: null, bpm: null, leadSilence_s: 0.5, trailSilence_s: 1 });
  });
});

describe("faster with the pitch kept", () => {
  const rate = 8000;
  /** A tone with a click on every beat. */
  const clicks = (seconds: number, every: number): Float32Array => {
    const wave = Float32Array.from({ length: seconds * rate }, (_, i) => 0.2 * Math.sin((2 * Math.PI * 220 * i) / rate));
    for (let at = 0; at < seconds; at += every) for (let i = 0; i < 24; i += 1) wave[Math.round(at * rate) + i] = 1 - i / 24;
    return wave;
  };
  const run = (input: Float32Array[], speed: number): readonly Float32Array[] => {
    const work = stretcher(input, rate, speed);
    while (!work.step(1));
    return work.output;
  };

  it("is as long as it should be, beats where they should be, tones as high as they were", () => {
    for (const speed of [0.94, 1.06]) {
      const [out = new Float32Array(0)] = run([clicks(6, 0.5)], speed);
      expect(out.length).toBe(Math.floor((6 * rate) / speed));
      for (let beat = 1; beat < 11; beat += 1) {
        const due = (beat * 0.5) / speed;
        const from = Math.round((due - 0.03) * rate);
        const part = out.subarray(from, from + Math.round(0.06 * rate));
        const at = (from + part.indexOf(Math.max(...part))) / rate;
        expect(Math.abs(at - due)).toBeLessThan(0.012);
      }
      let crossings = 0;
      const quiet = run([clicks(6, 99)], speed)[0] as Float32Array;
      for (let i = rate; i < 3 * rate; i += 1) if ((quiet[i - 1] as number) < 0 && (quiet[i] as number) >= 0) crossings += 1;
      expect(crossings / 2).toBeGreaterThan(218);
      expect(crossings / 2).toBeLessThan(222);
    }
  });

  it("at its own speed it stays as it was", () => {
    const input = clicks(2, 0.5);
    const [out = new Float32Array(0)] = run([input], 1);
    expect(Math.max(...input.slice(0, out.length - 800).map((value, i) => Math.abs(value - (out[i] as number))))).toBeLessThan(1e-5);
  });
});
