import { expect, test } from "vitest";
import { fit, importAutoEq, ImportFault, readCurve } from "./autoEq";
import { automaticPreampDb, logGrid, peakDb, responseDb, worstCaseGain } from "./equaliser";

const faultOf = (text: string): ImportFault => {
  try {
    importAutoEq(text);
  } catch (fault) {
    if (fault instanceof ImportFault) return fault;
    throw fault;
  }
  throw new Error("no fault");
};

test("the curve is more than the sliders: neighbours add up", () => {
  expect(responseDb([1000], [0, 0, 0, 0, 0, 6, 0, 0, 0, 0])[0]).toBeCloseTo(6, 6);
  const three = responseDb([1000], [0, 0, 0, 0, 6, 6, 6, 0, 0, 0])[0] as number;
  expect(three).toBeGreaterThan(7.5);
  expect(automaticPreampDb([0, 0, 0, 0, 6, 6, 6, 0, 0, 0])).toBeLessThan(-three + 0.2);
  expect(responseDb([40, 4000], new Array(10).fill(0), -3)).toEqual([-3, -3]);
});

test("the automatic preamplifier never raises", () => {
  expect(automaticPreampDb(new Array(10).fill(-6))).toBeLessThanOrEqual(0);
  expect(automaticPreampDb(new Array(10).fill(0))).toBe(0);
});

test("the worst case lies at or above the top of the curve", () => {
  expect(worstCaseGain(new Array(10).fill(0), 48_000)).toBe(1);
  const gains = [6, 3, 0, -2, 0, 0, 4, 6, 2, 0];
  expect(20 * Math.log10(worstCaseGain(gains, 48_000))).toBeGreaterThan(peakDb(gains));
});

test("gains are found again from their own curve", () => {
  const gains = [5, 3, -2, -4, 0, 2, 4, -3, -6, 2];
  const found = fit((hz) => (responseDb([hz], gains, -7)[0] as number));
  found.gainsDb.forEach((gain, band) => expect(Math.abs(gain - (gains[band] as number))).toBeLessThan(0.25));
});

test("reads the graphic form", () => {
  const points = logGrid(20, 20_000, 127).map((hz) => `${hz.toFixed(0)} ${(responseDb([hz], [4, 4, 2, 0, 0, -2, -4, 0, 3, 0])[0] as number).toFixed(1)}`);
  const found = importAutoEq(`GraphicEQ: ${points.join("; ")}`);
  expect(found).toMatchObject({ kind: "graphic", count: 127 });
  expect(found.residual.rmsDb).toBeLessThan(0.2);
  expect(found.gainsDb[6]).toBeLessThan(-3);
});

test("reads the parametric form with shelves, and says how far it stays away", () => {
  const text = `Preamp: -6.1 dB
Filter 1: ON LSC Fc 105 Hz Gain 5.5 dB Q 0.70
Filter 2: ON PK Fc 1900 Hz Gain -3.4 dB Q 1.20
Filter 3: OFF PK Fc 400 Hz Gain 12 dB Q 1
Filter 4: ON HSC Fc 10000 Hz Gain -2,5 dB Q 0.70
`;
  const { kind, curve, count } = readCurve(text);
  expect([kind, count]).toEqual(["parametric", 3]);
  expect(curve(20)).toBeCloseTo(5.5, 0);
  expect(curve(1900)).toBeCloseTo(-3.4, 0);
  expect(curve(19_000)).toBeCloseTo(-2.3, 0);
  expect(curve(400)).toBeLessThan(1);
  const found = importAutoEq(text);
  expect(found.residual.rmsDb).toBeLessThan(0.5);
  expect(found.residual.maxDb).toBeLessThan(1.5);
});

test("a narrow filter between two bands leaves a residual that is told", () => {
  const found = importAutoEq("Filter 1: ON PK Fc 700 Hz Gain -10 dB Q 8");
  expect(found.residual.maxDb).toBeGreaterThan(4);
  expect(found.residual.atHz).toBeGreaterThan(600);
  expect(found.residual.atHz).toBeLessThan(820);
});

test("sliders end at twelve", () => {
  const found = importAutoEq("Filter 1: ON PK Fc 1000 Hz Gain 40 dB Q 1.41\nFilter 2: ON PK Fc 60 Hz Gain -40 dB Q 1");
  expect(Math.max(...found.gainsDb.map(Math.abs))).toBeLessThanOrEqual(12);
});

test.each([
  ["", "empty"],
  ["   \n\n", "empty"],
  ["Preamp: -3 dB", "empty"],
  ["<script>alert(1)</script>", "not-understood"],
  ["GraphicEQ:", "not-understood"],
  ["GraphicEQ: 20 0; 30", "bad-number"],
  ["GraphicEQ: 20 0; 30 NaN", "bad-number"],
  ["GraphicEQ: 20 0; 30 1e999", "bad-number"],
  ["GraphicEQ: 20 0; -30 2", "bad-number"],
  ["Filter 1: ON HPQ Fc 30 Hz Q 0.7", "filter-type"],
  ["Filter 1: ON PK Fc 0 Hz Gain 3 dB Q 1", "bad-number"],
  ["Filter 1: ON PK Fc 100 Hz Q 1", "bad-number"],
  ["Filter 1: ON PK Fc 100 Hz Gain 3 dB Q 0", "bad-number"],
  ["x".repeat(100_001), "too-long"],
  [Array.from({ length: 65 }, (_, i) => `Filter ${i}: ON PK Fc 100 Hz Gain 1 dB Q 1`).join("\n"), "too-long"],
])("refuses %.40j as %s", (text, code) => {
  expect(faultOf(text).code).toBe(code);
});

test("says in which line", () => {
  expect(faultOf("# mine\nFilter 1: ON PK Fc 100 Hz Gain 3 dB Q 1\nnonsense")).toMatchObject({ code: "not-understood", line: 3, detail: "nonsense" });
});
