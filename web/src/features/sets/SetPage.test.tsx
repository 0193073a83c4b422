import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it, vi } from "vitest";
// The page is tested where it lives: behind the real routes.
// eslint-disable-next-line no-restricted-imports
import { router, startRouting } from "@/app/router";
import { trackMenuExtras } from "@/media/trackMenu";
import { queryClient } from "@/shared/api/queryClient";
import { startSession } from "@/shared/api/session";
import { tracks } from "@/test/fakeData";
import { useMenu } from "@/shared/ui/menu";
import { useToasts } from "@/shared/ui/toast";
import { resetSets } from "@/test/fakeSets";
import { server, state } from "@/test/msw";
import { registerSets } from "./register";
import { useNewSet } from "./requests";

startRouting();
registerSets();
vi.setConfig({ testTimeout: 30_000 });
const id = "se00000000000000000001";
let sent: { path: string; body: { slots?: { track_id: string; locked: boolean }[]; version?: number; arranged?: boolean } }[] = [];

beforeEach(async () => {
  queryClient.clear();
  sessionStorage.clear();
  resetSets();
  sent = [];
  server.events.removeAllListeners();
  server.events.on("request:start", ({ request }) => {
    if (request.method !== "GET") void request.clone().text().then((body) => sent.push({ path: `${request.method} ${request.url.split("/api/v1/")[1]}`, body: body ? (JSON.parse(body) as never) : {} }));
  });
  state.signedIn = true;
  await startSession();
});

async function open(setId = id): Promise<HTMLElement> {
  void router.navigate({ to: "/sets/$setId", params: { setId } });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return screen.findByRole("grid", { name: "Tracks of the set" }, { timeout: 8000 });
}
const titles = (grid: HTMLElement): (string | null)[] => [...grid.querySelectorAll(".dj-row b")].map((title) => title.textContent);
const rowAt = (grid: HTMLElement, place: number): HTMLElement => grid.querySelector(`[data-slot="${place}"]`) as HTMLElement;
const saved = () => sent.filter((one) => one.path === `PUT sets/${id}/slots`);

it("shows the run in words, every joint, and what to do about the weakest", async () => {
  const grid = await open();
  screen.getByRole("img", { name: /^12 tracks over \d+ minutes\. Tempo from 108 to 125 BPM\..*The joints after tracks 5 and 6 are weak\.$/ });
  within(grid).getByText(/Joint 5 → 6: \+6\.9 %, 10A → 3B, clash, keys clash; score 4\d of 100/);
  const side = screen.getByRole("complementary", { name: "Joint and other tracks" });
  within(side).getByRole("heading", { name: "Breaks the key twice." });
  await within(side).findByText("Swap with track 7", { exact: false });
  within(side).getByRole("region", { name: "Hear the joint 5 → 6" });
});

it("moves, locks and removes with the keyboard, and a proposal is looked at before it is taken", async () => {
  const grid = await open();
  const before = titles(grid);
  fireEvent.keyDown(rowAt(grid, 1), { key: "z" });
  fireEvent.focus(rowAt(grid, 2));
  fireEvent.keyDown(rowAt(grid, 2), { key: "ArrowDown", altKey: true });
  await waitFor(() => expect(saved()).toHaveLength(1));
  expect(titles(grid).slice(2, 4)).toEqual([before[3], before[2]]);
  fireEvent.keyDown(rowAt(grid, 3), { key: "l" });
  await waitFor(() => expect(saved()[1]?.body.slots?.[3]?.locked).toBe(true));
  fireEvent.keyDown(rowAt(grid, 3), { key: "Delete" });
  await waitFor(() => expect(saved()[2]?.body.slots).toHaveLength(11));

  fireEvent.click(screen.getByRole("button", { name: "Optimise" }));
  await screen.findByRole("button", { name: "Stop" });
  const offer = await screen.findByRole("region", { name: "Proposal" }, { timeout: 5000 });
  within(offer).getByText(/average joint \d+ → \d+/);
  expect(saved()).toHaveLength(3);
  fireEvent.click(within(offer).getByRole("button", { name: "Keep the old" }));
  expect(titles(grid)).toHaveLength(11);
  expect(saved()).toHaveLength(3);

  fireEvent.click(screen.getByRole("button", { name: "Optimise" }));
  fireEvent.click(await screen.findByRole("button", { name: "Stop" }));
  const best = await screen.findByRole("region", { name: "Proposal" }, { timeout: 5000 });
  within(best).getByText("The best order until you stopped");
  fireEvent.click(within(best).getByRole("button", { name: "Use this order" }));
  await waitFor(() => expect(saved().at(-1)?.body).toMatchObject({ arranged: true }));
});

it("tries a swap in the graph, takes it, and undoes it", async () => {
  const grid = await open();
  const before = titles(grid);
  const side = screen.getByRole("complementary");
  fireEvent.click(await within(side).findByRole("button", { name: /^Show .*Swap with track 7/ }));
  expect(titles(grid).slice(5, 7)).toEqual([before[6], before[5]]);
  fireEvent.click(within(screen.getByRole("region", { name: "Proposal" })).getByRole("button", { name: "Use" }));
  await waitFor(() => expect(saved()).toHaveLength(1));
  const undo = screen.getByRole("button", { name: "Undo" });
  await waitFor(() => expect(undo).toHaveProperty("disabled", false));
  await act(async () => fireEvent.click(undo));
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ path: `POST sets/${id}/restore`, body: { version: 4 } }));
  await waitFor(() => expect(titles(grid)).toEqual(before));
});

it("draws the curve with the keyboard", async () => {
  await open();
  fireEvent.click(screen.getByRole("button", { name: "Draw" }));
  const handle = await screen.findByRole("slider", { name: "Curve, handle 2 of 3" });
  fireEvent.keyDown(handle, { key: "ArrowDown" });
  await waitFor(() => expect(sent.filter((one) => one.path.startsWith("PATCH")).at(-1)?.body).toMatchObject({ curve: { points: [[0, 0.3], [0.65, 0.93], [1, 0.45]] } }), { timeout: 4000 });
});

it("a handle is added and taken away with the keyboard, and both are said", async () => {
  await open();
  fireEvent.click(screen.getByRole("button", { name: "Draw" }));
  const handle = await screen.findByRole("slider", { name: "Curve, handle 1 of 3" });
  expect(handle.getAttribute("aria-valuetext")).toBe("At 0 % of the set, Energy 30 of 100");
  fireEvent.keyDown(handle, { key: "Insert" });
  const fresh = await screen.findByRole("slider", { name: "Curve, handle 2 of 4" });
  expect(fresh.getAttribute("aria-valuetext")).toMatch(/^At 3[23] % of the set/);
  fireEvent.keyDown(fresh, { key: "Delete" });
  await screen.findByRole("slider", { name: "Curve, handle 3 of 3" });
});

it("the curve is about a mood that the pool knows, and graph and words follow", async () => {
  await open();
  const about = await screen.findByRole("button", { name: /^The curve is about Energy/ });
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  fireEvent.click(about);
  const { entries } = useMenu.getState().open ?? { entries: [] };
  const choices = entries.flatMap((entry) => (entry !== "line" && "run" in entry ? [entry] : []));
  expect(choices.map((entry) => entry.label)).toEqual(["Energy, known of 212 of 214", "Relaxed, known of 96 of 214", "Party, known of 141 of 214"]);
  act(() => choices[2]?.run());
  await waitFor(() => expect(sent.at(-1)?.body).toMatchObject({ curve: { of: "party", name: "arc" } }));
  await screen.findByRole("button", { name: /^The curve is about Party/ });
  screen.getByRole("img", { name: /Your curve of Party begins at 30/ });
});

it("a reload finds the search again, and what it found until it is taken or left", async () => {
  const first = await open();
  fireEvent.click(screen.getByRole("button", { name: "Optimise" }));
  await screen.findByRole("button", { name: "Stop" });
  expect(first.isConnected).toBe(true);
  cleanup();
  queryClient.clear();
  await open();
  const offer = await screen.findByRole("region", { name: "Proposal" }, { timeout: 5000 });
  expect(sent.filter((one) => one.path.endsWith("arrange"))).toHaveLength(1);
  expect(sent.filter((one) => one.path.startsWith("DELETE"))).toHaveLength(0);
  fireEvent.click(within(offer).getByRole("button", { name: "Keep the old" }));
  cleanup();
  queryClient.clear();
  await open();
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(screen.queryByRole("region", { name: "Proposal" })).toBeNull();
});

it("a search that the server does not know any more is said to be lost", async () => {
  sessionStorage.setItem(`resonance.set-run.${id}`, "gone");
  server.use(http.get("*/api/v1/sets/runs/gone", () => HttpResponse.json({ type: "about:blank", title: "x", status: 404, code: "not_found", detail: "There is no such run." }, { status: 404 })));
  await open();
  await screen.findByText("The search for an order was lost. Try again.");
  expect(screen.getByRole("button", { name: "Optimise" })).toHaveProperty("disabled", false);
});

it("says when another window has changed the set, and offers one's own change again", async () => {
  const grid = await open();
  let refused = 0;
  server.use(
    http.put(`*/api/v1/sets/${id}/slots`, () => {
      refused += 1;
      return refused === 1 ? HttpResponse.json({ type: "about:blank", title: "conflict", status: 409, code: "conflict", detail: "The set has changed." }, { status: 409 }) : undefined;
    }),
  );
  const before = titles(grid);
  fireEvent.focus(rowAt(grid, 2));
  fireEvent.keyDown(rowAt(grid, 2), { key: "ArrowDown", altKey: true });
  await waitFor(() => expect(refused).toBe(1));
  await waitFor(() => expect(titles(grid)).toEqual(before));
  const shown = useToasts.getState().shown;
  expect(shown?.text).toBe("This set was changed in another window. This is how it is now.");
  shown?.action?.run();
  await waitFor(() => expect(refused).toBe(2));
  await waitFor(() => expect(titles(grid).slice(2, 4)).toEqual([before[3], before[2]]));
});

it("says what is not there, and what is empty", async () => {
  void router.navigate({ to: "/sets/$setId", params: { setId: "nothing" } });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  await screen.findByRole("heading", { name: "This set is not here" }, { timeout: 8000 });
  state.empty = true;
  await act(() => router.navigate({ to: "/sets" }));
  await screen.findByRole("heading", { name: "No set yet" }, { timeout: 8000 });
});

it("menus offer what fits the number of tracks", () => {
  const labels = (list: typeof tracks): string[] => trackMenuExtras(list).flatMap((entry) => (entry === "line" ? [] : [entry.label]));
  expect(labels(tracks.slice(0, 1))).toContain("Mixes well…");
  expect(labels(tracks.slice(0, 3))).toEqual(["New DJ set…"]);
  const entry = trackMenuExtras(tracks.slice(0, 3))[0];
  if (entry && entry !== "line" && "run" in entry) entry.run();
  expect(useNewSet.getState().open?.pool).toEqual({ kind: "tracks", track_ids: tracks.slice(0, 3).map((track) => track.id) });
});
