import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";
// The page is tested where it lives: behind the real routes, with the real queue.
// eslint-disable-next-line no-restricted-imports
import { router, startRouting } from "@/app/router";
import { thePlayer } from "@/player";
import { queryClient } from "@/shared/api/queryClient";
import { startSession } from "@/shared/api/session";
import { mapInfo } from "@/test/fakeMap";
import { server, state } from "@/test/msw";

startRouting();
const count = 900;
const regions = [...mapInfo(count, 3).regions].sort((a, b) => b.tracks - a.tracks);

beforeEach(async () => {
  queryClient.clear();
  Object.assign(state, { signedIn: true, points: count });
  await startSession();
});

function open(search: object = {}): void {
  void router.navigate({ to: "/map", search });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

const analysis = (more: object): void =>
  server.use(http.get("*/api/v1/analysis", () => HttpResponse.json({ state: "idle", reason: null, tracks: 60, quick_done: 0, full_done: 0, failed: 0, stage: null, per_minute: null, eta_s: null, workers: 1, hours: null, analysers: [], ...more })));

it("says what to do while nothing was heard, and starts the listening", async () => {
  state.map = "none";
  server.use(
    http.post("*/api/v1/analysis/start", () => {
      analysis({ state: "running", quick_done: 15 });
      return HttpResponse.json({}, { status: 202 });
    }),
  );
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Listen to the library" }));
  await screen.findByRole("heading", { name: "The server is listening to your music" });
  expect(screen.getByRole("progressbar", { name: "Listening to the library" }).getAttribute("aria-valuenow")).toBe("25");
});

it("goes on where the listening is paused, and draws where all was heard", async () => {
  state.map = "too_few";
  const sent: unknown[] = [];
  analysis({ state: "paused", quick_done: 3 });
  server.use(
    http.patch("*/api/v1/analysis", async ({ request }) => {
      sent.push(await request.json());
      analysis({ quick_done: 60 });
      return HttpResponse.json({});
    }),
    http.post("*/api/v1/map/draw", () => {
      state.map = "drawing";
      return HttpResponse.json({}, { status: 202 });
    }),
  );
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Go on listening" }));
  fireEvent.click(await screen.findByRole("button", { name: "Draw it now" }));
  await screen.findByRole("heading", { name: "The map is being drawn" });
  expect(sent).toEqual([{ paused: false }]);
});

it("says that a small library has no landscape", async () => {
  state.map = "too_few";
  open();
  await screen.findByText(/^There are 7 tracks here\./);
});

it("tells of an answer that is no map, and tries again", async () => {
  server.use(http.get("*/api/v1/map/points", () => HttpResponse.arrayBuffer(new ArrayBuffer(3)), { once: true }));
  open();
  await screen.findByRole("heading", { name: "The map could not be loaded" });
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByRole("application");
});

it("the regions are a list that adds up, and play as a queue", async () => {
  open();
  await screen.findByRole("application", { name: /Map of 900 tracks/ });
  fireEvent.click(screen.getByRole("button", { name: "List of regions" }));
  const list = await screen.findByRole("complementary", { name: "Regions" });
  const rows = within(list).getAllByRole("listitem");
  expect(rows).toHaveLength(regions.length);
  expect(regions.reduce((sum, region) => sum + region.tracks, 0)).toBe(count);
  const [first] = regions;
  fireEvent.click(within(list).getByRole("button", { name: new RegExp(`^${first?.label}`) }));
  const card = await screen.findByRole("region", { name: "Selection" });
  expect(within(card).getByRole("heading").textContent).toBe(first?.label);
  fireEvent.click(within(card).getByRole("button", { name: "Play" }));
  await waitFor(() => expect(thePlayer().getState().queue.entries).toHaveLength(first?.tracks ?? 0));
  expect(thePlayer().getState().queue.source?.name).toBe(first?.label);
});

it("loads the map again when the server has drawn another", async () => {
  open();
  const stage = await screen.findByRole("application");
  let asked = 0;
  server.events.on("request:start", ({ request }) => {
    if (new URL(request.url).pathname.endsWith("/api/v1/map")) asked += 1;
  });
  server.use(http.post("*/api/v1/map/ids", () => HttpResponse.json({ title: "Conflict", status: 409, code: "map_changed", detail: "The map has changed." }, { status: 409 })));
  // happy-dom lays nothing out, so what is in view is a line; the region list chooses instead.
  stage.focus();
  fireEvent.click(screen.getByRole("button", { name: "List of regions" }));
  const list = await screen.findByRole("complementary", { name: "Regions" });
  fireEvent.click(within(list).getByRole("button", { name: `Play ${regions[1]?.label}` }));
  await waitFor(() => expect(asked).toBe(1));
});
