import { i18n } from "@lingui/core";
import { addAlbumToPlaylist, addToPlaylist } from "@/media/playlists";
import { extendAlbumMenu, extendTrackMenu } from "@/media/trackMenu";
import { useSession } from "@/shared/api/session";
import { trackCount } from "@/shared/lib/format";
import type { MenuEntry } from "@/shared/ui/menu";

/** Guests keep nothing. */
export const mayWrite = (): boolean => {
  const session = useSession.getState();
  return session.status === "signed-in" && session.user.role !== "guest";
};

/** "Add to playlist" in every menu of tracks and albums. */
export function registerPlaylists(): void {
  const entry = (run: () => void): MenuEntry[] => (mayWrite() ? [{ label: i18n.t("Add to playlist"), icon: "plus", run }] : []);
  extendTrackMenu((tracks) => entry(() => addToPlaylist({ trackIds: tracks.map((track) => track.id), what: tracks.length === 1 ? (tracks[0]?.title ?? "") : trackCount(tracks.length) })));
  extendAlbumMenu((album) => entry(() => void addAlbumToPlaylist(album.id, album.title)));
}
