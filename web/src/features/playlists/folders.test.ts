import { describe, expect, it } from "vitest";
import type { PlaylistItem, PlaylistShelf } from "@/shared/api/types";
import { countIn, everyFolder, level, wayTo } from "./folders";

const list = (id: string): PlaylistItem => ({ id, name: id }) as PlaylistItem;
const shelf: PlaylistShelf = {
  folders: [
    { id: "a", name: "A", parent_id: null },
    { id: "b", name: "B", parent_id: null },
    { id: "c", name: "C", parent_id: "a" },
  ],
  places: [
    { playlist_id: "3", folder_id: null },
    { playlist_id: "1", folder_id: "c" },
    { playlist_id: "gone", folder_id: "a" },
  ],
};
const lists = ["1", "2", "3", "4"].map(list);

describe("folders of playlists", () => {
  it("shows a level: what was put somewhere first, the rest as it came", () => {
    expect(level(shelf, lists, null)).toMatchObject({ folders: [{ id: "a" }, { id: "b" }], lists: [{ id: "3" }, { id: "2" }, { id: "4" }] });
    expect(level(shelf, lists, "c").lists.map((one) => one.id)).toEqual(["1"]);
    expect(level(shelf, lists, "a")).toMatchObject({ folders: [{ id: "c" }], lists: [] });
  });

  it("names the way to a folder, and every folder by its way", () => {
    expect(wayTo(shelf, "c").map((one) => one.name)).toEqual(["A", "C"]);
    expect(wayTo(shelf, "nowhere")).toEqual([]);
    expect(everyFolder(shelf).map((one) => one.name)).toEqual(["A", "A / C", "B"]);
    expect(everyFolder(shelf, "a").map((one) => one.name)).toEqual(["B"]);
  });

  it("does not go round in a circle that should not be", () => {
    const circle: PlaylistShelf = { folders: [{ id: "x", name: "X", parent_id: "y" }, { id: "y", name: "Y", parent_id: "x" }], places: [] };
    expect(wayTo(circle, "x").map((one) => one.id)).toEqual(["y", "x"]);
    expect(everyFolder(circle)).toEqual([]);
  });

  it("counts what lies in a folder and below it", () => {
    expect(countIn(shelf, "a")).toBe(2);
    expect(countIn(shelf, "b")).toBe(0);
  });
});
