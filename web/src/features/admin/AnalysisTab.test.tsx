import { QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { queryClient } from "@/shared/api/queryClient";
import { applyMessage } from "@/shared/api/socket";
import type { AnalysisStatus } from "@/shared/api/types";
import { server, state } from "@/test/msw";
import AnalysisTab from "./AnalysisTab";

const running: Partial<AnalysisStatus> = { state: "running", stage: "quick", tracks: 256, quick_done: 112, full_done: 0, failed: 2, per_minute: 34.6, eta_s: 7000 };
const bodies: [string, unknown][] = [];
async function open(status: Partial<AnalysisStatus>): Promise<void> {
  state.analysis.status = status;
  server.events.on("request:start", ({ request }) => {
    if (request.method !== "GET") void request.clone().json().then((body) => bodies.push([request.method, body]));
  });
  render(
    <QueryClientProvider client={queryClient}>
      <AnalysisTab />
    </QueryClientProvider>,
  );
  await screen.findByRole("heading", { name: "When" });
}
const press = (name: string): void => void fireEvent.click(screen.getByRole("button", { name }));

beforeEach(() => {
  queryClient.clear();
  server.events.removeAllListeners();
  bodies.length = 0;
});

it("tells how far both passes are, live, and can be paused", async () => {
  await open({ ...running });
  expect(screen.getByRole("progressbar", { name: "First pass" }).getAttribute("aria-valuenow")).toBe("44");
  expect(screen.getByText("35 tracks a minute, about 1 h 57 min left")).toBeTruthy();
  act(() => applyMessage(queryClient, { topic: "analysis.progress", data: { ...queryClient.getQueryData<AnalysisStatus>(["analysis"]), quick_done: 254, stage: "full", full_done: 10, per_minute: null, eta_s: null } }, () => undefined));
  await waitFor(() => expect(screen.queryByRole("progressbar", { name: "First pass" })).toBeNull());
  expect(screen.getByText("10 of 254 tracks")).toBeTruthy();
  press("Pause");
  await screen.findByRole("heading", { name: "Paused" });
  expect(bodies).toEqual([["PATCH", { paused: true }]]);
  press("Go on");
  await screen.findByRole("heading", { name: "Listening" });
});

it("keeps hours, and asks for a change of them to be saved", async () => {
  await open({ ...running });
  fireEvent.click(screen.getByRole("switch", { name: "Only at certain hours" }));
  const from = await screen.findByLabelText<HTMLInputElement>("From");
  expect(from.value).toBe("23:00");
  expect(screen.queryByRole("button", { name: "Save" })).toBeNull();
  fireEvent.change(from, { target: { value: "22:30" } });
  press("Save");
  await waitFor(() => expect(bodies.at(-1)).toEqual(["PATCH", { hours: { from: "22:30", to: "06:00" } }]));
  fireEvent.change(screen.getByLabelText("To"), { target: { value: "22:30" } });
  expect(screen.getByRole("alert").textContent).toBe("The end is the beginning.");
});

it("measures groups again only when asked twice", async () => {
  await open({ ...running });
  expect(screen.getByRole("button", { name: "Measure again" }).hasAttribute("disabled")).toBe(true);
  fireEvent.click(screen.getByRole("checkbox", { name: /^Tempo/ }));
  press("Measure again");
  const dialog = await screen.findByRole("dialog", undefined, { timeout: 8000 });
  expect(bodies).toEqual([]);
  fireEvent.click(within(dialog).getByRole("button", { name: "Measure again" }));
  await screen.findByText("It begins with the next track.");
  expect(bodies).toEqual([["POST", { force: true, groups: ["tempo"] }]]);
}, 15_000);

it("lists what cannot be measured, and tries one again", async () => {
  await open({ ...running });
  expect(await screen.findByText("The sound could not be read: The decoder stopped after 3 seconds.")).toBeTruthy();
  expect(screen.getByText("It took too long")).toBeTruthy();
  const [first] = screen.getAllByRole("button", { name: /^Try again / });
  if (first) fireEvent.click(first);
  await screen.findByText("Asked for");
  expect(bodies[0]?.[1]).toMatchObject({ force: true, track_ids: [expect.any(String)] });
});

it("says when it is turned off or done", async () => {
  await open({ state: "paused", reason: "off" });
  expect(screen.getByRole("heading", { name: "Turned off" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Go on" })).toBeNull();
});
