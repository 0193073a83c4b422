"""Text search: what indexing costs, what questions cost, what is found.

    python bench/search.py [--tracks 10000 200000] [--database postgresql://...]

Each line of questions gives p50 / p95 / max in milliseconds of wall time, then of this process's CPU time
(on a shared machine the steadier figure; PostgreSQL's own is not in it). Each question asks for 20 hits of
every kind, as the web player and Subsonic's search3 do. The catalogue is tests/fixtures/names.py. A
PostgreSQL database is emptied first.
"""

# ruff: noqa: E402 - the tests package is not installed
from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.fixtures.names import catalogue

from bench.report import Goal, Row
from resonance.adapters.fts5 import Fts5Index
from resonance.adapters.pg_text import PgTextIndex
from resonance.core.text import fold
from resonance.db import migrate
from resonance.db.engine import Database
from resonance.search.engine import IndexedSearch
from resonance.search.text import Document

LETTERS = "abcdefghijklmnopqrstuvwxyz"
GOLDEN = ROOT / "tests/golden/misspellings.json"
Case = tuple[str, str]


def documents(tracks: int) -> list[Document]:
    return [
        Document(name.kind, f"{number:022d}", name.title, (name.artist, name.album))  # type: ignore[arg-type]
        for number, name in enumerate(catalogue(tracks))
    ]


def questions(all_documents: list[Document], dice: random.Random) -> Iterator[tuple[str, list[str]]]:
    titles = [fold(document.title) for document in dice.sample(all_documents, 150)]
    words = [word for title in titles for word in title.split() if len(word) > 4]
    yield "one letter", list(LETTERS)
    yield "two letters", [a + b for a in "stmblcr" for b in "aeioth"]
    yield "three letters", [word[:3] for word in words[:100]]
    yield "prefixes", [word[: dice.randint(4, len(word))] for word in words]
    yield "titles", titles
    yield (
        "title + artist",
        [
            f"{document.title} {document.more[0]}"
            for document in dice.sample(all_documents, 100)
            if document.more[0]
        ],
    )
    yield "common words + letter", [f"the {letter}" for letter in LETTERS] + [f"of the {a}" for a in LETTERS]
    yield "misspelt (held out)", [case["query"] for case in json.loads(GOLDEN.read_text())]
    yield (
        "misspelt among others",
        [f"{a} {_misspelt(b, dice)}" for a, b in pairwise(words)],
    )
    yield "nothing alike", ["".join(dice.choices(LETTERS, k=dice.randint(4, 12))) for _ in range(100)]
    yield (
        "typing a name",
        [name[:end] for name in ("the golden river", "metallurgica") for end in range(1, len(name))],
    )


def _misspelt(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    return word[:at] + dice.choice(LETTERS) + word[at + 1 :]


def measure(database: Database, tracks: int) -> float:
    """Print everything; hit@10 of the held-out misspellings."""
    every = documents(tracks)
    search = IndexedSearch(Fts5Index() if database.is_sqlite else PgTextIndex())
    started, cpu = time.perf_counter(), time.process_time()
    for start in range(0, len(every), 1000):
        with database.write() as uow:
            search.index(uow, every[start : start + 1000])
    took, cpu = time.perf_counter() - started, time.process_time() - cpu
    print(f"\n{database.engine.dialect.name}, {tracks} tracks, {len(every)} documents")
    print(
        f"  index in batches of 1000   {len(every) / took:9.0f} documents/s  ({len(every) / cpu:.0f} per CPU s)"
    )
    started = time.perf_counter()
    with database.write() as uow:
        search.index(uow, every[:1000])
    print(f"  1000 unchanged ones        {(time.perf_counter() - started) * 1000:9.1f} ms")
    started = time.perf_counter()
    with database.write() as uow:
        changed = [Document(d.kind, d.item_id, d.title + " x", d.more) for d in every[:200]]
        search.index(uow, changed)
    print(f"  200 changed ones           {(time.perf_counter() - started) * 1000:9.1f} ms")
    started = time.perf_counter()
    with database.write() as uow:
        search.index(uow, every[:200])
        search.remove(uow, "track", [d.item_id for d in every[-200:]])
        search.index(uow, every[-200:])
    print(f"  200 back, 200 out and in   {(time.perf_counter() - started) * 1000:9.1f} ms")
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE search_document")
    with database.read() as uow:
        started = time.perf_counter()
        search.query(uow, "voccabulary")
        print(
            f"  first misspelt question    {(time.perf_counter() - started) * 1000:9.1f} ms (loads the vocabulary)"
        )
    gc.collect()
    gc.freeze()
    for label, some in questions(every, random.Random(7)):
        print(f"  {label:24} {_times(database, search, some)}")
    found = _found(database, search, every)
    print(f"  hit@10 of the held-out list: {found:.4f}", flush=True)
    return found


def rows(tracks: int) -> list[Row]:
    """Measure on SQLite; the row of the common table."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/search.db")
        migrate.upgrade(database)
        found = measure(database, tracks)
        database.close()
    return [Row("search, hit@10 of held-out misspellings", "share", found, goal=Goal(0.95, at_least=True))]


def _times(database: Database, search: IndexedSearch, some: list[str]) -> str:
    wall, cpu = [], []
    for q in some:
        started, used = time.perf_counter(), time.process_time()
        with database.read() as uow:
            search.query(uow, q, limit=20)
        wall.append((time.perf_counter() - started) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    return f"{_percentiles(wall)}  | {_percentiles(cpu)}   n={len(some)}"


def _percentiles(times: list[float]) -> str:
    times.sort()
    return f"{times[len(times) // 2]:7.1f} {times[int(len(times) * 0.95)]:7.1f} {times[-1]:7.1f}"


def _found(database: Database, search: IndexedSearch, every: list[Document]) -> float:
    titles = {document.item_id: f" {fold(document.title)} " for document in every}
    cases = json.loads(GOLDEN.read_text())
    found = 0
    with database.read() as uow:
        for case in cases:
            hits = search.query(uow, case["query"])[:10]
            found += any(f" {fold(case['want'])} " in titles[hit.item_id] for hit in hits)
    return found / len(cases)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--tracks", type=int, nargs="+", default=[10_000, 200_000])
    options.add_argument(
        "--database", help="a PostgreSQL database to measure instead of SQLite; it is emptied"
    )
    asked = options.parse_args()
    for tracks in asked.tracks:
        if asked.database:
            database = Database(asked.database)
            migrate.upgrade(database)
            with database.engine.begin() as connection:
                connection.exec_driver_sql("TRUNCATE search_document, search_term")
            measure(database, tracks)
            database.close()
            continue
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{folder}/search.db")
            migrate.upgrade(database)
            measure(database, tracks)
            database.close()


if __name__ == "__main__":
    main()
