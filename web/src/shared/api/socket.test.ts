import { QueryClient } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { applyMessage } from "./socket";

it("lists are asked again at once for new values, and then only now and then", () => {
  vi.useFakeTimers();
  const client = new QueryClient();
  const asked = vi.spyOn(client, "invalidateQueries");
  const lists = (): number => asked.mock.calls.filter(([filter]) => filter?.queryKey?.[0] === "tracks").length;
  const news = (): void => applyMessage(client, { topic: "features.changed", data: {} }, () => undefined);
  news();
  expect(lists()).toBe(1);
  news();
  news();
  expect(lists()).toBe(1);
  vi.advanceTimersByTime(3000);
  expect(lists()).toBe(2);
  vi.advanceTimersByTime(30_000);
  expect(lists()).toBe(2);
  news();
  expect(lists()).toBe(3);
  vi.useRealTimers();
});
