import { i18n } from "@lingui/core";
import { useLocation, useRouter } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { closePanel, togglePanel } from "@/media/panel";
import { closeShortcuts, openShortcuts, useShortcutsSheet } from "@/media/shortcutsSheet";
import { focusSearchBox } from "@/media/searchBox";
import { thePlayer } from "@/player";
import { useLike } from "@/shared/api/likes";
import { queryClient } from "@/shared/api/queryClient";
import { trackItemQuery } from "@/shared/api/trackItems";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { shortcutGroups } from "./shortcuts";
import { nextRepeat } from "./Transport";

const typing = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
const ownKeys = "[role=slider], [role=menu], [role=dialog]";
const sequenceMs = 1200;

/** Keys of the whole window. Off in text fields, menus and dialogs; the browser's own keys stay the browser's. */
function useShortcuts(): void {
  const router = useRouter();
  const { mutate } = useLike();
  const afterG = useRef(0);
  const onNowPlaying = useLocation({ select: (location) => location.pathname.endsWith("/now-playing") });
  useEffect(() => {
    const go = (to: string) => () => {
      if (to in router.routesByPath) void router.navigate({ to });
    };
    const openSearch = (): void => {
      if (!focusSearchBox()) go("/search")();
    };
    const player = thePlayer();
    const keys: Record<string, () => void> = {
      " ": () => player.toggle(),
      ArrowLeft: () => player.seekBy(-5),
      ArrowRight: () => player.seekBy(5),
      "Shift+ArrowLeft": () => player.previous(),
      "Shift+ArrowRight": () => player.next(),
      "+": () => player.setVolume(player.getState().volume + 0.05),
      "-": () => player.setVolume(player.getState().volume - 0.05),
      m: () => player.setMuted(!player.getState().muted),
      s: () => player.setShuffle(!player.getState().queue.shuffled),
      r: () => player.setRepeat(nextRepeat[player.getState().queue.repeat]),
      l: () => {
        const { track } = player.getState();
        const liked = track && (queryClient.getQueryData(trackItemQuery(track.id).queryKey) ?? track).liked;
        if (track) mutate({ kind: "track", id: track.id, liked: !liked });
      },
      q: onNowPlaying ? go("/queue") : () => togglePanel("queue"),
      y: () => togglePanel("lyrics"),
      f: go("/now-playing"),
      "/": openSearch,
      "?": openShortcuts,
      Escape: closePanel,
    };
    const places: Record<string, string> = { h: "/", l: "/library", p: "/playlists", s: "/search", q: "/queue" };
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k" && !target.closest(ownKeys)) {
        event.preventDefault();
        openSearch();
        return;
      }
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(target) || target.closest(ownKeys)) return;
      if (event.key === " " && target.closest("button, a, [role=switch]")) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const place = places[key];
      if (place && Date.now() - afterG.current < sequenceMs) {
        afterG.current = 0;
        event.preventDefault();
        go(place)();
        return;
      }
      afterG.current = key === "g" ? Date.now() : 0;
      const act = keys[event.shiftKey && key.startsWith("Arrow") ? `Shift+${key}` : key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [router, mutate, onNowPlaying]);
}

export function ShortcutsLayer() {
  useShortcuts();
  const open = useShortcutsSheet((state) => state.open);
  return (
    <Dialog open={open} onClose={closeShortcuts} title={i18n.t("Keyboard shortcuts")} wide>
      <div className="keys">
        {shortcutGroups().map((group) => (
          <section key={group.title}>
            <h3 className="t-12 t-3 w5">{group.title}</h3>
            <dl>
              {group.keys.map(([keys, what]) => (
                <div key={keys}>
                  <dt>
                    <kbd>{keys}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <footer>
        <Button onClick={closeShortcuts}>{i18n.t("Close")}</Button>
      </footer>
    </Dialog>
  );
}
