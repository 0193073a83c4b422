"""Times every list of the catalogue: `python bench/catalogue.py [--tracks 100000] [--rounds 30] [--only NAME]`.

Prints p50 and p95 in milliseconds, warm (remembered lists kept), the CPU time (the steadier figure on a busy
machine) and, in brackets, the first call after a change.
`--database FILE` keeps the synthesised database for the next run; `--restricted` reads as a user with one library.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from catalogue_rows import Synthesis
from sqlalchemy import select

from resonance.db import migrate, versions
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables import accounts, library
from resonance.library import catalogue
from resonance.library.catalogue import AlbumQuery, ArtistQuery, TrackQuery
from resonance.model.caller import Caller, Role

Case = Callable[[UnitOfWork, Caller], Any]


def cases(uow: UnitOfWork, caller: Caller) -> dict[str, Case]:
    """Every list by name."""
    rock, rare = (
        uow.execute(select(library.genre.c.id).order_by(order).limit(1)).scalar_one()
        for order in (library.genre.c.track_count.desc(), library.genre.c.track_count)
    )
    album = uow.execute(select(library.album.c.id).limit(1)).scalar_one()
    artist = uow.execute(
        select(library.artist.c.id).order_by(library.artist.c.track_count.desc()).limit(1)
    ).scalar_one()
    ids = list(uow.execute(select(library.track.c.id).limit(10_000)).scalars())
    found: dict[str, Case] = {}
    for sort in ("title", "artist", "year", "added", "random", "recently_played", "most_played", "rating"):
        found[f"albums {sort}"] = lambda u, c, s=sort: catalogue.albums(u, c, AlbumQuery(sort=s))
    for sort in ("title", "artist", "album", "added", "year", "duration", "play_count", "rating", "random"):
        for order in ("asc", "desc"):
            found[f"tracks {sort} {order}"] = lambda u, c, s=sort, o=order: catalogue.tracks(
                u, c, TrackQuery(sort=s, order=o)
            )
    for name, genre in (("broad", rock), ("rare", rare)):
        found[f"albums of a {name} genre"] = lambda u, c, g=genre: catalogue.albums(
            u, c, AlbumQuery(genre_id=g)
        )
        found[f"tracks of a {name} genre"] = lambda u, c, g=genre: catalogue.tracks(
            u, c, TrackQuery(genre_id=g)
        )
    found |= {
        "albums year range": lambda u, c: catalogue.albums(u, c, AlbumQuery(year_from=1970, year_to=2000)),
        "tracks year range": lambda u, c: catalogue.tracks(u, c, TrackQuery(year_from=1970, year_to=2000)),
        "tracks liked": lambda u, c: catalogue.tracks(u, c, TrackQuery(liked=True)),
        "tracks not liked": lambda u, c: catalogue.tracks(u, c, TrackQuery(liked=False)),
        "tracks rated 4+": lambda u, c: catalogue.tracks(u, c, TrackQuery(rated_min=4)),
        "tracks of an artist": lambda u, c: catalogue.tracks(u, c, TrackQuery(artist_id=artist)),
        "tracks deep page": _deep,
        "albums letter M": lambda u, c: catalogue.albums(u, c, AlbumQuery(letter="M")),
        "albums offset 3000": lambda u, c: catalogue.albums_at(u, c, AlbumQuery(), offset=3000, count=100),
        "albums offset 0, 500": lambda u, c: catalogue.albums_at(u, c, AlbumQuery(), offset=0, count=500),
        "random 50 tracks": lambda u, c: catalogue.tracks_at(u, c, TrackQuery("random"), offset=0, count=50),
        "album": lambda u, c: catalogue.album_detail(u, c, album),
        "artist": lambda u, c: catalogue.artist_detail(u, c, artist),
        "artists": lambda u, c: catalogue.artists(u, c, ArtistQuery()),
        "artist index": catalogue.artist_index,
        "genres": catalogue.genres,
        "years": catalogue.years,
        "root folder": lambda u, c: catalogue.folder(u, c, catalogue.roots(u, c)[0].library_id),
        "10,000 tracks by id": lambda u, c: catalogue.tracks_by_ids(u, c, ids),
    }
    return found


def _deep(uow: UnitOfWork, caller: Caller) -> Any:
    from resonance.core.paging import encode_cursor

    return catalogue.tracks(uow, caller, TrackQuery(), cursor=encode_cursor("tracks.title+", 0, "mika", "0"))


def main() -> None:
    """Make or reuse the database, time the cases, print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tracks", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--only", default="")
    parser.add_argument("--database", type=Path)
    parser.add_argument("--restricted", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.database or Path(folder) / "bench.db"
        fresh = not path.exists()
        database = Database(f"sqlite:///{path}")
        migrate.upgrade(database)
        if fresh:
            Synthesis(1).fill(database, options.tracks)
        with database.read() as uow:
            user = uow.execute(select(accounts.user.c.id)).scalar_one()
            home = uow.execute(select(library.library.c.id)).scalar_one()
            caller = Caller(user, "bench", Role.ADMIN, frozenset({home}) if options.restricted else None)
            chosen = {name: case for name, case in cases(uow, caller).items() if options.only in name}
        for name, case in chosen.items():
            print(_timed(database, caller, name, case, options.rounds), flush=True)
        database.close()


def _timed(database: Database, caller: Caller, name: str, case: Case, rounds: int) -> str:
    with database.write() as uow:
        versions.bump(uow, "catalogue")
    taken, worked = [], []
    for _ in range(rounds + 1):
        started, busy = time.perf_counter(), time.thread_time()
        with database.read(caller.user_id) as uow:
            case(uow, caller)
        taken.append((time.perf_counter() - started) * 1000)
        worked.append((time.thread_time() - busy) * 1000)
    first, rest, cpu = taken[0], sorted(taken[1:]), sorted(worked[1:])
    p50, p95 = rest[len(rest) // 2], rest[int(len(rest) * 0.95) - 1]
    return f"{name:28} p50 {p50:8.2f}  p95 {p95:8.2f}  cpu {cpu[len(cpu) // 2]:8.2f}  [{first:8.2f}]"


if __name__ == "__main__":
    main()
