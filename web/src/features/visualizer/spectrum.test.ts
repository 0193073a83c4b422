import { describe, expect, it } from "vitest";
import { bandCount, bandEdges, bandPace, energyPace, follow, readBands, readEnergies, stillBands, type Pace } from "./spectrum";

describe("bands", () => {
  it.each([44_100, 48_000, 96_000])("cover 40 Hz to 14 kHz without a gap or an overlap at %i Hz", (rate) => {
    const edges = bandEdges(bandCount, rate, 1024);
    for (let at = 1; at < edges.length; at += 1) expect(edges[at] ?? 0).toBeGreaterThan(edges[at - 1] ?? 0);
    const perBin = rate / 2 / 1024;
    expect((edges[0] ?? 0) * perBin).toBeLessThan(60);
    expect(Math.abs((edges[bandCount] ?? 0) * perBin - 14_000)).toBeLessThan(1500);
  });
  it("put a tone where it belongs and are between nothing and all", () => {
    const edges = bandEdges(bandCount, 48_000, 1024);
    const bytes = new Uint8Array(1024);
    bytes[43] = 255; // 1 kHz
    const bands = new Float32Array(bandCount);
    readBands(bytes, edges, bands);
    const loudest = bands.indexOf(Math.max(...bands));
    expect((edges[loudest] ?? 0) <= 43 && (edges[loudest + 1] ?? 0) > 43).toBe(true);
    readBands(bytes.fill(255), edges, bands);
    expect(Math.max(...bands)).toBeLessThanOrEqual(1);
    readBands(bytes.fill(0), edges, bands);
    expect(Math.max(...bands)).toBe(0);
  });
  it("sum to energies of bass, middle and treble", () => {
    const bands = new Float32Array(bandCount);
    bands.fill(1, 0, 21);
    const energies = new Float32Array(3);
    readEnergies(bands, energies);
    expect([...energies]).toEqual([1, 0, 0]);
  });
});

/** Times a second that a value goes up and down by a tenth, when the sound flickers between nothing and all. */
function flashes(pace: Pace, hertz: number): number {
  const shown = new Float32Array(1);
  const heard = new Float32Array(1);
  const seconds = 10;
  let turn = 0;
  let low = 0;
  let high = 0;
  let rising = true;
  for (let frame = 0; frame < seconds * 60; frame += 1) {
    heard[0] = Math.floor((frame / 60) * hertz * 2) % 2;
    follow(shown, heard, 1 / 60, pace);
    const value = shown[0] ?? 0;
    if (rising) high = Math.max(high, value);
    else low = Math.min(low, value);
    if (rising && value < high - 0.1) {
      rising = false;
      low = value;
    } else if (!rising && value > low + 0.1) {
      rising = true;
      high = value;
      turn += 1;
    }
  }
  return turn / seconds;
}

describe("the pace", () => {
  it("lets nothing flash more than three times a second, whatever the music does", () => {
    for (const pace of [bandPace, energyPace]) for (const hertz of [1, 2, 3, 4, 5, 6, 8, 10, 15]) expect(flashes(pace, hertz)).toBeLessThanOrEqual(3);
    // The measure itself: without a limit eight flickers are eight flashes.
    expect(flashes({ risePerSecond: 1000, fallPerSecond: 1000 }, 8)).toBeGreaterThan(7);
  });
  it("arrives and does not overshoot", () => {
    const shown = new Float32Array([0]);
    const heard = new Float32Array([0.5]);
    for (let frame = 0; frame < 120; frame += 1) follow(shown, heard, 1 / 60, bandPace);
    expect(shown[0]).toBeCloseTo(0.5);
  });
});

it("a still picture belongs to its track", () => {
  const [one, same, other] = [new Float32Array(bandCount), new Float32Array(bandCount), new Float32Array(bandCount)];
  stillBands("tr1", one);
  stillBands("tr1", same);
  stillBands("tr2", other);
  expect([...one]).toEqual([...same]);
  expect([...one]).not.toEqual([...other]);
  expect(Math.min(...one)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...one)).toBeLessThan(1);
});
