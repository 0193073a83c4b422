import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { delay, http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";
// The page is tested behind its real address.
// eslint-disable-next-line no-restricted-imports
import { router, startRouting } from "@/app/router";
import { queryClient } from "@/shared/api/queryClient";
import { startSession } from "@/shared/api/session";
import { server, state } from "@/test/msw";
import { withoutWord } from "./useSearch";

for (let owner: object | null = document.createElement("main"); owner; owner = Object.getPrototypeOf(owner) as object | null) {
  if (Object.hasOwn(owner, "clientHeight")) Object.defineProperty(owner, "clientHeight", { value: 800 });
}
startRouting();

beforeEach(async () => {
  queryClient.clear();
  state.signedIn = true;
  await startSession();
});

async function open(search: Record<string, unknown>): Promise<void> {
  void router.navigate({ to: "/search", search });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  await screen.findByRole("searchbox", undefined, { timeout: 5000 });
}
const chips = (): string[] => within(screen.getByRole("list", { name: "How it was understood" })).getAllByRole("listitem").map((item) => item.textContent);
const fits = () => screen.findByRole("grid", { name: "Tracks that fit" });

it("says how words were understood and why tracks fit; a word can be taken away", async () => {
  await open({ q: "fast harbour" });
  const grid = await fits();
  expect(chips()).toEqual(["fast", "harbour a name"]);
  expect(within(grid).getAllByText("slow, 68 BPM · piano, by its tag piano · calm, energy 0.21").length).toBeGreaterThan(0);
  fireEvent.click(screen.getByRole("button", { name: "Without “fast”" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ q: "harbour" }));
  await waitFor(() => expect(screen.queryByRole("grid", { name: "Tracks that fit" })).toBeNull());
  expect(screen.queryByRole("list", { name: "How it was understood" })).toBeNull();
});

it("a name alone is searched by name", async () => {
  await open({ q: "marble" });
  await screen.findByRole("grid", { name: "Tracks" });
  expect(screen.queryByRole("heading", { name: "Tracks that fit" })).toBeNull();
});

it("filters stand in the URL and are asked of the server", async () => {
  const asked: URLSearchParams[] = [];
  server.events.on("request:start", ({ request }) => {
    const url = new URL(request.url);
    if (url.pathname.endsWith("/search/tracks")) asked.push(url.searchParams);
  });
  await open({ q: "slow", key: "8A,9A", key_compatible: true, bpm_min: 80 });
  await screen.findByRole("heading", { name: "Tracks that fit" });
  expect(asked.at(-1)?.getAll("key")).toEqual(["8A", "9A"]);
  expect(asked.at(-1)?.get("key_compatible")).toBe("true");
  fireEvent.click(screen.getByRole("button", { name: "Liked" }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ liked: true, q: "slow" }));
  fireEvent.click(screen.getByRole("button", { name: "Remove the filters" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ q: "slow" }));
  server.events.removeAllListeners();
});

it("says who answered in place of the model, and what failed", async () => {
  state.analysis.fallback = "it did not answer in time";
  await open({ q: "slow" });
  await screen.findByText("The model did not answer (it did not answer in time); the built-in search did.");
});

it("names answer while the meaning is slow, and when it fails", async () => {
  let release = (): void => undefined;
  const gate = new Promise<void>((done) => (release = done));
  server.use(
    http.get("*/search/tracks", async () => {
      await gate;
      await delay(1);
      return HttpResponse.json({ title: "bad", status: 400, code: "invalid", detail: "No." }, { status: 400 });
    }),
  );
  await open({ q: "low" });
  // After its time the answer by names comes alone.
  await screen.findByRole("grid", { name: "Tracks" }, { timeout: 5000 });
  act(() => release());
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  expect(screen.getByRole("grid", { name: "Tracks" })).toBeTruthy();
});

it("takes words out of a question", () => {
  expect(withoutWord("slow, warm piano", "Warm")).toBe("slow, piano");
  expect(withoutWord("slow, warm piano", "slow")).toBe("warm piano");
  expect(withoutWord("slow", "slow")).toBe("");
  expect(withoutWord("slow", "fast")).toBe("slow");
});
