import { i18n } from "@lingui/core";
import { playAgain } from "@/media/play";
import { addToPlaylist } from "@/media/playlists";
import { thePlayer } from "@/player";
import { queryClient } from "@/shared/api/queryClient";
import { trackCount } from "@/shared/lib/format";
import { toast } from "@/shared/ui/toast";
import { idsOf } from "./api";
import { pointTrack } from "./tracks";

/** Points of the map that somebody has chosen, and what they are called. */
export interface Choice {
  indexes: readonly number[];
  name: string;
  /** Set for a region: its own name stands above the card. */
  region?: number;
}

const longestQueue = 10_000;
export const longestPlaylist = 20_000;
const failed = (): void => toast({ text: i18n.t("The tracks could not be loaded.") });

export async function playChoice(layout: number, { indexes, name }: Choice, shuffle = false): Promise<void> {
  try {
    const ids = await idsOf(layout, indexes, longestQueue);
    if (ids.length > 0) thePlayer().start(ids, { index: shuffle ? Math.floor(Math.random() * ids.length) : 0, source: { kind: "tracks", id: null, name }, shuffle });
  } catch {
    failed();
  }
}

export async function queueChoice(layout: number, { indexes }: Choice): Promise<void> {
  try {
    const ids = await idsOf(layout, indexes, longestQueue);
    const player = thePlayer();
    const { entries, nextUid } = player.getState().queue;
    player.addLast(ids);
    const count = ids.length;
    const text = i18n.t("{count, plural, one {# track is in the queue} other {# tracks are in the queue}}", { count });
    if (entries.length > 0) toast({ text, action: { label: i18n.t("Undo"), run: () => void player.remove(ids.map((_id, i) => nextUid + i)) } });
  } catch {
    failed();
  }
}

export async function saveChoice(layout: number, { indexes, name }: Choice): Promise<void> {
  try {
    const ids = await idsOf(layout, indexes, longestPlaylist);
    addToPlaylist({ trackIds: ids, what: trackCount(ids.length), name, fresh: true });
  } catch {
    failed();
  }
}

/** Plays one track now; the queue goes on after it. */
export async function playPoint(layout: number, index: number): Promise<void> {
  try {
    const track = await queryClient.ensureQueryData(pointTrack(layout, index));
    if (track) playAgain(track);
  } catch {
    failed();
  }
}
