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
from libsonic.errors import SonicError

PLAYLIST = "py-sonic walk"


class Walk:
    """Steps over one connection; `failed` names those that went wrong."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.failed: list[str] = []

    def step(self, method: str, /, *args: Any, **more: Any) -> Any:
        """Call one method of py-sonic."""
        try:
            answer = getattr(self._connection, method)(*args, **more)
        except (SonicError, OSError, ValueError, KeyError) as fault:
            self.failed.append(method)
            print(f"FAIL {method}: {fault}")
            return {}
        print(f"ok   {method}")
        return answer

    def browse(self) -> tuple[dict[str, Any], str, dict[str, Any]]:
        """The first artist, the id of their first album, and its first song."""
        self.step("ping")
        self.step("getLicense")
        self.step("getMusicFolders")
        artist = self.step("getArtists")["artists"]["index"][0]["artist"][0]
        album: str = self.step("getArtist", artist["id"])["artist"]["album"][0]["id"]
        song = self.step("getAlbum", album)["album"]["song"][0]
        self.step("getSong", song["id"])
        self.step("getIndexes")
        self.step("getMusicDirectory", artist["id"])
        self.step("getMusicDirectory", album)
        return artist, album, song

    def lists(self) -> None:
        """Every list and both searches."""
        for kind in ("random", "newest", "highest", "frequent", "recent", "starred", "alphabeticalByName"):
            self.step("getAlbumList", kind)
            self.step("getAlbumList2", kind)
        self.step("getAlbumList2", "byYear", fromYear=1960, toYear=2030)
        self.step("getRandomSongs", size=20)
        genre = self.step("getGenres")["genres"]["genre"][0]["value"]
        self.step("getSongsByGenre", genre)
        self.step("getAlbumList2", "byGenre", genre=genre)
        self.step("search2", "a")
        self.step("search3", "a")

    def play_and_mark(self, artist: str, album: str, song: dict[str, Any]) -> None:
        """Bytes, plays, likes, ratings, the queue."""
        if song.get("coverArt"):
            self.step("getCoverArt", song["coverArt"], 200)
        self.step("stream", song["id"]).read(1000)
        self.step("download", song["id"]).read(1000)
        self.step("scrobble", song["id"], submission=False)
        self.step("star", [song["id"]], [album], [artist])
        self.step("getStarred")
        self.step("getStarred2")
        self.step("unstar", [song["id"]], [album], [artist])
        self.step("setRating", song["id"], 4)
        self.step("setRating", song["id"], 0)
        self.step("savePlayQueue", [song["id"]], song["id"], 1)
        self.step("getPlayQueue")

    def playlists(self, song: str) -> None:
        """One playlist from beginning to end."""
        self.step("createPlaylist", name=PLAYLIST, songIds=[song, song])
        found = self.step("getPlaylists")["playlists"]["playlist"]
        mine = next(one["id"] for one in found if one["name"] == PLAYLIST)
        self.step("getPlaylist", mine)
        self.step("updatePlaylist", mine, name="renamed", songIdsToAdd=[song], songIndexesToRemove=[0])
        self.step("deletePlaylist", mine)

    def facts(self, user: str, artist: dict[str, Any], album: str, song: str) -> None:
        """What is told about people and things."""
        self.step("getUser", user)
        self.step("getNowPlaying")
        self.step("getScanStatus")
        for method in ("getArtistInfo", "getArtistInfo2", "getSimilarSongs2"):
            self.step(method, artist["id"])
        for method in ("getAlbumInfo", "getAlbumInfo2"):
            self.step(method, album)
        self.step("getSimilarSongs", song)
        self.step("getTopSongs", artist["name"])
        self.step("getLyrics", artist="nobody", title="nothing")


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
    walk = Walk(connection)
    artist, album, song = walk.browse()
    walk.lists()
    walk.play_and_mark(artist["id"], album, song)
    walk.playlists(song["id"])
    walk.facts(sys.argv[2], artist, album, song["id"])
    failed = walk.failed
    print(f"{len(failed)} failed" + (": " + ", ".join(failed) if failed else ""))
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
