import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";
// The page is tested where it lives: behind the real routes.
// eslint-disable-next-line no-restricted-imports
import { router, startRouting } from "@/app/router";
import { trackMenuExtras } from "@/media/trackMenu";
import { queryClient } from "@/shared/api/queryClient";
import { startSession } from "@/shared/api/session";
import type { TrackItem } from "@/shared/api/types";
import { tracks } from "@/test/fakeData";
import { server, state } from "@/test/msw";
import { registerSimilar } from "./register";
import { closeSonic, openSonic, useSonicRequest } from "./requests";

startRouting();
registerSimilar({ similar: () => undefined, map: () => undefined });
// happy-dom lays nothing out; a list needs a window to show rows in.
for (let owner: object | null = document.createElement("main"); owner; owner = Object.getPrototypeOf(owner) as object | null) {
  if (Object.hasOwn(owner, "clientHeight")) Object.defineProperty(owner, "clientHeight", { value: 800 });
}
const [a, b, c] = tracks as [TrackItem, TrackItem, TrackItem];

beforeEach(async () => {
  queryClient.clear();
  closeSonic();
  state.signedIn = true;
  await startSession();
});

function open(): void {
  void router.navigate({ to: "/tracks/$trackId/similar", params: { trackId: a.id }, search: {} });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

it("gives every track its reason, and compares by what is asked", async () => {
  open();
  const grid = await screen.findByRole("grid", { name: `More like ${a.title}` });
  await within(grid).findAllByText(/^sounds much alike, same key: 8A/);
  fireEvent.click(screen.getByRole("button", { name: "Tags" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ by: "tags" }));
});

it("says when there is nothing to compare yet", async () => {
  state.empty = true;
  open();
  await screen.findByRole("heading", { name: "Nothing like it yet" });
});

it("menus offer what fits the number of tracks", () => {
  const labels = (list: readonly TrackItem[]): string[] => trackMenuExtras(list).flatMap((entry) => (entry === "line" ? [] : [entry.label]));
  expect(labels([a])).toEqual(["More like this", "By sound"]);
  expect(labels([a, b])).toEqual(["Path between them", "Blend"]);
  expect(labels([a, b, c])).toEqual(["Blend"]);
});

it("a path is asked for with its conditions", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post("*/api/v1/sonic/path", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ items: [{ track: a, step_similarity: null, similarity: 1, reasons: [] }, { track: b, step_similarity: 0.5, similarity: 0.4, reasons: [] }], note: "Shorter than asked for." });
    }),
  );
  open();
  await screen.findByRole("heading", { level: 1 });
  openSonic({ kind: "path", from: a, to: b });
  const dialog = await screen.findByRole("dialog", {}, { timeout: 8000 });
  await within(dialog).findByText("Shorter than asked for.");
  fireEvent.click(within(dialog).getByRole("button", { name: "Each artist once" }));
  fireEvent.click(within(dialog).getByRole("button", { name: "Keys that mix" }));
  fireEvent.keyDown(within(dialog).getByRole("slider", { name: "Length of the path" }), { key: "End" });
  await waitFor(() => expect(sent.at(-1)).toEqual({ from_id: a.id, to_id: b.id, length: 60, per_artist: 1, bpm_step: null, keys_mix: true }));
});

it("a blend pushes away what is not liked", async () => {
  const sent: { like: string[]; unlike: string[] }[] = [];
  server.events.on("request:start", ({ request }) => {
    if (request.url.endsWith("sonic/blend")) void request.clone().json().then((body: { like: string[]; unlike: string[] }) => sent.push(body));
  });
  open();
  await screen.findByRole("heading", { level: 1 });
  openSonic({ kind: "blend", like: [a, b] });
  const dialog = await screen.findByRole("dialog", {}, { timeout: 8000 });
  const list = await within(dialog).findByRole("list", { name: "What sounds like that" });
  const [less] = within(list).getAllByRole("button", { name: /^Not like/ });
  if (less) fireEvent.click(less);
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ like: [a.id, b.id], unlike: [expect.any(String)] }));
  expect(useSonicRequest.getState().open).not.toBeNull();
});
