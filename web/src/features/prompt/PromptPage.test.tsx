import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
// The page is tested behind its real address.
// eslint-disable-next-line no-restricted-imports
import { router, startRouting } from "@/app/router";
import { queryClient } from "@/shared/api/queryClient";
import { startSession } from "@/shared/api/session";
import { server, state } from "@/test/msw";

for (let owner: object | null = document.createElement("main"); owner; owner = Object.getPrototypeOf(owner) as object | null) {
  if (Object.hasOwn(owner, "clientHeight")) Object.defineProperty(owner, "clientHeight", { value: 800 });
}
startRouting();

interface Sent {
  text?: string;
  plan?: { pieces: { kind: string; value: Record<string, unknown> }[]; pins: Record<string, number>; without: string[] };
  seed: number;
}
let sent: Sent[] = [];

beforeEach(async () => {
  queryClient.clear();
  state.signedIn = true;
  sent = [];
  server.events.removeAllListeners();
  server.events.on("request:start", ({ request }) => {
    if (request.url.endsWith("/prompt/make")) void request.clone().json().then((body: Sent) => sent.push(body));
  });
  await startSession();
});

async function open(search: Record<string, unknown>): Promise<void> {
  void router.navigate({ to: "/prompt", search });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  const field = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Describe a playlist" }, { timeout: 5000 });
  // The page of the test before is shown until the router has moved.
  await waitFor(() => expect([router.state.location.search, field.value]).toEqual([search, search.q ?? ""]));
}
const rules = (): string[] => within(screen.getByRole("list", { name: "Rules" })).getAllByRole("listitem").map((item) => item.textContent);
const list = () => screen.findByRole("grid", { name: "Proposed tracks" });

it("a sentence becomes chips and tracks with reasons; a chip taken away makes it again with the same seed", async () => {
  await open({ q: "90 minutes, dinner jazz to disco", seed: 7 });
  const grid = await list();
  expect(rules().slice(0, 4)).toEqual(["length 90 min", "from dinner jazz", "to disco", "never live"]);
  expect(within(grid).getAllByText(/starts calm for this list/).length).toBeGreaterThan(0);
  fireEvent.click(screen.getByRole("button", { name: "Remove never live" }));
  await waitFor(() => expect(sent.at(-1)?.plan?.pieces.some((piece) => piece.kind === "live")).toBe(false));
  expect(sent.at(-1)?.seed).toBe(7);
  expect(rules()).not.toContain("never live");
});

it("another take is another seed, with the rules as they were changed", async () => {
  await open({ q: "jazz", seed: 3 });
  await list();
  fireEvent.click(screen.getByRole("button", { name: "Fall" }));
  await waitFor(() => expect(sent.at(-1)?.plan?.pieces.at(-1)).toEqual({ kind: "curve", value: { name: "fall" } }));
  fireEvent.click(await screen.findByRole("button", { name: "Another take" }));
  await waitFor(() => expect(sent.at(-1)?.seed).toBe(4));
  expect(sent.at(-1)?.plan?.pieces.at(-1)).toEqual({ kind: "curve", value: { name: "fall" } });
  expect(router.state.location.search).toEqual({ q: "jazz", seed: 4 });
});

it("a handle is moved with the keys, and several presses are one change", async () => {
  await open({ q: "jazz" });
  await list();
  const handle = screen.getByRole("slider", { name: "Curve, handle 2 of 4" });
  fireEvent.keyDown(handle, { key: "ArrowUp" });
  fireEvent.keyDown(screen.getByRole("slider", { name: "Curve, handle 2 of 4" }), { key: "ArrowUp" });
  const drawn = (): number[][][] => sent.flatMap((one) => (one.plan ? [one.plan.pieces.at(-1)?.value.points as number[][]] : []));
  await waitFor(() => expect(drawn()).toHaveLength(1), { timeout: 3000 });
  const points = drawn()[0];
  expect(points).toHaveLength(4);
  expect(points?.[1]?.[1]).toBeCloseTo(0.1 + 0.82 / 3 + 0.1, 2);
});

it("Enter asks; without words nothing is asked, and examples stand there", async () => {
  await open({});
  await screen.findByRole("heading", { name: /^Say how long/ });
  const field = screen.getByRole("textbox", { name: "Describe a playlist" });
  fireEvent.keyDown(field, { key: "Enter" });
  fireEvent.change(field, { target: { value: "an hour of dub" } });
  fireEvent.keyDown(field, { key: "Enter" });
  await list();
  await waitFor(() => expect(sent.at(-1)?.text).toBe("an hour of dub"));
  expect(sent.some((one) => one.text === "")).toBe(false);
  expect(router.state.location.search).toEqual({ q: "an hour of dub" });
});

it("words that nothing was made of stand among the rules, once", async () => {
  await open({ q: "90 minutes of xyzzy" });
  await list();
  expect(rules()).toContain("not understood xyzzy");
  expect(screen.getAllByText(/not understood/i)).toHaveLength(1);
});
