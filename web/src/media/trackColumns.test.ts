import { beforeEach, expect, it } from "vitest";
import { makeTrack } from "@/test/fakeData";
import { toggleColumn, useHiddenColumns } from "./columnChoice";
import { fit, known, type TrackColumn } from "./trackColumns";
import { keyText, tempoText } from "./Values";

const all: readonly TrackColumn[] = ["art", "title", "album", "bpm", "key", "energy", "quality", "time", "like", "more"];
beforeEach(() => useHiddenColumns.setState({ hidden: [] }));

it("narrow lists lose quality first, then energy, key, tempo and the album; title and time stay", () => {
  expect(fit(all, 1046)).toEqual(all);
  const optional: readonly TrackColumn[] = ["album", "bpm", "key", "energy", "quality"];
  const left = (width: number): number => optional.findLastIndex((column) => fit(all, width).includes(column)) + 1;
  expect([860, 859, 748, 747, 688, 687, 636, 635, 576, 575].map(left)).toEqual([5, 4, 4, 3, 3, 2, 2, 1, 1, 0]);
  expect(left(435)).toBe(0);
  expect(fit(all, 10)).toEqual(["art", "title", "time", "like", "more"]);
});

it("has no columns of dashes", () => {
  const bare = { ...makeTrack(1, 1, 1), bpm: null, camelot: null, energy: null };
  expect(known(["title", "bpm", "key", "energy"], [bare])).toEqual(["title"]);
  expect(known(["title", "bpm", "key", "energy"], [bare, { ...bare, energy: 0 }])).toEqual(["title", "energy"]);
});

it("keeps hidden columns on the device", () => {
  toggleColumn("energy");
  expect(useHiddenColumns.getState().hidden).toEqual(["energy"]);
  expect(localStorage.getItem("resonance.columns")).toBe('["energy"]');
  toggleColumn("energy");
  expect(useHiddenColumns.getState().hidden).toEqual([]);
});

it("marks what is measured and unsure, never what a tag or a person says", () => {
  const tempo = { bpm: 93.6, bpm_source: "measured", bpm_confidence: 0.2 };
  expect([tempo, { ...tempo, bpm_confidence: 0.5 }, { ...tempo, bpm_source: "tag" }, { ...tempo, bpm: null }].map(tempoText)).toEqual(["~94", "94", "94", null]);
  expect(keyText({ camelot: null, key: "F#m", key_source: "measured", key_confidence: 0.1 })).toBe("~11A");
});
