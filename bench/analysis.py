"""Times what the analysis asks of a big database: `python bench/analysis.py [--tracks 200000] [--database FILE]`.

Nothing is decoded. Three states of the library are timed: nothing measured, all measured, one track behind. Prints
p50 and p95 in milliseconds of each statement, of the lists that follow what was measured, and the CPU time.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from catalogue_rows import Synthesis
from sqlalchemy import select, update

from resonance.analysis import claims, progress, store
from resonance.analysis.claims import Wanted, Work
from resonance.analysis.store import Done
from resonance.audio.ear.features import Features
from resonance.audio.ear.versions import ALL, VERSIONS
from resonance.core.ids import new_id
from resonance.db import migrate, versions
from resonance.db.engine import Database
from resonance.db.tables.analysis import analysis_claim, features
from resonance.db.tables.library import carrier, library, track
from resonance.library import catalogue, traits
from resonance.library.catalogue import TrackQuery
from resonance.model.caller import OPERATOR, Caller, Role


def timed(name: str, action: Callable[[], Any], rounds: int = 30) -> None:
    """One line."""
    times = []
    cpu = time.process_time()
    for _ in range(rounds):
        began = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - began))
    cpu = 1000 * (time.process_time() - cpu) / rounds
    times.sort()
    p50, p95 = times[rounds // 2], times[int(rounds * 0.95)]
    print(f"{name:48} cpu {cpu:8.2f}   p50 {p50:8.2f}   p95 {p95:8.2f}", flush=True)


def measured(database: Database) -> None:
    """Facts of every track, as a finished analysis leaves them."""
    dice = random.Random(7)
    values = {f"{group}_version": version for group, version in VERSIONS.items()}
    with database.write() as uow:
        uow.execute(update(carrier).values(payload_id=carrier.c.id))
        ids = uow.execute(select(carrier.c.track_id, carrier.c.id)).all()
    for start in range(0, len(ids), 5000):
        rows = [
            {
                "track_id": row.track_id, "carrier_id": row.id, "etag": "x", "payload_id": row.id,
                "analyser": "resonance", "analysed_at": 1, "bpm": round(dice.uniform(60, 190), 2),
                "bpm_confidence": dice.random(), "key_tonic": dice.randrange(12), "key_window": "whole",
                "key_mode": dice.choice(["major", "minor"]), "key_strength": dice.random(),
                "energy": dice.random(), "lufs_i": dice.uniform(-20, -6), **values,
            }
            for row in ids[start : start + 5000]
        ]  # fmt: skip
        with database.write() as uow:
            uow.execute(features.insert(), rows)
            versions.bump(uow, "features")
    began = time.perf_counter()
    traits.ensure(database)
    print(f"what counts, of all tracks: {time.perf_counter() - began:.1f} s")


def main() -> None:
    """All of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=200_000)
    parser.add_argument("--database", type=Path)
    options = parser.parse_args()
    folder = tempfile.TemporaryDirectory()
    path = options.database or Path(folder.name) / "bench.db"
    fresh = not path.exists()
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database)
    if fresh:
        Synthesis(1).fill(database, options.tracks)
        wanted = Wanted("quick", VERSIONS, ALL)
        timed("nothing measured: next 4 to claim", lambda: look(database, wanted, 4))
        measured(database)
    report(database)
    database.close()
    folder.cleanup()


def look(database: Database, wanted: Wanted, count: int) -> None:
    """One look at a random stretch, as a run takes them."""
    with database.read() as uow:
        claims.next_due(uow, wanted, new_id(), count)


def sweep(database: Database, wanted: Wanted) -> int:
    """Once round; how many looks it takes."""
    after: str | None = ""
    looks = 0
    while after is not None:
        with database.read() as uow:
            _, after = claims.next_due(uow, wanted, after, 200)
        looks += 1
    return looks


def report(database: Database) -> None:
    """Everything with all tracks measured but one."""
    whole, quick = Wanted("whole", VERSIONS, ALL), Wanted("quick", VERSIONS, ALL)
    with database.write() as uow:
        uow.execute(analysis_claim.delete())
        last = uow.execute(select(track.c.id).order_by(track.c.id.desc()).limit(1)).scalar_one()
        uow.execute(update(features).where(features.c.track_id == last).values(tempo_version=0))
        some = list(uow.execute(select(track.c.id).limit(20)).scalars())
        home = uow.execute(select(library.c.id)).scalar_one()
    timed("all measured: one look", lambda: look(database, quick, 4), 100)
    timed("all measured: one look for both passes", lambda: look(database, whole, 4), 100)
    timed("all measured: once round", lambda: sweep(database, whole), 5)
    timed("counts", lambda: count(database))
    works = [work(id_, home) for id_ in some]
    timed("claim 20 tracks and give them back", lambda: claim(database, whole, some))
    timed("write a batch of 20 tracks", lambda: write(database, works))
    lists(database)


def count(database: Database) -> None:
    """As a status page after a change asks."""
    with database.read() as uow:
        progress._count(uow, OPERATOR)


def claim(database: Database, wanted: Wanted, ids: list[str]) -> None:
    """The transaction of a claim."""
    with database.write() as uow:
        claims.claim(uow, wanted, ids, "bench")
        claims.give_back(uow, ids, "bench")


def work(track_id: str, home: str) -> Work:
    """A track in hand."""
    return Work(track_id, new_id(), home, "/", "a", "flac", "flac", 1, 1, "p", 1.0, "whole", ALL)


def write(database: Database, works: list[Work]) -> None:
    """The transaction of a batch."""
    level = {f"{group}_version": version for group, version in VERSIONS.items()}
    found = Features(**level, bpm=120.0, bpm_confidence=0.9, key_window="whole", energy=0.5)
    with database.write() as uow:
        store.keep(uow, [Done(one, found) for one in works], None)


def lists(database: Database) -> None:
    """First and later pages of lists by what was measured, and totals after a change."""
    caller = Caller("B" * 22, "bench", Role.ADMIN)

    def page(query: TrackQuery, deep: bool = False) -> Callable[[], None]:
        with database.read() as uow:
            cursor = None
            for _ in range(5 if deep else 0):
                cursor = catalogue.tracks(uow, caller, query, cursor=cursor, limit=500).next

        def read() -> None:
            with database.read() as uow:
                catalogue.tracks(uow, caller, query, cursor=cursor)

        return read

    for sort in ("bpm", "key", "energy"):
        for order in ("asc", "desc"):
            query = TrackQuery(sort, order)
            timed(f"tracks by {sort} {order}", page(query))
            timed(f"tracks by {sort} {order}, a later page", page(query, deep=True))
    for name, query in {
        "bpm 120-130 by title": TrackQuery(bpm_min=120, bpm_max=130),
        "bpm 120-130 by bpm": TrackQuery("bpm", bpm_min=120, bpm_max=130),
        "bpm 120-120.2 by title": TrackQuery(bpm_min=120, bpm_max=120.2),
        "key 8A and its neighbours by title": TrackQuery(keys=("8A",), key_compatible=True),
        "key 8A, bpm 120-126, energy over .8 by title": TrackQuery(
            keys=("8A",), bpm_min=120, bpm_max=126, energy_min=0.8
        ),
        "analysed by title": TrackQuery(analysed=True),
        "not analysed by title": TrackQuery(analysed=False),
    }.items():
        timed(name, page(query))

        def total(query: TrackQuery = query) -> None:
            with database.write() as uow:
                versions.bump(uow, "features")
            with database.read() as uow:
                catalogue.track_total(uow, caller, query)

        timed(f"{name}: total after a change", total, 10)


if __name__ == "__main__":
    main()
