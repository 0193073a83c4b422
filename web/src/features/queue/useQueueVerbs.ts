import { i18n } from "@lingui/core";
import { useMemo } from "react";
import { addToPlaylist } from "@/media/playlists";
import { thePlayer } from "@/player";
import { trackCount } from "@/shared/lib/format";
import type { MenuAction } from "@/shared/ui/menu";
import { toast } from "@/shared/ui/toast";

const undoToast = (text: string, run: () => void): void => toast({ text, action: { label: i18n.t("Undo"), run } });

/** What the list does to the queue, each with its way back. */
export const verbs = {
  remove(uids: readonly number[], title: string): void {
    const undo = thePlayer().remove(uids);
    const count = uids.length;
    undoToast(count === 1 && title ? i18n.t("{title} is out of the queue", { title }) : i18n.t("{count, plural, one {# track is out of the queue} other {# tracks are out of the queue}}", { count }), undo);
  },
  clear(own: boolean): void {
    undoToast(own ? i18n.t("Your additions are cleared") : i18n.t("The queue is cleared"), own ? thePlayer().clearAdded() : thePlayer().clearUpcoming());
  },
  /** By hand over some distance: what was dropped in the wrong place is taken back more easily than found again. */
  drop(uid: number, from: number, to: number): void {
    const { index } = thePlayer().getState().queue;
    const undo = thePlayer().move([uid], Math.max(index + 1, to));
    if (Math.abs(from - to) > 1) undoToast(i18n.t("Moved to place {place}", { place: Math.max(1, to - index) }), undo);
  },
  playNext(uids: readonly number[]): void {
    const { index } = thePlayer().getState().queue;
    const undo = thePlayer().move(uids, index + 1, true);
    undoToast(i18n.t("{count, plural, one {# track plays next} other {# tracks play next}}", { count: uids.length }), undo);
  },
};

const trackIds = (uids: readonly number[]): string[] => {
  const chosen = new Set(uids);
  return thePlayer().getState().queue.entries.flatMap((entry) => (chosen.has(entry.uid) ? [entry.trackId] : []));
};

/** For several chosen rows; the bar and the menu offer the same. */
export function useChosenActions(uids: readonly number[], clear: () => void): MenuAction[] {
  return useMemo(() => {
    const then = (act: () => void) => (): void => {
      act();
      clear();
    };
    return [
      { label: i18n.t("Play next"), icon: "next", keys: "N", run: then(() => verbs.playNext(uids)) },
      { label: i18n.t("Add to playlist"), icon: "plus", run: () => addToPlaylist({ trackIds: trackIds(uids), what: trackCount(uids.length) }) },
      { label: i18n.t("Remove from queue"), icon: "trash", keys: "Del", run: then(() => verbs.remove(uids, "")) },
    ];
  }, [uids, clear]);
}
