import { i18n } from "@lingui/core";
import { thePlayer } from "@/player";
import type { QueueSource } from "@/player/queue";
import { api } from "@/shared/api/client";
import { queries } from "@/shared/api/queries";
import { queryClient } from "@/shared/api/queryClient";
import { rememberTracks } from "@/shared/api/trackItems";
import type { AlbumDetail, AlbumItem, Id, Page, TrackIds, TrackItem, TrackQuery } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";

/** The verbs of every page: play this, play it next, add it. */
const ids = (tracks: readonly TrackItem[]): Id[] => tracks.map((track) => track.id);
export const tracksOf = (album: AlbumDetail): TrackItem[] => album.discs.flatMap((disc) => disc.tracks);

export function playTracks(tracks: readonly TrackItem[], index: number, source: QueueSource | null, options: { shuffle?: boolean } = {}): void {
  rememberTracks(tracks.slice(Math.max(0, index - 5), index + 50));
  thePlayer().start(ids(tracks), { index, source, ...options });
}

const failed = (): void => toast({ text: i18n.t("The tracks could not be loaded.") });

async function albumTracks(albumId: Id): Promise<{ album: AlbumDetail; tracks: TrackItem[] }> {
  const album = await queryClient.ensureQueryData(queries.album(albumId));
  const tracks = tracksOf(album);
  rememberTracks(tracks);
  return { album, tracks };
}

export async function playAlbum(albumId: Id, options: { shuffle?: boolean } = {}): Promise<void> {
  try {
    const { album, tracks } = await albumTracks(albumId);
    const source: QueueSource = { kind: "album", id: album.id, name: album.title };
    thePlayer().start(ids(tracks), { source, shuffle: options.shuffle ?? false });
  } catch {
    failed();
  }
}

export async function queueAlbum(album: Pick<AlbumItem, "id" | "title">, where: "next" | "last"): Promise<void> {
  try {
    const { tracks } = await albumTracks(album.id);
    addToQueue(tracks, where, album.title);
  } catch {
    failed();
  }
}

export function addToQueue(tracks: readonly TrackItem[], where: "next" | "last", name?: string): void {
  rememberTracks(tracks);
  const player = thePlayer();
  const { entries, nextUid } = player.getState().queue;
  if (where === "next") player.playNext(ids(tracks));
  else player.addLast(ids(tracks));
  const added = tracks.map((_track, i) => nextUid + i);
  const title = name ?? (tracks.length === 1 ? tracks[0]?.title : undefined);
  const count = tracks.length;
  const many = where === "next" ? i18n.t("{count, plural, one {# track plays next} other {# tracks play next}}", { count }) : i18n.t("{count, plural, one {# track is in the queue} other {# tracks are in the queue}}", { count });
  const one = where === "next" ? i18n.t("{title} plays next", { title }) : i18n.t("{title} is in the queue", { title });
  const text = title === undefined ? many : one;
  if (entries.length > 0) toast({ text, action: { label: i18n.t("Undo"), run: () => void player.remove(added) } });
}

/** Plays one track now and goes on with the queue after it. */
export function playAgain(track: TrackItem): void {
  const player = thePlayer();
  const { queue } = player.getState();
  rememberTracks([track]);
  player.playNext([track.id]);
  if (queue.index >= 0) player.jumpTo(queue.index + 1);
}

const longestQueue = 10_000;
/** Of a list that is longer than a queue so much is kept behind the row that was played. */
const keptBehind = 1_000;

/** A row of a list of which only parts are loaded: the whole list is the queue, or as much of it as a queue holds. */
export async function playFromPlace(list: readonly (TrackItem | undefined)[], index: number, query: TrackQuery, source: QueueSource): Promise<void> {
  const track = list[index];
  if (!track) return;
  const near = list.slice(Math.max(0, index - 5), index + 50).filter((one) => one !== undefined);
  rememberTracks(near);
  const start = list.length <= longestQueue ? 0 : Math.max(0, Math.min(index - keptBehind, list.length - longestQueue));
  try {
    const answer = await api.get<TrackIds>("tracks/ids", { ...query, offset: start, limit: longestQueue });
    const place = answer.ids.indexOf(track.id, Math.max(0, index - start - 50));
    thePlayer().start(place < 0 ? ids(near) : answer.ids, { index: place < 0 ? near.indexOf(track) : place, source });
  } catch {
    thePlayer().start(ids(near), { index: near.indexOf(track), source });
  }
}

/** A row of a long list was played: the whole list is the queue, and what is not loaded yet follows page by page. */
export function playFromPages(loaded: readonly TrackItem[], next: string | null, index: number, query: TrackQuery, source: QueueSource): void {
  let cursor = next;
  const more = async (): Promise<readonly Id[] | null> => {
    if (!cursor) return null;
    const page: Page<TrackItem> = await api.get("tracks", { ...query, limit: 500, cursor });
    cursor = page.next;
    return ids(page.items);
  };
  rememberTracks(loaded.slice(Math.max(0, index - 5), index + 50));
  thePlayer().start(ids(loaded), { index, source, ...(next ? { more } : {}) });
}
