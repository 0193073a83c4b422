"""Latency of /rest as an app sees it: a running server, one keep-alive connection, one request at a time.

    python bench/subsonic_api.py http://127.0.0.1:8080 USER APP_PASSWORD [--rounds 100]

Prints p50, p95 and p99 in milliseconds and the size of an answer; exits 1 when a p95 is over its limit.
The limits are those of a 10,000-file library on two shared cores.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import random
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

PREFIXES = ["s", "m", "a", "si", "mid", "vel", "bjö", "東京", "кин"]
WORDS = ["silver river", "paper mirror", "golden echo", "neon theory"]
# p95 in milliseconds; getAlbumList2 and getArtists are a fifth and a tenth of supysonic's on such a machine
LIMITS = {
    "getArtists": 106.0,
    "getAlbumList2": 43.0,
    "getAlbum": 12.0,
    "search3 prefix": 30.0,
    "search3 words": 30.0,
    "getRandomSongs": 10.0,
}


class App:
    """A signed-in client."""

    def __init__(self, url: str, name: str, password: str) -> None:
        address = urlsplit(url)
        self._connection = http.client.HTTPConnection(address.hostname or "", address.port or 80, timeout=60)
        self._path = f"{address.path.rstrip('/')}/rest/"
        token = hashlib.md5(f"{password}bench".encode()).hexdigest()
        self._login = {"u": name, "t": token, "s": "bench", "v": "1.16.1", "c": "bench", "f": "json"}

    def raw(self, method: str, **params: Any) -> bytes:
        """The bytes of an answer."""
        query = urlencode({**self._login, **params})
        self._connection.request("GET", f"{self._path}{method}?{query}")
        return self._connection.getresponse().read()

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """The inside of the envelope."""
        inside: dict[str, Any] = json.loads(self.raw(method, **params))["subsonic-response"]
        assert inside["status"] == "ok", inside
        return inside


def cases(app: App, dice: random.Random) -> dict[str, Callable[[], bytes]]:
    """What is timed, each with varying parameters."""
    albums: list[str] = []
    while True:
        page = app.ask("getAlbumList2", type="alphabeticalByName", size=500, offset=len(albums))
        rows = page["albumList2"]["album"]
        albums += [row["id"] for row in rows]
        if len(rows) < 500:
            break
    deepest = max(1, len(albums) - 100)
    counts = {"artistCount": 20, "albumCount": 20, "songCount": 20}
    return {
        "ping": lambda: app.raw("ping"),
        "getArtists": lambda: app.raw("getArtists"),
        "getAlbumList2": lambda: app.raw(
            "getAlbumList2", type="alphabeticalByName", size=100, offset=dice.randrange(deepest)
        ),
        "getAlbum": lambda: app.raw("getAlbum", id=dice.choice(albums)),
        "search3 prefix": lambda: app.raw("search3", query=dice.choice(PREFIXES), **counts),
        "search3 words": lambda: app.raw("search3", query=dice.choice(WORDS), **counts),
        "getRandomSongs": lambda: app.raw("getRandomSongs", size=50),
    }


def main() -> None:
    """Time each case."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("user")
    parser.add_argument("password")
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    over = False
    print("| request | p50 ms | p95 ms | p99 ms | limit | KiB |\n|---|---|---|---|---|---|")
    app = App(options.url, options.user, options.password)
    for name, request in cases(app, random.Random(7)).items():
        times, size = timed(request, options.rounds)
        p50, p95, p99 = (times[min(len(times) - 1, int(len(times) * part))] for part in (0.5, 0.95, 0.99))
        limit = LIMITS.get(name)
        over = over or (limit is not None and p95 > limit)
        print(
            f"| {name} | {p50:.2f} | {p95:.2f} | {p99:.2f} | {limit or '-'} | {size / 1024:.1f} |", flush=True
        )
    sys.exit(over)


def timed(request: Callable[[], bytes], rounds: int) -> tuple[list[float], float]:
    """Sorted milliseconds, and the mean size of an answer. The first answers warm caches and do not count."""
    for _ in range(3):
        request()
    times: list[float] = []
    size = 0
    for _ in range(rounds):
        started = time.perf_counter()
        size += len(request())
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times), size / rounds


if __name__ == "__main__":
    main()
