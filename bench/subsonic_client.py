"""A Subsonic app: one keep-alive connection, one request at a time."""

from __future__ import annotations

import hashlib
import http.client
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """Times in milliseconds from the request: to the first byte of the body and to the last."""

    status: int
    body: bytes
    first_ms: float
    whole_ms: float


class App:
    """A signed-in client of one server."""

    def __init__(self, url: str, name: str, password: str, *, token: bool = True) -> None:
        address = urlsplit(url)
        self._connection = http.client.HTTPConnection(address.hostname or "", address.port or 80, timeout=120)
        self._path = f"{address.path.rstrip('/')}/rest/"
        proof = {"p": password}  # servers that keep hashes only cannot check tokens
        if token:
            proof = {"t": hashlib.md5(f"{password}salted".encode()).hexdigest(), "s": "salted"}
        self._login = {"u": name, **proof, "v": "1.16.1", "c": "bench", "f": "json"}

    def get(self, method: str, /, *, part: str | None = None, **params: Any) -> Answer:
        """Time one request; `part` is a Range. A connection that idled too long is opened anew."""
        path = f"{self._path}{method}.view?{urlencode({**self._login, **params})}"
        try:
            return self._get(path, part)
        except http.client.RemoteDisconnected:
            self._connection.close()
            return self._get(path, part)

    def _get(self, path: str, part: str | None) -> Answer:
        began = time.perf_counter()
        self._connection.request("GET", path, headers={"Range": part} if part else {})
        response = self._connection.getresponse()
        first = response.read(1)
        first_at = time.perf_counter()
        body = first + response.read()
        ended = time.perf_counter()
        return Answer(response.status, body, (first_at - began) * 1000, (ended - began) * 1000)

    def speed(self, method: str, /, **params: Any) -> tuple[int, float]:
        """(bytes, seconds) of one large answer, read into one buffer so that the client costs as little as it can."""
        buffer = memoryview(bytearray(2**20))
        began = time.perf_counter()
        self._connection.request("GET", f"{self._path}{method}.view?{urlencode({**self._login, **params})}")
        response = self._connection.getresponse()
        size = 0
        while count := response.readinto(buffer):
            size += count
        return size, time.perf_counter() - began

    def ask(self, method: str, /, **params: Any) -> dict[str, Any]:
        """The inside of the envelope."""
        answer = self.get(method, **params)
        inside: dict[str, Any] = json.loads(answer.body)["subsonic-response"]
        if inside["status"] != "ok":
            raise RuntimeError(f"{method}: {inside}")
        return inside

    def close(self) -> None:
        self._connection.close()


@dataclass(frozen=True, slots=True)
class Names:
    """What a server holds, by names that another server over the same files has as well."""

    albums: dict[str, tuple[str, str | None]]  # (id, cover)
    artists: dict[str, str]
    album_count: int
    long_song: str | None


def learn(app: App, long_title: str) -> Names:
    """Read the index of a server. Names that occur twice are left out."""
    rows: list[dict[str, Any]] = []
    while True:
        found = app.ask("getAlbumList2", type="alphabeticalByName", size=500, offset=len(rows))
        page = found["albumList2"].get("album", [])
        rows += page
        if len(page) < 500:
            break
    albums: dict[str, tuple[str, str | None]] = {}
    for row in rows:
        albums[f"{row['name']} / {row.get('artist')} / {row['songCount']}"] = row["id"], row.get("coverArt")
    index = app.ask("getArtists")["artists"].get("index", [])
    artists = {artist["name"]: artist["id"] for letter in index for artist in letter["artist"]}
    songs = app.ask("search3", query=long_title, songCount=5)["searchResult3"].get("song", [])
    return Names(albums, artists, len(rows), songs[0]["id"] if songs else None)
