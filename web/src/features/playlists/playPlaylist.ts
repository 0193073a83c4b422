import { i18n } from "@lingui/core";
import { playTracks } from "@/media/play";
import { queryClient } from "@/shared/api/queryClient";
import type { Id, PlaylistDetail } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";
import { playlistQuery } from "./api";

export function play(list: PlaylistDetail, index: number, shuffle = false): void {
  const tracks = list.entries.map((entry) => entry.track);
  if (tracks.length > 0) playTracks(tracks, shuffle ? Math.floor(Math.random() * tracks.length) : index, { kind: "playlist", id: list.id, name: list.name }, { shuffle });
}

export async function playPlaylist(id: Id): Promise<void> {
  try {
    play(await queryClient.fetchQuery(playlistQuery(id)), 0);
  } catch {
    toast({ text: i18n.t("The tracks could not be loaded.") });
  }
}
