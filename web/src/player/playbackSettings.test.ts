import { expect, test } from "vitest";
import { defaultPlayback, readPlayback } from "./playbackSettings";

test("keeps what makes sense, value by value", () => {
  const kept = { ...defaultPlayback, crossfade: 6, quality: { home: "flac", mobile: "opus-128" }, equaliser: { on: true, preampDb: -3, gainsDb: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], preset: "own:x" } };
  expect(readPlayback(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});

test.each([null, undefined, 7, "x", [], { crossfade: "much", levelling: "loud", quality: null, equaliser: { gainsDb: [1] }, gapless: {}, preampDb: Number.NaN }])("survives %j", (kept) => {
  expect(readPlayback(kept)).toEqual(defaultPlayback);
});

test("a gain beyond the slider costs only itself", () => {
  const { equaliser } = readPlayback({ equaliser: { on: true, preampDb: 99, gainsDb: [1, 99, "3", 0, 0, 0, 0, 0, 0, -12], preset: 5 } });
  expect(equaliser).toEqual({ on: true, preampDb: 0, gainsDb: [1, 0, 0, 0, 0, 0, 0, 0, 0, -12], preset: null });
});
