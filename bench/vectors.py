"""Nearest tracks in a library of vectors, beside exact comparison of float32 by numpy in the same run.

    python bench/vectors.py [--tracks 200000] [--dimensions 384] [--queries 200] [--keep FILE]

Vectors are drawn around a few hundred centres (seeded), as embeddings of music are not spread evenly; each
filter is a real one (genre, years, tempo, library) of a stated share. Memory is what the process grows by
over the idle server's imports and an open database.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import func, insert, select  # noqa: E402

from bench.metering import load  # noqa: E402
from bench.report import Goal, Row, table  # noqa: E402
from resonance.core.ids import new_id  # noqa: E402
from resonance.db import migrate, versions  # noqa: E402
from resonance.db.bulk import insert_rows  # noqa: E402
from resonance.db.engine import Database  # noqa: E402
from resonance.db.tables import library as tables  # noqa: E402
from resonance.db.tables.analysis import trait  # noqa: E402
from resonance.search.filters import TrackFilter  # noqa: E402

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resonance.search.vectors.ports import Space, VectorIndex

    Floats = NDArray[np.float32]

SPACE = "words:bench"
GENRES = 20
K = 50
BATCH = 2000


def rss_mib() -> float:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def drawn(tracks: int, dimensions: int, seed: int = 1) -> Iterator[Floats]:
    """Vectors of unit length in batches: centres, a low-dimensional spread, and noise."""
    import numpy as np

    dice = np.random.default_rng(seed)
    centres = dice.normal(size=(300, dimensions)).astype(np.float32)
    basis = dice.normal(size=(32, dimensions)).astype(np.float32) / 3
    for start in range(0, tracks, BATCH):
        count = min(BATCH, tracks - start)
        rows = centres[dice.integers(0, len(centres), count)]
        rows = rows + dice.normal(size=(count, 32)).astype(np.float32) @ basis
        rows += dice.normal(size=(count, dimensions)).astype(np.float32) * 0.5
        yield rows / np.linalg.norm(rows, axis=1, keepdims=True)


def filled(database: Database, tracks: int, dimensions: int, space: Space, index: VectorIndex) -> list[str]:
    """A catalogue with traits and vectors; the genres' ids."""
    import numpy as np

    dice = np.random.default_rng(2)
    genres, libraries = [new_id() for _ in range(GENRES)], [new_id(), new_id()]
    with database.write() as uow:
        for number, id_ in enumerate(genres):
            uow.execute(insert(tables.genre).values(id=id_, name=f"g{number}", name_folded=f"g{number}"))
        for number, id_ in enumerate(libraries):
            values = {"id": id_, "number": number + 1, "name": id_, "path": f"/{id_}", "created_at": 0}
            uow.execute(insert(tables.library).values(values))
    started = time.perf_counter()
    for part in drawn(tracks, dimensions):
        ids = [new_id() for _ in part]
        bpm, year = dice.normal(115, 25, len(ids)).round(2), dice.integers(1960, 2026, len(ids))
        with database.write() as uow:
            insert_rows(uow, tables.track, [_track(id_, int(y)) for id_, y in zip(ids, year, strict=True)])
            insert_rows(
                uow, tables.carrier, [_carrier(id_, libraries[n % 10 == 0]) for n, id_ in enumerate(ids)]
            )
            chosen = dice.integers(0, GENRES, len(ids))
            links = [
                {"track_id": i, "genre_id": genres[g], "position": 0}
                for i, g in zip(ids, chosen, strict=True)
            ]
            insert_rows(uow, tables.track_genre, links)
            keys = dice.integers(2, 26, len(ids))
            sounds = [
                {"track_id": i, "bpm": float(b), "key_place": int(p), "energy": 0.5}
                for i, b, p in zip(ids, bpm, keys, strict=True)
            ]
            insert_rows(uow, trait, sounds)
            index.put(uow, space, zip(ids, part, ["bench"] * len(ids), strict=True))
    with database.write() as uow:
        versions.bump(uow, "catalogue")
        versions.bump(uow, "features")
    print(f"  filled in {time.perf_counter() - started:.0f} s", flush=True)
    return genres


def _track(id_: str, year: int) -> dict[str, Any]:
    names = dict.fromkeys(("title", "title_folded", "title_sort", "artist_display", "artist_sort"), id_[:8])
    return {"id": id_, **names, "year": year, "added_at": 0, "updated_at": 0}


def _carrier(track_id: str, library_id: str) -> dict[str, Any]:
    where = {"library_id": library_id, "path": f"{track_id}.flac", "folder": ""}
    kind = {"size": 1, "mtime_ns": 1, "format": "flac", "codec": "flac", "added_at": 0}
    return {"id": track_id, "track_id": track_id, **where, **kind}


def filters(genres: list[str], libraries: list[str]) -> dict[str, TrackFilter]:
    """What is asked for, by name."""
    return {
        "no filter": TrackFilter(),
        "library, 90 %": TrackFilter(libraries=frozenset(libraries[:1])),
        "years, 45 %": TrackFilter(year_from=1996),
        "5 genres + 110-130 BPM, ~7 %": TrackFilter(genres=frozenset(genres[:5]), bpm_min=110, bpm_max=130),
        "genre + years, ~1 %": TrackFilter(genres=frozenset(genres[:1]), year_from=2012),
        "library 10 % + genre, 0.5 %": TrackFilter(
            libraries=frozenset(libraries[1:]), genres=frozenset(genres[:1])
        ),
    }


def measure(
    database: Database, tracks: int, dimensions: int, queries: int, index: VectorIndex, idle: float
) -> list[Row]:
    """Print everything; the rows of the common table."""

    from resonance.search.vectors.ports import Space

    space = Space(SPACE, "1", dimensions, "bench")
    with database.read() as uow:
        there = uow.execute(select(func.count()).select_from(tables.track)).scalar_one()
    if not there:
        filled(database, tracks, dimensions, space, index)
    with database.read() as uow:
        genres = list(uow.execute(select(tables.genre.c.id).order_by(tables.genre.c.name)).scalars())
        libraries = list(uow.execute(select(tables.library.c.id).order_by(tables.library.c.number)).scalars())
    gc.collect()
    before = rss_mib()
    asked = next(drawn(queries, dimensions, seed=3))[:queries]
    started, cpu = time.perf_counter(), time.process_time()
    with database.read() as uow:
        index.nearest(uow, SPACE, asked[0], K, TrackFilter(bpm_min=60))
    load_s, load_cpu = time.perf_counter() - started, time.process_time() - cpu
    print(f"\n{database.engine.dialect.name}, {tracks} x {dimensions}, top {K}, {queries} queries a filter")
    print(
        f"  first question (loads)  {load_s:8.2f} s, CPU {load_cpu:.2f} s; load of the machine {load():.1f}"
    )
    found: dict[str, list[list[str]]] = {}
    times: dict[str, list[float]] = {}
    cpu_times: dict[str, list[float]] = {}
    for name, where in filters(genres, libraries).items():
        times[name], found[name] = [], []
        used = cpu_times[name] = []
        for query in asked:
            wall, cpu = time.perf_counter(), time.process_time()
            with database.read() as uow:
                hits = index.nearest(uow, SPACE, query, K, where)
            times[name].append((time.perf_counter() - wall) * 1000)
            used.append((time.process_time() - cpu) * 1000)
            found[name].append([hit.track_id for hit in hits])
        print(f"  {name:30} wall p50 {_at(times[name], 50):6.1f} p95 {_at(times[name], 95):6.1f} ms"
              f"   CPU p50 {_at(used, 50):6.1f} p95 {_at(used, 95):6.1f} ms", flush=True)  # fmt: skip
    grown = rss_mib()
    print(f"  resident: {before:.0f} MiB before, {grown:.0f} after: +{grown - before:.0f};"
          f" over the idle process ({idle:.0f}): +{grown - idle:.0f} MiB")  # fmt: skip
    recalls, ratio = exact(database, index, asked, filters(genres, libraries), found, times)
    index.close()
    gc.collect()
    print(f"  resident after the drop: {rss_mib():.0f} MiB (numpy's copy of the peer is gone too)")
    filtered = [name for name in times if name != "no filter"]
    return [
        Row(f"nearest {K} of {tracks} x {dimensions}, filtered, worst p95", "ms",
            max(_at(times[name], 95) for name in filtered), goal=Goal(25.0)),
        Row("the same in CPU time, which other work on the machine changes less", "ms",
            max(_at(cpu_times[name], 95) for name in filtered)),
        Row("nearest, recall against exact, worst filter", "share", min(recalls), goal=Goal(0.99, at_least=True)),
        Row("nearest, exact float32 scan's p50 over ours, no filter", "times", ratio),
        Row("nearest, memory over idle", "MiB", grown - idle, goal=Goal(160.0)),
    ]  # fmt: skip


def exact(
    database: Database,
    index: VectorIndex,
    asked: Floats,
    wheres: dict[str, TrackFilter],
    found: dict[str, list[list[str]]],
    ours: dict[str, list[float]],
) -> tuple[list[float], float]:
    """Recall of each filter, and how many times slower the whole matrix of floats is without one."""
    import numpy as np

    with database.read() as uow:
        ids, matrix = index.matrix(uow, SPACE)
        place = {id_: at for at, id_ in enumerate(ids)}
        passing = {
            name: np.array([place[i] for i in index.passing(uow, where)]) for name, where in wheres.items()
        }
    recalls, ratio = [], 0.0
    for name, rows in passing.items():
        mask = np.full(len(ids), -np.inf, dtype=np.float32)
        mask[rows] = 0.0
        hit, taken = 0, []
        for number, query in enumerate(asked):
            started = time.perf_counter()
            scores = matrix @ query + mask
            best = np.argpartition(-scores, K)[:K]
            taken.append((time.perf_counter() - started) * 1000)
            hit += len({ids[at] for at in best} & set(found[name][number]))
        recalls.append(hit / (K * len(asked)))
        if name == "no filter":
            ratio = _at(taken, 50) / _at(ours[name], 50)
        print(f"  {name:30} share {len(rows) / len(ids):6.3f} recall {recalls[-1]:.4f}"
              f"   exact float32 numpy p50 {_at(taken, 50):6.1f} p95 {_at(taken, 95):6.1f} ms", flush=True)  # fmt: skip
    return recalls, ratio


def _at(values: list[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def rows(
    tracks: int = 200_000, dimensions: int = 384, queries: int = 200, keep: Path | None = None
) -> list[Row]:
    """Measure in a database made for it; the rows of the common table."""
    from resonance.api import app  # noqa: F401  an idle server has this in memory

    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{keep or Path(folder, 'vectors.db')}")
        migrate.upgrade(database)
        gc.collect()
        idle = rss_mib()
        from resonance.adapters.memory_vectors import MemoryVectors

        made = measure(database, tracks, dimensions, queries, MemoryVectors(), idle)
        database.close()
        return made


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--tracks", type=int, default=200_000)
    options.add_argument("--dimensions", type=int, default=384)
    options.add_argument("--queries", type=int, default=200)
    options.add_argument("--keep", type=Path, help="the SQLite file to use, made where it is not there")
    asked = options.parse_args()
    print(table(rows(asked.tracks, asked.dimensions, asked.queries, asked.keep)))


if __name__ == "__main__":
    main()
