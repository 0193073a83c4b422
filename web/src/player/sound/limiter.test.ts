import { expect, test } from "vitest";
import { ceiling, Limiter } from "./limiter";

const rate = 48_000;
/** Blocks of 128, as the audio thread gives them. */
function run(channels: Float32Array[]): Float32Array[] {
  const limiter = new Limiter(rate, channels.length);
  const out = channels.map((one) => new Float32Array(one.length));
  for (let at = 0; at < (channels[0]?.length ?? 0); at += 128)
    limiter.process(
      channels.map((one) => one.subarray(at, at + 128)),
      out.map((one) => one.subarray(at, at + 128)),
    );
  return out;
}
const delay = new Limiter(rate).delay;
let seed = 7;
const noise = (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return (seed / 1_073_741_824 - 1);
};
const wave = (seconds: number, value: (i: number) => number): Float32Array => Float32Array.from({ length: Math.ceil((seconds * rate) / 128) * 128 }, (_, i) => value(i));

test("5 ms later and bit by bit the same while nothing is too loud", () => {
  const input = wave(1, () => noise() * 0.98);
  const [output] = run([input, input]);
  expect(delay).toBe(240);
  expect(output?.subarray(delay)).toEqual(input.subarray(0, input.length - delay));
});

test("nothing gets above the ceiling, whatever comes", () => {
  const kinds = [wave(1, () => noise() * 6), wave(1, (i) => (i % 4801 === 0 ? 9 : 0.5 * noise())), wave(1, (i) => 4 * Math.sin(i * 0.01)), wave(1, (i) => (i < 24_000 ? 0 : 3))];
  for (const input of kinds) {
    const [left, right] = run([input, input.map((value) => value * 0.5)]);
    const highest = Math.max(...(left ?? []).map(Math.abs), ...(right ?? []).map(Math.abs));
    expect(highest).toBeLessThanOrEqual(ceiling * 1.000_001);
    expect(highest).toBeGreaterThan(ceiling * 0.9);
  }
});

test("both sides are lowered together and the level comes back exactly", () => {
  const left = wave(4, (i) => (i > 9600 && i < 14_400 ? 2 : 0.25) * Math.sin(i * 0.05));
  const right = wave(4, (i) => 0.5 * Math.sin(i * 0.03));
  const [a, b] = run([left, right]);
  const ratio = (out: Float32Array, input: Float32Array, at: number): number => (out[at + delay] as number) / (input[at] as number);
  expect(ratio(b as Float32Array, right, 12_000)).toBeCloseTo(ratio(a as Float32Array, left, 12_000), 5);
  expect(ratio(b as Float32Array, right, 12_000)).toBeLessThan(0.6);
  const end = left.length - 4800;
  expect(b?.subarray(end)).toEqual(right.subarray(end - delay, right.length - delay));
});
