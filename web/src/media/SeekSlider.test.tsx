import { QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";
import { startPlayer, stopPlayer, thePlayer } from "@/player";
import { queryClient } from "@/shared/api/queryClient";
import { applyMessage } from "@/shared/api/socket";
import { albumDetails } from "@/test/fakeData";
import { server } from "@/test/msw";
import { SeekSlider } from "./SeekSlider";

const tracks = albumDetails[0]?.discs[0]?.tracks ?? [];
const first = tracks[0];
if (!first) throw new Error("the invented library is empty");
let body: object = {};

beforeEach(() => {
  queryClient.clear();
  server.use(http.get(`*/api/v1/tracks/${first.id}/waveform`, () => HttpResponse.json(body, { status: "peaks" in body ? 200 : 202 })));
  stopPlayer();
  startPlayer("us1");
});

async function show(): Promise<HTMLElement> {
  act(() => thePlayer().restore([first?.id ?? ""], 0, 12));
  render(
    <QueryClientProvider client={queryClient}>
      <SeekSlider />
    </QueryClientProvider>,
  );
  const slider = screen.getByRole("slider", { name: "Seek" });
  await waitFor(() => expect(Number(slider.getAttribute("aria-valuemax"))).toBeGreaterThan(100));
  return slider;
}

it("is a plain slider until the socket says that the waveform is measured", async () => {
  body = { state: "pending" };
  const slider = await show();
  expect(slider.className).toBe("slider");
  body = { state: "ready", peaks: [1, 200, 30] };
  act(() => applyMessage(queryClient, { topic: "sound.measured", data: { track_id: first.id } }, () => undefined));
  await waitFor(() => expect(slider.className).toBe("slider wave"));
  expect(slider.querySelectorAll("svg")).toHaveLength(3);
});

it("stays a plain slider for a track that cannot be measured", async () => {
  body = { state: "failed", reason: "broken", peaks: [] };
  const slider = await show();
  await waitFor(() => expect(queryClient.getQueryData(["waveform", first.id])).toBeTruthy());
  expect(slider.className).toBe("slider");
});

it("is moved by keys and says where it is in words", async () => {
  body = { state: "ready", peaks: [1, 200, 30] };
  const slider = await show();
  expect(slider.getAttribute("aria-valuetext")).toMatch(/^0:12 of \d:\d\d$/);
  const after: Record<string, number> = { ArrowRight: 17, PageUp: 47, ArrowLeft: 42, PageDown: 12, Home: 0 };
  for (const [key, seconds] of Object.entries(after)) {
    fireEvent.keyDown(slider, { key });
    expect(thePlayer().getTime().position).toBe(seconds);
  }
  fireEvent.keyDown(slider, { key: "End" });
  expect(thePlayer().getTime().position).toBe(thePlayer().getTime().duration);
});
