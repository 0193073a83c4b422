import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
// Keys are pressed on real pages, behind the real routes.
// eslint-disable-next-line no-restricted-imports
import { router, startRouting } from "@/app/router";
import { useNowPlayingLook } from "@/media/nowPlaying";
import { usePanel } from "@/media/panel";
import { useShortcutsSheet } from "@/media/shortcutsSheet";
import { closeMixes } from "@/media/mixes";
import { thePlayer } from "@/player";
import { queryClient } from "@/shared/api/queryClient";
import { startSession } from "@/shared/api/session";
import { albumDetails } from "@/test/fakeData";
import { state } from "@/test/msw";
import { placeKeys, shortcutGroups, windowKeys } from "./shortcuts";

for (let owner: object | null = document.createElement("main"); owner; owner = Object.getPrototypeOf(owner) as object | null) {
  if (Object.hasOwn(owner, "clientHeight")) Object.defineProperty(owner, "clientHeight", { value: 800 });
}
startRouting();
const album = albumDetails[0];
const has = (path: string): boolean => path in router.routesByPath;

beforeEach(async () => {
  queryClient.clear();
  state.signedIn = true;
  usePanel.setState({ open: null, over: null });
  useShortcutsSheet.setState({ open: false });
  await startSession();
});

async function open(to: string): Promise<void> {
  void router.navigate({ to });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  await vi.waitFor(() => expect(router.state.resolvedLocation?.pathname.endsWith(to)).toBe(true), { timeout: 4000 });
  await screen.findAllByRole("main");
}
/** True where somebody took the key. */
const press = (name: string, target: Element = document.body): boolean => {
  const parts = name.split("+");
  const key = name === "+" ? "+" : (parts.pop() ?? "");
  let taken = false;
  act(() => {
    taken = !fireEvent.keyDown(target, { key, shiftKey: parts.includes("Shift"), ctrlKey: parts.includes("Ctrl"), altKey: parts.includes("Alt") });
  });
  return taken;
};

describe("the sheet", () => {
  it("lists exactly the keys that are handled", () => {
    const listed = shortcutGroups(has)
      .filter((group) => group.where === "window")
      .flatMap((group) => group.shortcuts.flatMap((shortcut) => shortcut.keys));
    const places = Object.entries(placeKeys)
      .filter(([, path]) => has(path))
      .map(([key]) => `g ${key}`);
    expect([...listed].sort()).toEqual([...Object.keys(windowKeys), ...places].sort());
    expect(new Set(listed).size).toBe(listed.length);
  });

  it("lists for lists of tracks only what a list or the queue takes", async () => {
    await open(`/albums/${album?.id ?? ""}`);
    const grid = await screen.findByRole("grid", { name: "Tracks" });
    await within(grid).findByText(album?.discs[0]?.tracks[5]?.title ?? "");
    act(() => thePlayer().start((album?.discs[0]?.tracks ?? []).map((track) => track.id)));
    act(() => usePanel.setState({ open: "queue" }));
    const queue = await screen.findByRole("grid", { name: "Queue" }, { timeout: 4000 });
    const keys = shortcutGroups(has)
      .filter((group) => group.where === "list")
      .flatMap((group) => group.shortcuts.flatMap((shortcut) => shortcut.keys))
      .filter((key) => key !== "Ctrl+z");
    for (const key of keys) {
      const taken = [grid, queue].some((list) => {
        const row = within(list).getAllByRole("row").at(4) ?? list;
        act(() => row.focus());
        return press(key, row);
      });
      expect(`${key}: ${taken}`).toBe(`${key}: true`);
      act(closeMixes);
    }
  }, 20_000);
});

describe("Ctrl+Z", () => {
  it("is taken on a playlist of one's own and nowhere else", async () => {
    await open("/playlists/pl0");
    await screen.findByRole("grid", { name: /Rain on the roof/ });
    expect(press("Ctrl+z")).toBe(true);
    await act(async () => router.navigate({ to: "/playlists" }));
    expect(press("Ctrl+z")).toBe(false);
  });
});

describe("keys of the window", () => {
  it("leave text fields alone", async () => {
    await open("/search");
    const field = await screen.findByRole("searchbox");
    for (const key of Object.keys(windowKeys).filter((name) => name.length === 1)) expect(`${key}: ${press(key, field)}`).toBe(`${key}: false`);
    expect(press("y")).toBe(true);
    expect(usePanel.getState().open).toBe("lyrics");
    expect(press("q")).toBe(true);
    expect(usePanel.getState().open).toBe("queue");
    expect(press("Escape")).toBe(true);
    expect(usePanel.getState().open).toBeNull();
    expect(press("?")).toBe(true);
    expect(useShortcutsSheet.getState().open).toBe(true);
  });

  it("set the volume with up and down on the player only, where nothing scrolls", async () => {
    await open("/library/albums");
    act(() => thePlayer().setVolume(0.5));
    expect(press("ArrowUp")).toBe(false);
    expect(press("+")).toBe(true);
    expect(thePlayer().getState().volume).toBeCloseTo(0.55);
    const bar = document.querySelector(".bar button") ?? document.body;
    expect(press("ArrowDown", bar)).toBe(true);
    expect(thePlayer().getState().volume).toBeCloseTo(0.5);
  });

  it("on now playing belong to it: V its picture, Q its panel, arrows the volume", async () => {
    await open("/now-playing");
    await screen.findByRole("button", { name: "Close now playing" });
    const { visualOn } = useNowPlayingLook.getState();
    press("v");
    expect(useNowPlayingLook.getState().visualOn).toBe(!visualOn);
    press("v");
    press("q");
    expect(usePanel.getState()).toMatchObject({ open: null, over: "queue" });
    act(() => thePlayer().setVolume(0.5));
    for (const key of Object.keys(windowKeys).filter((name) => !["Escape", "/", "Ctrl+k", "?"].includes(name))) expect(`${key}: ${press(key)}`).toBe(`${key}: true`);
    act(() => thePlayer().setVolume(0.5));
    expect(press("ArrowUp")).toBe(true);
    expect(thePlayer().getState().volume).toBeCloseTo(0.55);
  });

  it("go to places after G", async () => {
    await open("/");
    press("g");
    press("l");
    await vi.waitFor(() => expect(router.state.location.pathname).toContain("/library"));
    press("g");
    // Discover has no page yet: nothing happens, and L afterwards is like again.
    if (!has("/discover")) expect(press("d")).toBe(false);
  });
});

