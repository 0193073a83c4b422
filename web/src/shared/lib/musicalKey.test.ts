import { expect, it } from "vitest";
import { camelot, keyName, shownKey, wheel } from "./musicalKey";

it("reads keys as tags write them", () => {
  expect(["Am", "C", "Dbm", "C#m", "F# minor", "Gb", "8a", "12B", "B♭"].map(camelot)).toEqual(["8A", "8B", "12A", "12A", "11A", "2B", "8A", "12B", "6B"]);
  expect(camelot("o")).toBeNull();
  expect(shownKey("odd")).toBe("odd");
});

it("names the keys of the wheel", () => {
  expect(["8A", "8B", "1A", "F#m", "12B", "odd"].map(keyName)).toEqual(["A minor", "C major", "G# minor", "F# minor", "E major", "odd"]);
  expect(wheel).toHaveLength(24);
  expect(wheel.every((key) => camelot(key) === key)).toBe(true);
});
