import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { ImportReport } from "@/shared/api/types";
import { ImportMarks } from "./ImportMarks";

const none = { tracks: 0, added: 0, same: 0, conflicts: 0, replaced: 0, dropped: 0 };
const report = (more: Partial<ImportReport>): ImportReport =>
  ({ format: "rekordbox", dry_run: true, tracks: 2, matched: 2, playlists: [], report_id: null, cues: none, ratings: none, conflicts: [], ...more }) as ImportReport;

it("says nothing where there are no cues and ratings", () => {
  const { container } = render(<ImportMarks report={report({})} instead={false} onInstead={null} />);
  expect(container.childElementCount).toBe(0);
});

it("lists what differs, and asks before anything is overwritten", () => {
  const choose = vi.fn();
  const conflicts = [{ what: "cue", track_id: "t1", title: "Song", artist: "Ada", here: "cue 1.000 s on pad 1", there: "cue 2.000 s on pad 1" }];
  const given = report({ cues: { ...none, added: 3, conflicts: 1 }, conflicts });
  const { rerender } = render(<ImportMarks report={given} instead={false} onInstead={choose} />);
  expect(screen.getByText("3 new cues")).toBeTruthy();
  expect(screen.getByText("1 differs from yours")).toBeTruthy();
  expect(screen.getByText("yours cue 1.000 s on pad 1, the file’s cue 2.000 s on pad 1")).toBeTruthy();
  fireEvent.click(screen.getByRole("switch"));
  expect(choose).toHaveBeenCalledWith(true);
  rerender(<ImportMarks report={given} instead={false} onInstead={null} />);
  expect(screen.queryByRole("switch")).toBeNull();
});
