import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { useToasts } from "@/shared/ui/toast";
import { importEntries } from "@/test/fakePlaylists";
import { server } from "@/test/msw";
import type { ImportDetail } from "@/shared/api/types";
import { EntryCard } from "./EntryCard";
import { importKeys, nextOpen } from "./importKeys";
import { countsOf, differences, sameCounts, settle } from "./imports";

const [alone, several, version] = importEntries;
if (!alone || !several || !version) throw new Error("no entries");
const [first, shorter] = several.candidates;
if (!first || !shorter) throw new Error("no candidates");

describe("what an entry may be", () => {
  it("is told by what differs, else by what agrees", () => {
    expect(differences(first)).toEqual({ text: "another album", differs: true });
    expect(differences(shorter)).toEqual({ text: "9 s shorter", differs: true });
    expect(differences({ ...first, album: "same" })).toEqual({ text: "the same title, artist, album, and length", differs: false });
    expect(differences({ ...first, album: "unsaid", artist: "unsaid", longer_s: null }).text).toBe("the same title");
  });

  it("is counted from the report: open, settled, found, and how many say the same", () => {
    const line = (number: number, title: string, settled: boolean) => ({ number, title, artist: "A", album: "", path: "", duration_s: 1, how: "none", score: 0, track_id: null, reason: null, candidates: [], settled, before: null, entry_id: null });
    const report = { name: "x", format: "m3u", entries: 5, matched: 2, playlists: [{ name: "x", entries: 5, folders: [], playlist_id: "p", matched: [line(1, "a", false), line(2, "b", true)], missing: [line(3, "b", false), line(4, "c", true), line(5, "b", false)] }] } satisfies ImportDetail;
    expect(countsOf(report)).toEqual({ open: 2, settled: 2, matched: 1 });
    const alike = sameCounts(report);
    expect([alike(line(3, "b", false)), alike(line(4, "c", true))]).toEqual([3, 1]);
  });
});

describe("settling by keys", () => {
  const setup = () => {
    const chosen = vi.fn();
    const hear = { id: null, toggle: vi.fn() };
    const list = (
      // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
      <ol aria-label="all" onKeyDown={importKeys}>
        {importEntries.map((entry) => (
          <EntryCard key={entry.number} entry={entry} alike={1} hear={hear} fixed={false} onChoose={chosen} onUndo={vi.fn()} />
        ))}
      </ol>
    );
    render(<QueryClientProvider client={new QueryClient()}>{list}</QueryClientProvider>);
    const stops = [...screen.getByRole("list", { name: "all" }).querySelectorAll<HTMLElement>("[data-stop]")];
    return { chosen, hear, stops };
  };
  const press = (key: string): boolean => fireEvent.keyDown(document.activeElement ?? document.body, { key });

  it("moves through all choices of all entries", () => {
    const { stops } = setup();
    expect(stops).toHaveLength(5);
    stops[0]?.focus();
    press("ArrowDown");
    press("ArrowDown");
    expect(document.activeElement).toBe(stops[2]);
    press("ArrowUp");
    expect(document.activeElement).toBe(stops[1]);
  });

  it("takes by digit, hears with P, says none with N, searches with S", async () => {
    const { chosen, hear, stops } = setup();
    stops[1]?.focus();
    press("p");
    expect(hear.toggle).toHaveBeenCalledWith(first.track.id);
    press("2");
    expect(chosen).toHaveBeenLastCalledWith(several, shorter.track.id);
    press("n");
    expect(chosen).toHaveBeenLastCalledWith(several, null);
    press("s");
    expect(await screen.findByRole("combobox", { name: "Find the track for Angie" })).toBe(document.activeElement);
    // Letters typed into the search are letters.
    press("n");
    expect(chosen).toHaveBeenCalledTimes(2);
  });

  it("goes on with the next open entry", () => {
    setup();
    const box = screen.getByRole("list", { name: "all" });
    const cards = [...box.querySelectorAll(".imp-entry")];
    const next = nextOpen(box, cards[1] ?? null);
    expect(next && within(cards[2] as HTMLElement).getAllByRole("button").includes(next)).toBe(true);
    expect(nextOpen(box, cards[2] ?? null)).toBeNull();
  });
});

describe("sending a choice", () => {
  it("says why it could not be taken", async () => {
    server.use(http.post("*/api/v1/imports/re1/choices", () => HttpResponse.json({ code: "playlist_gone", detail: "gone" }, { status: 409 })));
    expect(await settle(new QueryClient(), "re1", several, { track_id: first.track.id })).toBe(false);
    expect(useToasts.getState().shown?.text).toContain("was deleted");
  });
});
