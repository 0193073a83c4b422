import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
// The list is tested on an album page: behind the real routes, with the real queue.
// eslint-disable-next-line no-restricted-imports
import { router, startRouting } from "@/app/router";
import { thePlayer } from "@/player";
import { queryClient } from "@/shared/api/queryClient";
import { startSession } from "@/shared/api/session";
import { albumDetails } from "@/test/fakeData";
import { state } from "@/test/msw";

const album = albumDetails[0];
if (!album) throw new Error("the invented library is empty");
const tracks = album.discs[0]?.tracks ?? [];
// happy-dom lays nothing out; a list needs a window to show rows in.
for (let owner: object | null = document.createElement("main"); owner; owner = Object.getPrototypeOf(owner) as object | null) {
  if (Object.hasOwn(owner, "clientHeight")) Object.defineProperty(owner, "clientHeight", { value: 800 });
}
startRouting();

beforeEach(async () => {
  queryClient.clear();
  state.signedIn = true;
  await startSession();
});

async function openAlbum(): Promise<HTMLElement[]> {
  void router.navigate({ to: "/albums/$albumId", params: { albumId: album?.id ?? "" } });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  const grid = await screen.findByRole("grid", { name: "Tracks" }, { timeout: 4000 });
  await within(grid).findByText(tracks[5]?.title ?? "");
  return within(grid).getAllByRole("row").slice(1);
}
const chosen = (rows: HTMLElement[]): number[] => rows.flatMap((row, index) => (row.getAttribute("aria-selected") === "true" ? [index] : []));
const queued = (): string[] => thePlayer().getState().queue.entries.map((entry) => entry.trackId);
const ids = (...places: number[]) => places.map((place) => tracks[place]?.id);
const at = (rows: HTMLElement[], place: number): HTMLElement => rows[place] ?? document.body;

it("chooses rows with the mouse, acts on them in the order of the list, and lets them go", async () => {
  const rows = await openAlbum();
  expect(screen.queryByRole("group", { name: "Selected tracks" })).toBeNull();
  fireEvent.click(at(rows, 4), { ctrlKey: true });
  fireEvent.click(at(rows, 1), { metaKey: true });
  expect(chosen(rows)).toEqual([1, 4]);
  const bar = screen.getByRole("group", { name: "Selected tracks" });
  expect(within(bar).getByText("2 selected")).toBeTruthy();
  fireEvent.click(within(bar).getByRole("button", { name: "Add to queue" }));
  expect(queued()).toEqual(ids(1, 4));

  fireEvent.click(at(rows, 3), { shiftKey: true });
  expect(chosen(rows)).toEqual([1, 2, 3]);
  fireEvent.click(at(rows, 2), { ctrlKey: true });
  expect(chosen(rows)).toEqual([1, 3]);
  fireEvent.click(at(rows, 6));
  expect(chosen(rows)).toEqual([]);
  expect(screen.queryByRole("group", { name: "Selected tracks" })).toBeNull();
});

it("chooses rows with the keyboard and says how many", async () => {
  const rows = await openAlbum();
  act(() => at(rows, 2).focus());
  fireEvent.keyDown(at(rows, 2), { key: "ArrowDown", shiftKey: true });
  fireEvent.keyDown(at(rows, 3), { key: "ArrowDown", shiftKey: true });
  expect(chosen(rows)).toEqual([2, 3, 4]);
  fireEvent.keyDown(at(rows, 4), { key: "ArrowUp", shiftKey: true });
  expect(chosen(rows)).toEqual([2, 3]);
  expect(document.querySelector('[aria-live="polite"]')?.textContent).toBe("2 selected");
  fireEvent.keyDown(at(rows, 3), { key: "a", ctrlKey: true });
  expect(chosen(rows)).toHaveLength(tracks.length);
  fireEvent.keyDown(at(rows, 3), { key: "Escape" });
  expect(chosen(rows)).toEqual([]);
  expect(document.activeElement).toBe(at(rows, 3));
});
