import { useLocation, useRouter } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { toggleLyrics, toggleVisual, useNowPlayingLook } from "@/media/nowPlaying";
import { closePanel, togglePanel } from "@/media/panel";
import { focusSearchBox } from "@/media/searchBox";
import { openShortcuts } from "@/media/shortcutsSheet";
import { thePlayer } from "@/player";
import { useLike } from "@/shared/api/likes";
import { queryClient } from "@/shared/api/queryClient";
import { trackItemQuery } from "@/shared/api/trackItems";
import { toggleFullScreen } from "./playMenus";
import { placeKeys, windowKeys, type KeyAction } from "./shortcuts";
import { nextRepeat } from "./Transport";

const typing = (target: Element): boolean => target.matches("input, textarea, select") || (target instanceof HTMLElement && target.isContentEditable);
const ownKeys = "[role=menu], [role=dialog]";
const sequenceMs = 1200;
const louderBy = 0.05;

/** Up and down belong to what scrolls and to lists; the player's own surfaces do not scroll. */
const maySetVolume = (target: Element, onNowPlaying: boolean): boolean => target.closest(".bar") !== null || (onNowPlaying && target.closest("[data-scrolls], .side, [role=grid]") === null);

/** "Shift+" only where the shift is not already in the character. */
export function keyName(event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey">): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return `Ctrl+${event.shiftKey ? "Shift+" : ""}${key}`;
  return event.shiftKey && event.key.length > 1 ? `Shift+${key}` : key;
}

/** Keys of the whole window. Off in text fields, menus and dialogs; the browser's own keys stay the browser's. */
export function useShortcuts(): void {
  const router = useRouter();
  const { mutate } = useLike();
  const afterG = useRef(0);
  const onNowPlaying = useLocation({ select: (location) => location.pathname.endsWith("/now-playing") });
  useEffect(() => {
    const player = thePlayer();
    const go = (to: string): void => void router.navigate({ to });
    const louder = (by: number): void => player.setVolume(Math.round((player.getState().volume + by) * 100) / 100);
    const actions: Record<KeyAction, () => void> = {
      toggle: () => player.toggle(),
      back: () => player.seekBy(-5),
      forward: () => player.seekBy(5),
      previous: () => player.previous(),
      next: () => player.next(),
      louder: () => louder(louderBy),
      quieter: () => louder(-louderBy),
      mute: () => player.setMuted(!player.getState().muted),
      shuffle: () => player.setShuffle(!player.getState().queue.shuffled),
      repeat: () => player.setRepeat(nextRepeat[player.getState().queue.repeat]),
      like: () => {
        const { track } = player.getState();
        const liked = track && (queryClient.getQueryData(trackItemQuery(track.id).queryKey) ?? track).liked;
        if (track) mutate({ kind: "track", id: track.id, liked: !liked });
      },
      search: () => void (focusSearchBox() || go("/search")),
      queue: () => togglePanel("queue", onNowPlaying ? "over" : "open"),
      lyrics: () => (onNowPlaying ? toggleLyrics() : togglePanel("lyrics")),
      visual: () => {
        if (onNowPlaying) toggleVisual();
        else {
          useNowPlayingLook.setState({ visualOn: true });
          go("/now-playing");
        }
      },
      full: () => (onNowPlaying ? toggleFullScreen() : go("/now-playing")),
      sheet: openShortcuts,
      // Now playing closes its panel and itself.
      close: () => !onNowPlaying && closePanel(),
    };
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : document.body;
      const name = keyName(event);
      const searching = name === "Ctrl+k" && !target.closest(ownKeys);
      if (!searching && (event.defaultPrevented || event.altKey || typing(target) || target.closest(ownKeys))) return;
      if (name === " " && target.closest("button, a, summary, [role=switch]")) return;
      const place = placeKeys[name];
      if (place && Date.now() - afterG.current < sequenceMs && place in router.routesByPath) {
        afterG.current = 0;
        event.preventDefault();
        go(place);
        return;
      }
      afterG.current = name === "g" ? Date.now() : 0;
      const action = windowKeys[name];
      if (!action || ((name === "ArrowUp" || name === "ArrowDown") && !maySetVolume(target, onNowPlaying))) return;
      event.preventDefault();
      actions[action]();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [router, mutate, onNowPlaying]);
}
