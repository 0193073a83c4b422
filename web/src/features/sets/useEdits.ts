import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import type { SetDetail, SlotPlace } from "@/shared/api/djSets";
import type { TrackItem } from "@/shared/api/types";
import { announce } from "@/shared/ui/a11y";
import { toast } from "@/shared/ui/toast";
import { putSlots } from "./api";
import type { Selection } from "./Graph";
import { inserted, moved, placesOf, removed, withJoin, withLock } from "./order";
import type { Idea } from "./Side";

export interface Edits {
  readonly places: readonly SlotPlace[];
  readonly put: (slots: readonly SlotPlace[], more?: Parameters<typeof putSlots>[3]) => void;
  /** False = it stays where it is. */
  readonly move: (from: number, to: number) => boolean;
  readonly remove: (place: number) => void;
  readonly lock: (place: number) => void;
  readonly join: (place: number) => void;
  /** Locked as the first or as the last. */
  readonly pin: (place: number, to: number) => void;
  readonly insert: (track: TrackItem, at: number) => void;
  readonly take: (idea: Idea) => void;
}

/** What can be done to the order by hand. A proposal that is looked at is over with the first change. */
export function useEdits(set: SetDetail, { onChange, onChoose }: { onChange: () => void; onChoose: (selection: Selection) => void }): Edits {
  const client = useQueryClient();
  const places = placesOf(set.slots);
  const titleOf = (place: number): string => set.slots[place]?.track?.title ?? i18n.t("A track that is not there");
  const put: Edits["put"] = (slots, more = {}) => {
    onChange();
    void putSlots(client, set.id, slots, more);
  };
  const back = { label: i18n.t("Undo"), run: (): void => void putSlots(client, set.id, places) };
  return {
    places,
    put,
    move: (from, to) => {
      const next = moved(places, from, to);
      if (next.every((slot, i) => slot.track_id === places[i]?.track_id)) {
        if (places[from]?.locked) toast({ text: i18n.t("{title} is locked in its place.", { title: titleOf(from) }) });
        return false;
      }
      onChoose({ slot: to, joint: to > 0 ? to - 1 : 0 });
      put(next);
      return true;
    },
    remove: (place) => {
      put(removed(places, place));
      toast({ text: i18n.t("{title} is out of the set", { title: titleOf(place) }), action: back });
    },
    lock: (place) => {
      const locked = !places[place]?.locked;
      put(withLock(places, place, locked));
      announce(locked ? i18n.t("{title} is locked in place {place}", { title: titleOf(place), place: place + 1 }) : i18n.t("{title} is unlocked", { title: titleOf(place) }));
    },
    join: (place) => put(withJoin(places, place, !places[place]?.joined)),
    pin: (place, to) => put(withLock(moved(places, place, to), places[to]?.locked ? place : to, true)),
    insert: (track, at) => {
      put(inserted(places, at, [track.id]), { more: [track] });
      onChoose({ slot: at, joint: at > 0 ? at - 1 : null });
      announce(i18n.t("{title} is at place {place}", { title: track.title, place: at + 1 }));
    },
    take: (idea) => {
      onChoose({ slot: Math.min(idea.place, idea.slots.length - 1), joint: idea.place > 0 ? idea.place - 1 : 0 });
      put(idea.slots, { more: idea.tracks });
      toast({ text: idea.title, action: back });
    },
  };
}
