"""py-sonic walks the whole S1 set against a running server and leaves it as it was.

    pip install py-sonic==1.2.0          # a source distribution only, so not among the development pins
    python bench/py_sonic_walk.py http://127.0.0.1:8080 USER APP_PASSWORD

Prints each step; exits 1 when one fails. py-sonic sends form POSTs.
"""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import urlsplit

import libsonic


def walk(connection: Any) -> list[str]:
    """The names of steps that failed."""
    failed: list[str] = []

    def step(method: str, /, *args: Any, **more: Any) -> Any:
        try:
            answer = getattr(connection, method)(*args, **more)
        except Exception as fault:
            failed.append(method)
            print(f"FAIL {method}: {fault}")
            return {}
        print(f"ok   {method}")
        return answer

    step("ping")
    step("getLicense")
    step("getMusicFolders")
    artists = step("getArtists")["artists"]["index"][0]["artist"]
    artist = artists[0]["id"]
    albums = step("getArtist", artist)["artist"]["album"]
    album = albums[0]["id"]
    songs = step("getAlbum", album)["album"]["song"]
    song = songs[0]["id"]
    step("getSong", song)
    step("getIndexes")
    step("getMusicDirectory", artist)
    step("getMusicDirectory", album)
    for kind in ("random", "newest", "highest", "frequent", "recent", "starred", "alphabeticalByName"):
        step("getAlbumList", kind)
        step("getAlbumList2", kind)
    step("getAlbumList2", "byYear", fromYear=1960, toYear=2030)
    step("getRandomSongs", size=20)
    genres = step("getGenres")["genres"]["genre"]
    step("getSongsByGenre", genres[0]["value"])
    step("getAlbumList2", "byGenre", genre=genres[0]["value"])
    step("search2", "a")
    step("search3", "a")
    if songs[0].get("coverArt"):
        step("getCoverArt", songs[0]["coverArt"], 200)
    step("stream", song).read(1000)
    step("download", song).read(1000)
    step("scrobble", song, submission=False)
    step("star", [song], [album], [artist])
    step("getStarred")
    step("getStarred2")
    step("unstar", [song], [album], [artist])
    step("setRating", song, 4)
    step("setRating", song, 0)
    step("createPlaylist", name="py-sonic walk", songIds=[song, song])
    mine = [
        one["id"] for one in step("getPlaylists")["playlists"]["playlist"] if one["name"] == "py-sonic walk"
    ]
    step("getPlaylist", mine[0])
    step("updatePlaylist", mine[0], name="py-sonic walk 2", songIdsToAdd=[song], songIndexesToRemove=[0])
    step("deletePlaylist", mine[0])
    step("getUser", sys.argv[2])
    step("getNowPlaying")
    step("getScanStatus")
    step("getArtistInfo", artist)
    step("getArtistInfo2", artist)
    step("getAlbumInfo", album)
    step("getAlbumInfo2", album)
    step("getSimilarSongs", song)
    step("getSimilarSongs2", artist)
    step("getTopSongs", artists[0]["name"])
    step("getLyrics", artist="nobody", title="nothing")
    step("savePlayQueue", [song], song, 1)
    step("getPlayQueue")
    return failed


def main() -> None:
    """Connect as the arguments say."""
    address = urlsplit(sys.argv[1])
    connection = libsonic.Connection(
        f"{address.scheme}://{address.hostname}",
        sys.argv[2],
        sys.argv[3],
        port=address.port or 80,
        serverPath=f"{address.path.rstrip('/')}/rest",
        appName="py-sonic",
    )
    failed = walk(connection)
    print(f"{len(failed)} failed" + (": " + ", ".join(failed) if failed else ""))
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
