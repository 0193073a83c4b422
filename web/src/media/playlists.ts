import { i18n } from "@lingui/core";
import { create } from "zustand";
import { thePlayer } from "@/player";
import { queries } from "@/shared/api/queries";
import { queryClient } from "@/shared/api/queryClient";
import type { Id } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";
import { tracksOf } from "./play";

/** Any page may ask for a playlist to be chosen or made; the playlists feature shows the dialog. */
export interface PlaylistRequest {
  trackIds: readonly Id[];
  /** What is added, in words: a title, or "12 tracks". */
  what: string;
  /** Proposed for a new playlist. */
  name?: string;
  /** Only a new playlist, no choice. */
  fresh?: boolean;
}
export const usePlaylistRequest = create<{ open: PlaylistRequest | null }>(() => ({ open: null }));

export const addToPlaylist = (request: PlaylistRequest): void => usePlaylistRequest.setState({ open: request });
export const newPlaylist = (): void => addToPlaylist({ trackIds: [], what: "", fresh: true });

export async function addAlbumToPlaylist(albumId: Id, title: string): Promise<void> {
  try {
    const album = await queryClient.ensureQueryData(queries.album(albumId));
    addToPlaylist({ trackIds: tracksOf(album).map((track) => track.id), what: title, name: title });
  } catch {
    toast({ text: i18n.t("The tracks could not be loaded.") });
  }
}

/** The whole queue as it is, what was played included. */
export function saveQueue(): void {
  const { queue } = thePlayer().getState();
  const name = queue.source?.name ?? "";
  if (queue.entries.length === 0) return toast({ text: i18n.t("The queue is empty") });
  addToPlaylist({ trackIds: queue.entries.map((entry) => entry.trackId), what: i18n.t("Queue"), name, fresh: true });
}
