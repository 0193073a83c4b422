import { i18n } from "@lingui/core";
import { url } from "@/shared/api/client";
import type { AlbumItem, TrackItem } from "@/shared/api/types";
import { openMenu, type MenuEntry } from "@/shared/ui/menu";
import { addToQueue } from "./play";

/** What a page adds on top (remove from this playlist) and what only the app knows (going to a page, playlists). */
export interface TrackMenuNeeds {
  go: (to: { album?: string; artist?: string }) => void;
  like: (track: TrackItem) => void;
  extra?: readonly MenuEntry[];
}

/** A feature adds entries for every track menu of the app here (playlists: "Add to playlist"). */
type Extension = (tracks: readonly TrackItem[]) => readonly MenuEntry[];
const extensions: Extension[] = [];
export const extendTrackMenu = (extension: Extension): void => void extensions.push(extension);
export const trackMenuExtras = (tracks: readonly TrackItem[]): MenuEntry[] => extensions.flatMap((extension) => extension(tracks));

type AlbumExtension = (album: AlbumItem) => readonly MenuEntry[];
const albumExtensions: AlbumExtension[] = [];
/** The same for the menus of albums. */
export const extendAlbumMenu = (extension: AlbumExtension): void => void albumExtensions.push(extension);
export const albumMenuExtras = (album: AlbumItem): MenuEntry[] => albumExtensions.flatMap((extension) => extension(album));

export function trackMenuEntries(track: TrackItem, needs: TrackMenuNeeds): MenuEntry[] {
  const entries: MenuEntry[] = [
    { label: i18n.t("Play next"), icon: "next", keys: "N", run: () => addToQueue([track], "next") },
    { label: i18n.t("Add to queue"), icon: "queue", run: () => addToQueue([track], "last") },
    ...trackMenuExtras([track]),
    { label: track.liked ? i18n.t("Unlike") : i18n.t("Like"), icon: track.liked ? "heart-on" : "heart", keys: "L", run: () => needs.like(track) },
    "line",
  ];
  if (track.album_id) entries.push({ label: i18n.t("Go to album"), icon: "album", run: () => needs.go({ album: track.album_id ?? "" }) });
  for (const artist of track.artists.slice(0, 3)) {
    entries.push({ label: i18n.t("Go to {name}", { name: artist.name }), icon: "user", run: () => needs.go({ artist: artist.id }) });
  }
  entries.push({ label: i18n.t("Download file"), icon: "download", run: () => window.location.assign(url(`download/${track.id}`)) });
  if (needs.extra?.length) entries.push("line", ...needs.extra);
  return entries;
}

export function openTrackMenu(where: HTMLElement | { x: number; y: number; origin: HTMLElement | null }, track: TrackItem, needs: TrackMenuNeeds): void {
  openMenu(where, i18n.t("More for {name}", { name: track.title }), trackMenuEntries(track, needs));
}
