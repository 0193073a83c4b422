import { expect, it } from "vitest";
import { chosenKeys, filterCount, filterQuery, filtersOf, keyWords, noFilters, tempoWords, withKey } from "./trackFilters";

it("adds and takes keys in the order of the wheel, and mixing goes with the last one", () => {
  expect(withKey({ key: "9A" }, "8A")).toEqual({ key: "8A,9A" });
  expect(withKey({ key: "8A", key_compatible: true }, "8A")).toEqual({ key: undefined, key_compatible: undefined });
  expect(chosenKeys({ key: "8A,99X" })).toEqual(["8A"]);
});

it("counts chips, not ends of ranges", () => {
  expect(filterCount({})).toBe(0);
  expect(filterCount({ bpm_min: 80, bpm_max: 100, energy_max: 0.35, analysed: false })).toBe(3);
  expect(filterCount(noFilters)).toBe(0);
});

it("asks the server for each key, and knows filters from the rest of a URL", () => {
  expect(filterQuery({ key: "8A,9A", bpm_min: 90 })).toEqual({ key: ["8A", "9A"], bpm_min: 90 });
  expect(filterQuery({ liked: true }).key).toBeUndefined();
  expect(filtersOf({ ...{ q: "slow", sort: "title" }, liked: true, analysed: false })).toEqual({ liked: true, analysed: false });
});

it("says them in words", () => {
  expect([{ to: 80 }, { from: 80, to: 100 }, { from: 150 }].map(tempoWords)).toEqual(["up to 80 BPM", "80–100 BPM", "from 150 BPM"]);
  expect([{ key: "8A" }, { key: "8A", key_compatible: true as const }, { key: "8A,9A" }, { key: "1A,2A,3A,4A" }].map(keyWords)).toEqual(["8A A minor", "8A and what mixes", "8A, 9A", "4 keys"]);
});
