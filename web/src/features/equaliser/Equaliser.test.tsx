import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";
import { openEqualiser } from "@/media/equaliser";
import { defaultPlayback, playbackSettings } from "@/player/playbackSettings";
import { startSession } from "@/shared/api/session";
import { server } from "@/test/msw";
import { EqualiserLayer } from "./EqualiserLayer";

// The dialog comes with its first use, which takes a while on a busy machine.
const firstLoad = { timeout: 8000 };
const eq = () => playbackSettings.getState().equaliser;
const slider = (name: string): Promise<HTMLElement> => screen.findByRole("slider", { name });

beforeEach(async () => {
  playbackSettings.setState(defaultPlayback);
  await startSession();
  openEqualiser();
  render(<EqualiserLayer />);
  await screen.findByRole("slider", { name: "31 Hz" }, firstLoad);
}, 10_000);

it("moves a band with the keys, within its ends, and says its value", async () => {
  const band = await slider("1 kHz");
  fireEvent.keyDown(band, { key: "ArrowUp" });
  fireEvent.keyDown(band, { key: "ArrowUp", shiftKey: true });
  expect(eq().gainsDb[5]).toBeCloseTo(0.6, 10);
  expect(eq().on).toBe(true);
  expect(band.getAttribute("aria-valuetext")).toBe("+0.6 dB");
  fireEvent.keyDown(band, { key: "End" });
  fireEvent.keyDown(band, { key: "PageUp" });
  expect(eq().gainsDb[5]).toBe(12);
  expect(screen.getByText(/Highest \+12 dB at 1 kHz/)).toBeTruthy();
  fireEvent.keyDown(band, { key: "Home" });
  expect(band.getAttribute("aria-valuetext")).toBe("−12 dB");
  fireEvent.keyDown(band, { key: "Delete" });
  expect(eq().gainsDb).toEqual(defaultPlayback.equaliser.gainsDb);
});

it("a preset that is changed by hand is an own setting", async () => {
  const presets = screen.getByRole<HTMLSelectElement>("combobox", { name: "Preset" });
  fireEvent.change(presets, { target: { value: "voice" } });
  expect(eq()).toMatchObject({ on: true, preset: "voice", preampDb: null });
  fireEvent.keyDown(await slider("250 Hz"), { key: "ArrowDown" });
  expect(eq().preset).toBeNull();
  expect(presets.selectedOptions[0]?.textContent).toBe("Own setting");
});

it("saves, renames and deletes a preset in the account", async () => {
  const sent: unknown[] = [];
  server.events.on("request:start", ({ request }) => {
    if (request.method === "PATCH") void request.clone().json().then((body: unknown) => sent.push(body));
  });
  fireEvent.keyDown(await slider("62 Hz"), { key: "PageUp" });
  fireEvent.click(screen.getByRole("button", { name: "Save as a preset" }));
  const name = screen.getByLabelText("Name of the preset");
  expect(document.activeElement).toBe(name);
  fireEvent.change(name, { target: { value: " My room " } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(eq().preset).toBe("own:My room"));
  expect(sent.at(-1)).toEqual({ preferences: { equaliser_presets: [{ name: "My room", gains_db: [0, 3, 0, 0, 0, 0, 0, 0, 0, 0], preamp_db: null }] } });

  fireEvent.click(await screen.findByRole("button", { name: "Rename My room" }));
  fireEvent.change(screen.getByLabelText("Name of the preset"), { target: { value: "Kitchen" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(eq().preset).toBe("own:Kitchen"));

  fireEvent.click(await screen.findByRole("button", { name: "Delete Kitchen" }));
  await waitFor(() => expect(eq().preset).toBeNull());
  expect(sent.at(-1)).toEqual({ preferences: { equaliser_presets: [] } });
  expect(eq().gainsDb[1]).toBe(3);
});

it("says why a preset could not be saved, and loses nothing", async () => {
  server.use(http.patch("*/api/v1/me", () => HttpResponse.json({ code: "invalid", detail: "These preferences are too large.", status: 422 }, { status: 422 })));
  fireEvent.click(screen.getByRole("button", { name: "Save as a preset" }));
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toBe("Enter a name.");
  fireEvent.change(screen.getByLabelText("Name of the preset"), { target: { value: "x" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("These preferences are too large.");
});

it("imports a curve only when asked, and explains nonsense", async () => {
  fireEvent.click(screen.getByRole("button", { name: "Import from AutoEQ" }));
  const text = await screen.findByLabelText("Text");
  const use = screen.getByRole<HTMLButtonElement>("button", { name: "Use this curve" });
  fireEvent.change(text, { target: { value: "Filter 1: ON PK Fc many Hz Gain 1 dB Q 1" } });
  await screen.findByText("Line 1: a number is missing.");
  expect(use.disabled).toBe(true);
  fireEvent.change(text, { target: { value: "Filter 1: ON PK Fc 1000 Hz Gain -6 dB Q 1.41" } });
  await screen.findByText(/1 filter or point is read/);
  expect(eq()).toEqual(defaultPlayback.equaliser);
  fireEvent.click(use);
  expect(eq().on).toBe(true);
  expect(eq().gainsDb[5]).toBeCloseTo(-6, 0);
  await screen.findByRole("slider", { name: "31 Hz" }, firstLoad);
});

it("the preamplifier goes from automatic to by hand where it was", () => {
  fireEvent.change(screen.getByRole("combobox", { name: "Preset" }), { target: { value: "bass" } });
  expect(screen.getByText(/Everything is lowered by/)).toBeTruthy();
  const automatic = screen.getByRole("switch", { name: "Automatic preamplifier" });
  fireEvent.click(automatic);
  expect(eq().preampDb).toBeLessThan(-4);
  fireEvent.click(automatic);
  expect(eq().preampDb).toBeNull();
});
