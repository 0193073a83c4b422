"""A sentence into a list without a model: how long it takes, and whether it keeps what it says.

    python bench/prompt.py [--tracks 100000] [--prompts 300] [--keep FILE] [--profile]

The sentences are those of tests/fixtures/sentences.py. Each line gives p50 / p95 / max in milliseconds of wall time
for understanding and making, then p95 of this process's CPU time (on a shared machine the steadier figure).
"""

# ruff: noqa: E402 - the tests package is not installed
from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import select
from tests.fixtures.sentences import sentences

from bench.meaning import fill
from bench.report import Goal, Row, percentile, table
from resonance.adapters.fts5 import Fts5Index
from resonance.adapters.memory_vectors import MemoryVectors
from resonance.analysis.embedding import Embedding
from resonance.assistant.assistant import Assistant
from resonance.db import migrate
from resonance.db.engine import Database
from resonance.db.tables import accounts, library
from resonance.model.caller import Caller, Role
from resonance.search.engine import IndexedSearch
from resonance.search.hybrid import Hybrid
from resonance.search.meaning.asking import Embedders

GOAL_MS = 300.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=100_000)
    parser.add_argument("--prompts", type=int, default=300)
    parser.add_argument("--keep", type=Path, help="the SQLite file to use, made where it is not there")
    parser.add_argument("--slow", action="store_true", help="print what was slow")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = given.keep is None or not given.keep.exists()
        database = Database(f"sqlite:///{given.keep or Path(folder, 'resonance.db')}")
        migrate.upgrade(database)
        names, vectors = IndexedSearch(Fts5Index()), MemoryVectors()
        if made:
            fill(database, given.tracks, names)
        Embedding(database, vectors, Embedders()).run()
        with database.read() as uow:
            user = uow.execute(select(accounts.user.c.id)).scalars().first()
            artists = tuple(uow.execute(select(library.artist.c.name).limit(30)).scalars())
        hybrid = Hybrid(names, vectors)
        assistant, caller = Assistant(database, lambda: hybrid), Caller(user or "", "bench", Role.USER)
        assistant.make(caller, assistant.understood(caller, "dark techno")[0])  # the index is read
        rows = _timed(assistant, caller, list(sentences(given.prompts, artists=artists)), given)
        vectors.close()
        database.close()
    print(table(rows))
    return 0


def _timed(assistant: Assistant, caller: Caller, texts: list[str], given: argparse.Namespace) -> list[Row]:
    walls, cpus, far = [], [], 0
    slow: list[tuple[float, str, str]] = []
    for number, text in enumerate(texts):
        wall, cpu = time.perf_counter(), time.process_time()
        plan, by = assistant.understood(caller, text)
        found = assistant.make(caller, plan, seed=number, by=by)
        walls.append((time.perf_counter() - wall) * 1e3)
        cpus.append((time.process_time() - cpu) * 1e3)
        off = abs(found.duration_s - found.wanted_s) / found.wanted_s if found.wanted_s else 0.0
        far += off > 0.02 and not any(note.kind in ("short", "off", "nothing") for note in found.notes)
        told = f"{len(found.tracks)} of {found.fitting}, {found.considered} considered"
        slow.append((walls[-1], text, told))
    if given.slow:
        for ms, text, told in sorted(slow, reverse=True)[:15]:
            print(f"{ms:6.0f} ms  {told:34} {text}")
    p50, p95 = percentile(walls, 0.5), percentile(walls, 0.95)
    print(
        f"{p50:7.1f} / {p95:7.1f} / {max(walls):7.1f} ms, CPU p95 {percentile(cpus, 0.95):7.1f} ms; off: {far}"
    )
    label = f"sentence to list of {given.tracks} tracks"
    return [
        Row(f"{label}, p95", "ms", p95, goal=Goal(GOAL_MS)),
        Row(f"{label}, CPU p95", "ms", percentile(cpus, 0.95)),
    ]


if __name__ == "__main__":
    sys.exit(main())
