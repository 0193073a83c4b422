import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import type { Id, Items, PlaylistDetail, PlaylistItem } from "@/shared/api/types";
import { settled } from "./line";

export const playlistsQuery = () => queryOptions({ queryKey: ["playlists"], queryFn: ({ signal }) => api.get<Items<PlaylistItem>>("playlists", undefined, signal).then((page) => page.items) });

export const playlistQuery = (id: Id) =>
  queryOptions({
    queryKey: ["playlist", id],
    queryFn: ({ signal }) => settled(id, () => api.get<PlaylistDetail>(`playlists/${id}`, undefined, signal)),
    // Comparing ten thousand rows place by place with those beside them costs more than drawing the thirty in sight.
    structuralSharing: false,
  });

export const createPlaylist = async (client: QueryClient, body: { name: string; comment?: string; public?: boolean; track_ids?: readonly Id[] }): Promise<PlaylistItem> => {
  const made = await api.post<PlaylistItem>("playlists", body);
  void client.invalidateQueries({ queryKey: ["playlists"] });
  return made;
};

export const appendTracks = async (client: QueryClient, id: Id, trackIds: readonly Id[]): Promise<PlaylistItem> => {
  const changed = await api.post<PlaylistItem>(`playlists/${id}/entries`, { track_ids: trackIds });
  void client.invalidateQueries({ queryKey: ["playlists"] });
  void client.invalidateQueries({ queryKey: ["playlist", id] });
  return changed;
};
