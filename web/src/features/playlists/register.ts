import { i18n } from "@lingui/core";
import { addAlbumToPlaylist, addToPlaylist } from "@/media/playlists";
import { extendAlbumMenu, extendTrackMenu } from "@/media/trackMenu";
import { trackCount } from "@/shared/lib/format";

/** "Add to playlist" in every menu of tracks and albums. */
export function registerPlaylists(): void {
  extendTrackMenu((tracks) => [
    {
      label: i18n.t("Add to playlist"),
      icon: "plus",
      run: () => addToPlaylist({ trackIds: tracks.map((track) => track.id), what: tracks.length === 1 ? (tracks[0]?.title ?? "") : trackCount(tracks.length) }),
    },
  ]);
  extendAlbumMenu((album) => [{ label: i18n.t("Add to playlist"), icon: "plus", run: () => void addAlbumToPlaylist(album.id, album.title) }]);
}
