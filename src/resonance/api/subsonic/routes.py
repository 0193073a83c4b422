"""The route table: every method of the API and what answers it.

What Navidrome does not build either is answered as Navidrome does: 501 for what may come one day, 410 for
what will not.
"""

from __future__ import annotations

from collections.abc import Callable

from resonance.api.subsonic import (
    browsing,
    covers,
    lists,
    lyrics,
    marks,
    media,
    playlists,
    queue,
    searching,
    shares,
    similar,
    system,
)
from resonance.api.subsonic.call import Alone, Answer, Call, Endpoint, Reads, Writes
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.faults import Code, SubsonicFault

PUBLIC: dict[str, Callable[[], Fragment]] = {
    "getOpenSubsonicExtensions": system.get_open_subsonic_extensions,
}


def _not_yet(_call: Call) -> Answer:
    raise SubsonicFault(Code.GENERIC, "This method is not implemented yet.", http_status=501)


def _gone(_call: Call) -> Answer:
    raise SubsonicFault(Code.GENERIC, "This method will not be implemented.", http_status=410)


ROUTES: dict[str, Endpoint] = {
    # system
    "ping": Reads(system.ping),
    "getLicense": Reads(system.get_license),
    "tokenInfo": Reads(system.token_info),
    "getMusicFolders": Reads(system.get_music_folders),
    "getUser": Reads(system.get_user),
    "getUsers": Reads(system.get_users),
    "getScanStatus": Reads(system.get_scan_status),
    "startScan": Writes(system.start_scan),
    # browsing
    "getArtists": Reads(browsing.get_artists),
    "getArtist": Reads(browsing.get_artist),
    "getAlbum": Reads(browsing.get_album),
    "getSong": Reads(browsing.get_song),
    "getIndexes": Reads(browsing.get_indexes),
    "getMusicDirectory": Reads(browsing.get_music_directory),
    "getGenres": Reads(browsing.get_genres),
    "getArtistInfo": Reads(browsing.get_artist_info),
    "getArtistInfo2": Reads(browsing.get_artist_info2),
    "getAlbumInfo": Reads(browsing.get_album_info),
    "getAlbumInfo2": Reads(browsing.get_album_info),
    # lists
    "getAlbumList": Reads(lists.get_album_list),
    "getAlbumList2": Reads(lists.get_album_list2),
    "getRandomSongs": Reads(lists.get_random_songs),
    "getSongsByGenre": Reads(lists.get_songs_by_genre),
    "getStarred": Reads(lists.get_starred),
    "getStarred2": Reads(lists.get_starred2),
    # similar
    "getTopSongs": Reads(similar.get_top_songs),
    "getSimilarSongs": Reads(similar.get_similar_songs),
    "getSimilarSongs2": Reads(similar.get_similar_songs2),
    "getSonicSimilarTracks": Reads(similar.get_sonic_similar_tracks),
    "findSonicPath": Reads(similar.find_sonic_path),
    # searching
    "search2": Reads(searching.search2),
    "search3": Reads(searching.search3),
    # media
    "stream": Alone(media.stream),
    "download": Alone(media.download),
    "getLyrics": Reads(lyrics.get_lyrics),
    "getLyricsBySongId": Reads(lyrics.get_lyrics_by_song_id),
    "getCoverArt": Alone(covers.get_cover_art),
    # marks and plays
    "star": Writes(marks.star),
    "unstar": Writes(marks.unstar),
    "setRating": Writes(marks.set_rating),
    "scrobble": Alone(marks.scrobble),
    "getNowPlaying": Reads(marks.get_now_playing),
    "getPlayQueue": Reads(queue.get_play_queue),
    "getPlayQueueByIndex": Reads(queue.get_play_queue_by_index),
    "savePlayQueue": Writes(queue.save_play_queue),
    "savePlayQueueByIndex": Writes(queue.save_play_queue_by_index),
    # playlists
    "getPlaylists": Reads(playlists.get_playlists),
    "getPlaylist": Reads(playlists.get_playlist),
    "createPlaylist": Writes(playlists.create_playlist),
    "updatePlaylist": Writes(playlists.update_playlist),
    "deletePlaylist": Writes(playlists.delete_playlist),
    # shares
    "getShares": Reads(shares.get_shares),
    "createShare": Writes(shares.create_share),
    "updateShare": Writes(shares.update_share),
    "deleteShare": Writes(shares.delete_share),
    # not built
    **dict.fromkeys(
        (
            "getPodcasts",
            "getNewestPodcasts",
            "refreshPodcasts",
            "createPodcastChannel",
            "deletePodcastChannel",
            "deletePodcastEpisode",
            "downloadPodcastEpisode",
            "createUser",
            "updateUser",
            "deleteUser",
            "changePassword",
            "jukeboxControl",
            "getBookmarks",
            "createBookmark",
            "deleteBookmark",
            "getInternetRadioStations",
            "createInternetRadioStation",
            "updateInternetRadioStation",
            "deleteInternetRadioStation",
            "getAvatar",
        ),
        Alone(_not_yet),
    ),
    **dict.fromkeys(
        ("search", "getChatMessages", "addChatMessage", "getVideos", "getVideoInfo", "getCaptions", "hls"),
        Alone(_gone),
    ),
}
