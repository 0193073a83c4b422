"""The Subsonic API of a running server beside supysonic's, over the same files, request by request in turn.

One connection each, one request at a time. The requests of both ask for the same names in the same order. Before
anything is timed both servers must have come to rest, so that work after a start is not measured as latency.
"""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import floor, library, supysonic
from bench.metering import load, resident_mib, wait_until_idle
from bench.ours import NAME, Resonance
from bench.report import Goal, Row, median, percentile
from bench.subsonic_client import Answer, App, Names, learn
from bench.supysonic import Supysonic

PREFIXES = ("sil", "mid", "pap", "vel", "riv", "mir", "gar", "orc", "the", "jök", "東京", "кин")
LETTERS = tuple("abcdefghilmnoprstvw")
WORDS = ("silver river", "paper mirror", "golden echo", "hollow theory", "blue letters", "lost harbour")
COUNTS: dict[str, Any] = {"artistCount": 20, "albumCount": 20, "songCount": 20}
LEAST = 15 * 2**20  # bytes of a file that throughput can be told from
GOALS = {
    "getArtists": Goal(0.1, ratio=True),
    "getAlbumList2 100": Goal(0.2, ratio=True),
    "getAlbum": Goal(12),
    "search3 prefix": Goal(30),
    "search3 one letter": Goal(30),
    "search3 two words": Goal(30),
    "getRandomSongs 50": Goal(10),
}
Case = Callable[["Side", random.Random, int], Answer]


@dataclass(slots=True)
class Side:
    """One server of the comparison."""

    name: str
    pid: int
    app: App
    names: Names
    resting_mib: float
    start_s: float


def run(library_folder: Path, work: Path, peer: Supysonic | None, repeats: int) -> list[Row]:
    """Scan where that was not done yet, start both, time every case; the rows of the table."""
    ours = Resonance(library_folder, work)
    ours.scan()
    password = ours.app_password()

    def sign_in(url: str) -> App:
        return App(url, NAME, password)

    if peer and not peer.scanned:
        print("supysonic scans the library, once; that takes minutes", flush=True)
        peer.scan()
    # The first start after a scan has work to do that later ones have not: palettes of covers.
    with _running("resonance", ours.serve, sign_in):
        pass
    with _running("resonance", ours.serve, sign_in) as own:
        if peer is None:
            return _compare(own, None, repeats, library_folder)
        with _running("supysonic", peer.serve, supysonic.app) as other:
            return _compare(own, other, repeats, library_folder)


@contextmanager
def _running(
    name: str, serve: Callable[[], tuple[subprocess.Popen[bytes], str]], sign_in: Callable[[str], App]
) -> Iterator[Side]:
    began = time.perf_counter()
    process, url = serve()
    try:
        app = _first_ping(process, lambda: sign_in(url))
        start_s = time.perf_counter() - began
        if not wait_until_idle(process.pid):
            print(
                f"{name} did not come to rest within five minutes; its figures include other work", flush=True
            )
        resting = resident_mib(process.pid)
        yield Side(name, process.pid, app, learn(app, library.LONG_TITLE), resting, start_s)
    finally:
        process.terminate()
        process.wait()


def _first_ping(process: subprocess.Popen[bytes], connect: Callable[[], App]) -> App:
    while process.poll() is None:
        app = connect()
        try:
            app.ask("ping")
        except OSError:
            app.close()
            time.sleep(0.005)
            continue
        return app
    raise RuntimeError(f"a server ended at once: {process.args!r}")


def _compare(own: Side, other: Side | None, repeats: int, library_folder: Path) -> list[Row]:
    sides = [own, other] if other else [own]
    rows = [_plain("start to first ping", "s", own.start_s, other.start_s if other else None, Goal(2))]
    rows.append(
        _plain(
            "memory at rest, tree", "MiB", own.resting_mib, other.resting_mib if other else None, Goal(180)
        )
    )
    print("\n| request | server | p50 ms | p95 ms | KiB | load |\n|---|---|---|---|---|---|", flush=True)
    for name, case in _cases(sides).items():
        rows += _latency(name, case, sides, repeats if name != "getArtists" else max(20, repeats // 5))
    rows += _throughput(sides, library_folder / library.LONG_FILE)
    after = [resident_mib(side.pid) for side in sides]
    rows.append(_plain("memory after this, tree", "MiB", after[0], after[1] if other else None, None))
    return rows


def _plain(name: str, unit: str, ours: float, peer: float | None, goal: Goal | None) -> Row:
    return Row(name, unit, ours, "supysonic", peer, goal)


def _cases(sides: list[Side]) -> dict[str, Case]:
    """What is timed; `dice` are alike for both servers, so they are asked for the same."""
    albums = sorted(set.intersection(*(set(side.names.albums) for side in sides)))
    artists = sorted(set.intersection(*(set(side.names.artists) for side in sides)))
    covered = [name for name in albums if all(side.names.albums[name][1] for side in sides)]
    random.Random(3).shuffle(covered)
    songs = {
        side.name: [
            side.app.ask("getAlbum", id=side.names.albums[name][0])["album"]["song"][0]["id"]
            for name in albums[:40]
        ]
        for side in sides
    }
    deepest = max(1, min(side.names.album_count for side in sides) - 100)

    def search(words: tuple[str, ...]) -> Case:
        return lambda side, dice, _: side.app.get("search3", query=dice.choice(words), **COUNTS)

    def cover(side: Side, _: random.Random, at: int) -> Answer:
        id_ = side.names.albums[covered[at % len(covered)]][1]
        return side.app.get("getCoverArt", id=id_, size=300)

    def albums_by(kind: str, offsets: int) -> Case:
        return lambda side, dice, _: side.app.get(
            "getAlbumList2", type=kind, size=100, offset=dice.randrange(offsets)
        )

    return {
        "ping": lambda side, dice, _: side.app.get("ping"),
        "getArtists": lambda side, dice, _: side.app.get("getArtists"),
        "getAlbumList2 100": albums_by("alphabeticalByName", deepest),
        "getAlbumList2 newest 100": albums_by("newest", 1),
        "getArtist": lambda side, dice, _: side.app.get(
            "getArtist", id=side.names.artists[dice.choice(artists)]
        ),
        "getAlbum": lambda side, dice, _: side.app.get(
            "getAlbum", id=side.names.albums[dice.choice(albums)][0]
        ),
        "search3 prefix": search(PREFIXES),
        "search3 one letter": search(LETTERS),
        "search3 two words": search(WORDS),
        "getRandomSongs 50": lambda side, dice, _: side.app.get("getRandomSongs", size=50),
        "getCoverArt 300, first": cover,
        "getCoverArt 300, again": cover,
        "stream, first byte": lambda side, dice, at: side.app.get(
            "stream", part="bytes=0-65535", id=songs[side.name][at % len(songs[side.name])], format="raw"
        ),
    }


def _latency(name: str, case: Case, sides: list[Side], repeats: int) -> list[Row]:
    times: dict[str, list[float]] = {side.name: [] for side in sides}
    sizes = dict.fromkeys(times, 0)
    dice = {side.name: random.Random(7) for side in sides}
    # What a first answer makes is remembered by all of them; covers differ in each request, so none is spared.
    first = 0 if "first" in name else -3
    for at in range(first, repeats):
        for side in sides:
            answer = case(side, dice[side.name], at)
            if answer.status not in (200, 206) or b'"status":"failed"' in answer.body[:100].replace(
                b" ", b""
            ):
                raise RuntimeError(f"{name} of {side.name}: {answer.status} {answer.body[:200]!r}")
            if at >= 0:
                times[side.name].append(answer.first_ms if "first byte" in name else answer.whole_ms)
                sizes[side.name] += len(answer.body)
    for side in sides:
        p50, p95 = (percentile(times[side.name], part) for part in (0.5, 0.95))
        kib = sizes[side.name] / repeats / 1024
        print(f"| {name} | {side.name} | {p50:.2f} | {p95:.2f} | {kib:.1f} | {load():.1f} |", flush=True)

    def row(label: str, part: float, goal: Goal | None) -> Row:
        own, *peers = (percentile(times[side.name], part) for side in sides)
        return _plain(f"{name} {label}", "ms", own, peers[0] if peers else None, goal)

    return [row("p50", 0.5, None), row("p95", 0.95, GOALS.get(name))]


def _throughput(sides: list[Side], file: Path) -> list[Row]:
    """MiB/s of whole files, in turn; the floor is the same file by the kernel alone."""
    name = "stream, one connection"
    if any(side.names.long_song is None for side in sides) or not file.is_file():
        print(f"{name}: the library has no file of {library.LONG_TITLE!r}, not measured", flush=True)
        return []
    with floor.running(file) as bare:
        apps = {**{side.name: (side.app, side.names.long_song) for side in sides}, "sendfile": (bare, "")}
        speeds: dict[str, list[float]] = {one: [] for one in apps}
        for at in range(-1, 15):
            for one, (app, song) in apps.items():
                size, taken = app.speed("stream", id=song, format="raw")
                if size < LEAST:
                    raise RuntimeError(f"{one} streams {size} bytes, too few for throughput")
                if at >= 0:
                    speeds[one].append(size / 2**20 / taken)
    own, *peers = (median(speeds[side.name]) for side in sides)
    return [
        _plain(name, "MiB/s", own, peers[0] if peers else None, Goal(2, ratio=True, at_least=True)),
        Row(f"{name}, of the machine's", "MiB/s", own, "sendfile", median(speeds["sendfile"])),
    ]
