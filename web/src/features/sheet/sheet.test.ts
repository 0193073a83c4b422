import { describe, expect, it } from "vitest";
import type { SetDetail, SetJoint } from "@/shared/api/djSets";
import type { PlaylistDetail, TrackItem } from "@/shared/api/types";
import { ofPlaylist, ofSet, tempoRange } from "./sheet";

const track = (id: string, duration_s: number, bpm: number | null): TrackItem => ({ id, title: id, duration_s, bpm }) as TrackItem;
const joint = (a: string, b: string): SetJoint => ({ a, b, score: 90, weak_reason: null, tempo_change_pct: -2, tempo_factor: 1, relation: "same", compatible: true, costs: {} });

describe("the lines of a sheet", () => {
  it("begin one after the other", () => {
    const entries = [track("a", 200, 120), track("b", 100.5, null), track("a", 200, 126.4)].map((item, i) => ({ id: `e${i}`, track: item, added_at: "" }));
    const made = ofPlaylist({ name: "Freitag", comment: "late", entries } as unknown as PlaylistDetail);
    expect(made.lines.map((line) => [line.key, line.number, line.at, line.step])).toEqual([
      ["e0", 1, 0, null],
      ["e1", 2, 200, null],
      ["e2", 3, 300.5, null],
    ]);
    expect([made.duration, made.tempi, tempoRange(made.tempi ?? [0, 0])]).toEqual([500.5, [120, 126.4], "120–126 BPM"]);
  });

  it("say how a set goes on, and leave out what is not here", () => {
    const slots = ["a", "b", "c"].map((id) => ({ track_id: id, locked: false, joined: false, track: id === "b" ? null : track(id, 60, null) }));
    const made = ofSet({ name: "Night", slots, joints: [joint("a", "b"), joint("b", "c")] } as unknown as SetDetail);
    expect(made.lines.map((line) => [line.track.id, line.number, line.at])).toEqual([
      ["a", 1, 0],
      ["c", 2, 60],
    ]);
    expect(made.lines[1]?.step).toContain("same key");
    expect(made.tempi).toBeNull();
  });

  it("have one tempo where all have the same", () => {
    expect(tempoRange([119.6, 120.4])).toBe("120 BPM");
  });
});
