import { expect, it } from "vitest";
import type { Streamed } from "@/player/player";
import type { TrackDetail } from "@/shared/api/types";
import { makeTrack } from "@/test/fakeData";
import { fileRows, heardRows, levelRows, type FactRow } from "./facts";

const detail: TrackDetail = { ...makeTrack(0, 1, 1), path: null, comment: null, composers: [], isrc: null, tags: [], note: "", date: null, original_date: null, carriers: [], mbids: { album: null, recording: null, release_group: null, track: null } };
const value = (rows: readonly FactRow[], name: string) => rows.find((row) => row.name === name)?.value;

it("says what is heard, apart from what the file is", () => {
  const streamed: Streamed = { tier: "mp3-320", codec: "mp3", lossless: false, original: false, sampleRateHz: 48000, bitDepth: null, bitRateKbps: 320, levelDb: -3.14, gapless: true };
  const heard = heardRows(streamed, 1.25);
  expect(value(heard, "Stream")).toBe("MP3 320");
  expect(value(heard, "Made of")).toBe("the file, converted");
  expect(value(heard, "Levelled")).toBe("\u22123.1 dB");
  expect(value(heard, "Speed")).toBe("1.25×");
  expect(value(fileRows(detail), "Format")).toBe("FLAC 24/96");
  expect(heardRows(null, 1)).toEqual([]);
});

it("shows a path only where the server told one, and no gain that is unknown", () => {
  expect(value(fileRows(detail), "Path")).toBeFalsy();
  expect(value(fileRows({ ...detail, path: "a/b.flac" }), "Path")).toBe("a/b.flac");
  expect(levelRows({ ...detail, gain_track_db: null }).filter((row) => row.value)).toHaveLength(1);
});
