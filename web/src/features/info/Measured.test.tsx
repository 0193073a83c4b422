import { QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";
import { queryClient } from "@/shared/api/queryClient";
import { startSession } from "@/shared/api/session";
import type { Page, TrackItem } from "@/shared/api/types";
import { tracks } from "@/test/fakeData";
import { server, state } from "@/test/msw";
import { Measured } from "./Measured";

const track = tracks[1] as TrackItem;
async function open(): Promise<void> {
  await startSession();
  render(
    <QueryClientProvider client={queryClient}>
      <Measured trackId={track.id} />
    </QueryClientProvider>,
  );
  await screen.findByRole("heading", { name: "Tempo and key" });
}
const press = (name: string): void => void fireEvent.click(screen.getByRole("button", { name }));
const tempo = (): string => screen.getByRole<HTMLInputElement>("textbox", { name: "Tempo (BPM)" }).value;

beforeEach(() => queryClient.clear());

it("says values with where they are from, and marks guesses", async () => {
  await open();
  expect(screen.getByText("93.8 BPM")).toBeTruthy();
  expect(screen.getAllByText("measured, quite sure")).toHaveLength(2);
  expect(screen.getByText("could also be 187.6 BPM")).toBeTruthy();
  expect(screen.getByText("A minor (8A)")).toBeTruthy();
  expect(screen.getByText(`the tag says ${track.bpm_tag} BPM`)).toBeTruthy();
  expect(screen.getByText("−14.2 LUFS")).toBeTruthy();
  const hints = screen.getByRole("heading", { name: /^Hints/ });
  expect(within(hints).getByText("a guess from the sound")).toBeTruthy();
});

it("corrects tempo and key for every list, and takes that back", async () => {
  queryClient.setQueryData<Page<TrackItem>>(["tracks", {}], { items: [track], next: null });
  const listed = (): TrackItem | undefined => queryClient.getQueryData<Page<TrackItem>>(["tracks", {}])?.items[0];
  await open();
  press("Correct");
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Tempo (BPM)" }));
  press("×2 Double the tempo");
  expect(tempo()).toBe("187.6");
  fireEvent.change(screen.getByRole("combobox", { name: "Key" }), { target: { value: "9A" } });
  press("Save");
  expect(await screen.findAllByText("corrected by lena")).toHaveLength(2);
  expect(screen.getByText("measured 93.8 BPM, quite sure")).toBeTruthy();
  expect(state.analysis.edits).toEqual({ bpm: 187.6, key: "9A" });
  expect([listed()?.bpm, listed()?.bpm_source, listed()?.camelot]).toEqual([187.6, "user", "9A"]);

  press("Correct");
  press("Reset tempo");
  await screen.findByText("93.8 BPM");
  expect(state.analysis.edits).toEqual({ bpm: null, key: "9A" });
});

it("refuses what is no tempo, says what the server says, and Escape leaves all as it was", async () => {
  await open();
  press("Correct");
  fireEvent.change(screen.getByRole("textbox", { name: "Tempo (BPM)" }), { target: { value: "four" } });
  press("Save");
  expect(screen.getByRole("alert").textContent).toBe("A tempo is a number from 20 to 400.");
  server.use(http.patch("*/analysis", () => HttpResponse.json({ title: "no", status: 403, code: "forbidden", detail: "Guests cannot change this." }, { status: 403 })));
  fireEvent.change(screen.getByRole("textbox", { name: "Tempo (BPM)" }), { target: { value: "94,5" } });
  press("Save");
  await screen.findByText("Guests cannot change this.");
  fireEvent.keyDown(screen.getByRole("textbox", { name: "Tempo (BPM)" }), { key: "Escape" });
  expect(screen.queryByRole("form")).toBeNull();
  expect(screen.getByText("93.8 BPM")).toBeTruthy();
});

it("counts taps of the key T", async () => {
  await open();
  press("Correct");
  const box = screen.getByRole("textbox", { name: "Tempo (BPM)" });
  for (let i = 0; i < 6; i += 1) {
    const event = new KeyboardEvent("keydown", { key: "t", bubbles: true, cancelable: true });
    Object.defineProperty(event, "timeStamp", { value: 1000 + i * 400 });
    act(() => void box.dispatchEvent(event));
    if (i === 1) expect(screen.getByRole("button", { name: "Go on: 2" })).toBeTruthy();
  }
  expect(tempo()).toBe("150");
});

it("sets a mood with the keys, shows whose word it is, and takes it back", async () => {
  await open();
  const happy = screen.getByRole("slider", { name: "Happy" });
  expect(happy.getAttribute("aria-valuetext")).toBe("nobody says");
  expect(screen.getByText("from the tags 80")).toBeTruthy();
  fireEvent.keyDown(happy, { key: "PageUp" });
  await waitFor(() => expect(screen.getByRole("slider", { name: "Happy" }).getAttribute("aria-valuetext")).toBe("20 of 100, you say"));
  expect(state.analysis.moods).toEqual({ happy: 0.2 });
  await screen.findByRole("button", { name: "Take back: Happy" });
  press("Take back: Happy");
  await waitFor(() => expect(state.analysis.moods).toEqual({}));
  await waitFor(() => expect(screen.getByRole("slider", { name: "Happy" }).getAttribute("aria-valuetext")).toBe("nobody says"));
});

it("guests see values and nothing to change", async () => {
  state.role = "guest";
  state.analysis.state = "partly";
  await open();
  expect(screen.queryByRole("button", { name: "Correct" })).toBeNull();
  expect(screen.getByText(/rest follows in a second pass/)).toBeTruthy();
  expect(screen.getByText("a first key, from the middle of the track")).toBeTruthy();
  expect(screen.queryByRole("slider", { name: "Happy" })).toBeNull();
  expect(screen.getByRole("slider", { name: "Relaxed" }).getAttribute("aria-disabled")).toBe("true");
});

it("a file that cannot be measured says why", async () => {
  state.analysis.state = "failed";
  await open();
  expect(screen.getByText(/cannot be measured: The decoder stopped/)).toBeTruthy();
  expect(screen.queryByRole("heading", { name: /^Sound/ })).toBeNull();
});
