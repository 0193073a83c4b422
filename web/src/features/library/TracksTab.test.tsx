import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
// The tab is tested behind its real address.
// eslint-disable-next-line no-restricted-imports
import { router, startRouting } from "@/app/router";
import { useHiddenColumns } from "@/media/columnChoice";
import { queryClient } from "@/shared/api/queryClient";
import { startSession } from "@/shared/api/session";
import { useMenu, type MenuAction } from "@/shared/ui/menu";
import { server, state } from "@/test/msw";

// happy-dom lays nothing out; a list needs room for rows and columns.
for (const [name, value] of [["clientHeight", 800], ["clientWidth", 1100]] as const) {
  for (let owner: object | null = document.createElement("main"); owner; owner = Object.getPrototypeOf(owner) as object | null) {
    if (Object.hasOwn(owner, name)) Object.defineProperty(owner, name, { value });
  }
}
startRouting();
const firstLoad = { timeout: 8000 };

beforeEach(async () => {
  queryClient.clear();
  useHiddenColumns.setState({ hidden: [] });
  state.signedIn = true;
  await startSession();
});

async function open(search: Record<string, unknown> = {}): Promise<HTMLElement> {
  void router.navigate({ to: "/library/tracks", search });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  const grid = await screen.findByRole("grid", { name: "Tracks" }, firstLoad);
  await within(grid).findAllByText("Meadow salt");
  return grid;
}
const heads = (grid: HTMLElement): string[] => within(grid).getAllByRole("columnheader").map((head) => head.textContent.replace("Sort by ", ""));

it("shows tempo, key and energy with how sure they are, and says so without colour", async () => {
  const grid = await open();
  expect(heads(grid)).toEqual(["Cover", "Title", "Album", "BPM", "Key", "Energy", "Quality", "Time", "Liked", ""]);
  const row = (place: number) => within(within(grid).getAllByRole("row")[place] ?? grid);
  const tempo = row(4).getAllByRole("gridcell")[3];
  expect(tempo?.textContent).toBe("~104 not sure");
  expect(row(2).getAllByRole("gridcell")[4]?.textContent).toBe("11B A major");
  expect(row(2).getByRole("img", { name: /^Energy \d+ of 100$/ })).toBeTruthy();
  expect(row(3).getAllByRole("gridcell").slice(3, 6).map((cell) => cell.textContent)).toEqual(["–", "–", "–"]);
});

it("is ordered by its heads, in the URL and at the server", async () => {
  const asked: string[] = [];
  server.events.on("request:start", ({ request }) => {
    const url = new URL(request.url);
    if (url.pathname.endsWith("/tracks")) asked.push(`${url.searchParams.get("sort")} ${url.searchParams.get("order")}`);
  });
  const grid = await open();
  const bpm = () => within(grid).getByRole("columnheader", { name: "Sort by BPM" });
  expect(bpm().getAttribute("aria-sort")).toBeNull();
  fireEvent.click(within(bpm()).getByRole("button"));
  await waitFor(() => expect(router.state.location.search).toEqual({ sort: "bpm" }));
  await waitFor(() => expect(asked).toContain("bpm asc"));
  const again = await screen.findByRole("columnheader", { name: "Sort by BPM" });
  await waitFor(() => expect(screen.getByRole("columnheader", { name: "Sort by BPM" }).getAttribute("aria-sort")).toBe("ascending"));
  expect(again).toBeTruthy();
  fireEvent.click(within(screen.getByRole("columnheader", { name: "Sort by BPM" })).getByRole("button"));
  await waitFor(() => expect(asked).toContain("bpm desc"));
  server.events.removeAllListeners();
});

it("hides columns on this device", async () => {
  const grid = await open();
  fireEvent.click(within(grid).getByRole("button", { name: "Columns" }));
  const entries = (useMenu.getState().open?.entries ?? []) as MenuAction[];
  expect(entries.map(({ label, checked }) => [label, checked])).toEqual([["Album", true], ["BPM", true], ["Key", true], ["Energy", true], ["Quality", true]]);
  act(() => entries[3]?.run());
  await waitFor(() => expect(heads(grid)).not.toContain("Energy"));
  expect(localStorage.getItem("resonance.columns")).toBe('["energy"]');
});

it("says how far the measuring is while something is missing", async () => {
  state.analysis.status = { state: "running", quick_done: 100, tracks: 258 };
  await open();
  expect(await screen.findByRole("link", { name: "Tempo, key and energy: 100 of 258 tracks measured so far" })).toBeTruthy();
});
