import { i18n } from "@lingui/core";
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { Id, PlaylistFolder, PlaylistItem, PlaylistShelf } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";

/** Below ["playlists"], so that news of playlists reaches it too. */
export const shelfQuery = () => queryOptions({ queryKey: ["playlists", "folders"], queryFn: ({ signal }) => api.get<PlaylistShelf>("playlist-folders", undefined, signal) });

export interface Level {
  folders: PlaylistFolder[];
  lists: PlaylistItem[];
}

/** What lies in one folder; null is outside of all. Lists without a place come last, in the order they came in. */
export function level(shelf: PlaylistShelf, lists: readonly PlaylistItem[], folder: Id | null): Level {
  const known = new Map(lists.map((list) => [list.id, list]));
  const placed = new Set(shelf.places.map((place) => place.playlist_id));
  const here = shelf.places.flatMap((place) => (place.folder_id === folder ? (known.get(place.playlist_id) ?? []) : []));
  return {
    folders: shelf.folders.filter((one) => one.parent_id === folder),
    lists: folder === null ? [...here, ...lists.filter((list) => !placed.has(list.id))] : here,
  };
}

/** The folder itself last, before it those it lies in. */
export function wayTo(shelf: PlaylistShelf, folder: Id | null): PlaylistFolder[] {
  const way: PlaylistFolder[] = [];
  for (let id = folder; id !== null; ) {
    const one = shelf.folders.find((candidate) => candidate.id === id);
    if (!one || way.includes(one)) break;
    way.unshift(one);
    id = one.parent_id;
  }
  return way;
}

/** Every folder with its whole name, in the order of the tree; without `except` and what lies in it. */
export function everyFolder(shelf: PlaylistShelf, except?: Id): { id: Id; name: string }[] {
  const below = (parent: Id | null): { id: Id; name: string }[] =>
    shelf.folders
      .filter((one) => one.parent_id === parent && one.id !== except)
      .flatMap((one) => [{ id: one.id, name: wayTo(shelf, one.id).map((each) => each.name).join(" / ") }, ...below(one.id)]);
  return below(null);
}

/** How many playlists lie in a folder and all below it. */
export function countIn(shelf: PlaylistShelf, folder: Id): number {
  const own = shelf.places.filter((place) => place.folder_id === folder).length;
  return shelf.folders.filter((one) => one.parent_id === folder).reduce((sum, one) => sum + countIn(shelf, one.id), own);
}

async function change(client: QueryClient, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    toast({ text: error instanceof Problem ? error.message : i18n.t("The folder could not be changed.") });
    return false;
  } finally {
    await client.invalidateQueries({ queryKey: shelfQuery().queryKey });
  }
}

export const createFolder = (client: QueryClient, name: string, parent: Id | null): Promise<boolean> => change(client, () => api.post("playlist-folders", { name, parent_id: parent }));
export const renameFolder = (client: QueryClient, id: Id, name: string): Promise<boolean> => change(client, () => api.patch(`playlist-folders/${id}`, { name }));
export const moveFolder = (client: QueryClient, id: Id, parent: Id | null, before: Id | null = null): Promise<boolean> => change(client, () => api.post(`playlist-folders/${id}/move`, { parent_id: parent, before }));
export const putLists = (client: QueryClient, ids: readonly Id[], folder: Id | null, before: Id | null = null): Promise<boolean> =>
  change(client, () => api.post("playlist-folders/places", { playlist_ids: ids, folder_id: folder, before }));

/** Lists without a place get one with the first move among them, so the whole level is sent in its new order. */
export function orderLists(client: QueryClient, shown: readonly PlaylistItem[], folder: Id | null, moving: Id, before: Id | null): Promise<boolean> {
  const rest = shown.map((list) => list.id).filter((id) => id !== moving);
  const at = before === null ? rest.length : rest.indexOf(before);
  const order = [...rest.slice(0, at), moving, ...rest.slice(at)];
  return change(client, () => api.post("playlist-folders/places", { playlist_ids: order, folder_id: folder }));
}

export async function deleteFolder(client: QueryClient, folder: PlaylistFolder): Promise<void> {
  if (await change(client, () => api.delete(`playlist-folders/${folder.id}`))) toast({ text: i18n.t("{name} is gone. Its playlists moved up.", { name: folder.name }) });
}
