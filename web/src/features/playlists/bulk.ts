import { i18n } from "@lingui/core";
import type { QueryClient } from "@tanstack/react-query";
import { api, apiUrl } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { Id, PlaylistDetail, PlaylistItem } from "@/shared/api/types";
import type { MenuEntry } from "@/shared/ui/menu";
import { toast } from "@/shared/ui/toast";
import { sortBy, type Column } from "./edits";

/** Brings a deleted playlist back. */
async function bringBack(client: QueryClient, id: Id): Promise<void> {
  try {
    await api.post(`playlists/${id}/undo`);
  } catch (error) {
    toast({ text: error instanceof Problem ? error.message : i18n.t("It could not be undone.") });
  }
  void client.invalidateQueries({ queryKey: ["playlist", id] });
  void client.invalidateQueries({ queryKey: ["playlists"] });
}

export function sortMenu(client: QueryClient, list: PlaylistDetail): MenuEntry {
  const columns: [Column, string][] = [
    ["title", i18n.t("Title")],
    ["artist", i18n.t("Artist")],
    ["album", i18n.t("Album")],
    ["year", i18n.t("Year")],
    ["added", i18n.t("Added")],
    ["duration", i18n.t("Length")],
    ["bpm", i18n.t("Tempo")],
    ["key", i18n.t("Key")],
    ["energy", i18n.t("Energy")],
  ];
  return {
    label: i18n.t("Sort by"),
    icon: "sort",
    entries: columns.map(([by, label]) => ({ label, run: () => void sortBy(client, list.id, by, label) })),
  };
}

export function exportMenu(list: PlaylistItem): MenuEntry {
  const formats: [string, string][] = [
    ["m3u8", "M3U8"],
    ["xspf", "XSPF"],
    ["jspf", "JSPF (ListenBrainz)"],
    ["csv", "CSV"],
    ["rekordbox", "Rekordbox XML"],
    ["nml", "Traktor NML"],
  ];
  return { label: i18n.t("Export"), icon: "download", entries: formats.map(([format, label]) => ({ label, run: () => window.location.assign(apiUrl(`exports/playlist/${list.id}?format=${format}`)) })) };
}

/** Deletes at once; for as long as the toast is there, and a while longer, it can come back. */
export async function deleteList(client: QueryClient, list: PlaylistItem): Promise<boolean> {
  try {
    await api.delete(`playlists/${list.id}`);
  } catch {
    toast({ text: i18n.t("The playlist could not be deleted.") });
    return false;
  }
  void client.invalidateQueries({ queryKey: ["playlists"] });
  toast({ text: i18n.t("{name} is deleted", { name: list.name }), action: { label: i18n.t("Undo"), run: () => void bringBack(client, list.id) } });
  return true;
}

export const alreadyIn = (id: Id, trackIds: readonly Id[]): Promise<Id[]> => api.post<{ track_ids: Id[] }>(`playlists/${id}/already-in`, { track_ids: trackIds }).then((found) => found.track_ids);
