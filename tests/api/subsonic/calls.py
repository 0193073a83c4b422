"""One call or more of every reading method, shared by the goldens and the conformance tests.

A value in braces is the name of a seeded id.
"""

from __future__ import annotations

from typing import Any

from tests.api.subsonic.seed import Seeded

CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "ping": ("ping", {}),
    "getLicense": ("getLicense", {}),
    "getOpenSubsonicExtensions": ("getOpenSubsonicExtensions", {}),
    "getMusicFolders": ("getMusicFolders", {}),
    "getArtists": ("getArtists", {}),
    "getArtists one folder": ("getArtists", {"musicFolderId": "2"}),
    "getArtist": ("getArtist", {"id": "{bjork}"}),
    "getArtist guest": ("getArtist", {"id": "{guest}"}),
    "getArtist unknown": ("getArtist", {"id": "{homogenic}"}),
    "getAlbum": ("getAlbum", {"id": "{homogenic}"}),
    "getAlbum sparse": ("getAlbum", {"id": "{help}"}),
    "getAlbum odd names": ("getAlbum", {"id": "{bridge}"}),
    "getSong": ("getSong", {"id": "{song}"}),
    "getSong missing parameter": ("getSong", {}),
    "getIndexes": ("getIndexes", {}),
    "getIndexes not modified": ("getIndexes", {"ifModifiedSince": "1700000000000"}),
    "getMusicDirectory artist": ("getMusicDirectory", {"id": "{bjork}"}),
    "getMusicDirectory album": ("getMusicDirectory", {"id": "{homogenic}"}),
    "getGenres": ("getGenres", {}),
    "getAlbumList": ("getAlbumList", {"type": "alphabeticalByName"}),
    "getAlbumList2": ("getAlbumList2", {"type": "alphabeticalByArtist"}),
    "getAlbumList2 newest": ("getAlbumList2", {"type": "newest", "size": "2"}),
    "getAlbumList2 frequent": ("getAlbumList2", {"type": "frequent"}),
    "getAlbumList2 recent": ("getAlbumList2", {"type": "recent"}),
    "getAlbumList2 highest": ("getAlbumList2", {"type": "highest"}),
    "getAlbumList2 starred": ("getAlbumList2", {"type": "starred"}),
    "getAlbumList2 byYear": ("getAlbumList2", {"type": "byYear", "fromYear": "1980", "toYear": "1960"}),
    "getAlbumList2 byGenre": ("getAlbumList2", {"type": "byGenre", "genre": "pop"}),
    "getAlbumList2 empty": ("getAlbumList2", {"type": "byGenre", "genre": "none"}),
    "getRandomSongs": ("getRandomSongs", {"genre": "Rock & Roll"}),
    "getSongsByGenre": ("getSongsByGenre", {"genre": "Pop", "count": "2"}),
    "getStarred": ("getStarred", {}),
    "getStarred2": ("getStarred2", {}),
    "getTopSongs": ("getTopSongs", {"artist": "Björk"}),
    "getTopSongs by id": ("getTopSongs", {"id": "{bjork}", "count": "2"}),
    "getSimilarSongs": ("getSimilarSongs", {"id": "{hunter}", "count": "3"}),
    "getSimilarSongs album": ("getSimilarSongs", {"id": "{help}", "count": "3"}),
    "getSimilarSongs2": ("getSimilarSongs2", {"id": "{bjork}", "count": "4"}),
    "getSonicSimilarTracks": ("getSonicSimilarTracks", {"id": "{hunter}", "count": "3"}),
    "findSonicPath": ("findSonicPath", {"startSongId": "{hunter}", "endSongId": "{tape}", "count": "4"}),
    "getArtistInfo": ("getArtistInfo", {"id": "{bjork}"}),
    "getArtistInfo2": ("getArtistInfo2", {"id": "{beatles}"}),
    "getAlbumInfo": ("getAlbumInfo", {"id": "{homogenic}"}),
    "getAlbumInfo2": ("getAlbumInfo2", {"id": "{help}"}),
    "search2": ("search2", {"query": "help"}),
    "search3": ("search3", {"query": "bjork"}),
    "search3 everything": ("search3", {"query": '""'}),
    "getPlaylists": ("getPlaylists", {}),
    "getShares": ("getShares", {}),
    "getPlaylist": ("getPlaylist", {"id": "{Mix}"}),
    "getPlaylist empty": ("getPlaylist", {"id": "{Empty}"}),
    "getPlayQueue": ("getPlayQueue", {}),
    "getPlayQueueByIndex": ("getPlayQueueByIndex", {}),
    "getLyrics": ("getLyrics", {"artist": "The Beatles", "title": "Help!"}),
    "getLyrics none": ("getLyrics", {"artist": "Nobody", "title": "Nothing"}),
    "getLyricsBySongId": ("getLyricsBySongId", {"id": "{song}"}),
    "getLyricsBySongId none": ("getLyricsBySongId", {"id": "{hunter}"}),
    "getUser": ("getUser", {"username": "ada"}),
    "getUsers": ("getUsers", {}),
    "getScanStatus": ("getScanStatus", {}),
    "getNowPlaying": ("getNowPlaying", {}),
}

FAILING = {"getArtist unknown", "getSong missing parameter"}


def filled(params: dict[str, Any], seeded: Seeded) -> dict[str, Any]:
    """The parameters with ids for their names."""
    return {
        name: seeded[value[1:-1]] if isinstance(value, str) and value[:1] == "{" else value
        for name, value in params.items()
    }
