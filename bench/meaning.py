"""Text to tracks without a model: what making the vectors costs, and how long a question takes.

    python bench/meaning.py [--tracks 200000] [--rounds 3] [--database postgresql://...]

The questions are the sixty of tests/golden/prompts.json and fifty names; each asks for the 50 best tracks as
GET /search/tracks does, rows read and JSON made. Each line gives p50 / p95 / max in milliseconds of wall time,
then p95 of this process's CPU time (on a shared machine the steadier figure).
"""

# ruff: noqa: E402 - the tests package is not installed
from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import msgspec
from sqlalchemy import bindparam, select, update
from tests.fixtures.prompts import prompts

from bench.catalogue_rows import EPOCH, Synthesis
from bench.report import Goal, Row, percentile, table
from resonance.adapters.fts5 import Fts5Index
from resonance.adapters.memory_vectors import MemoryVectors
from resonance.adapters.pg_text import PgTextIndex
from resonance.analysis.embedding import Embedding
from resonance.core.text import fold
from resonance.db import migrate, versions
from resonance.db.bulk import insert_rows
from resonance.db.engine import Database
from resonance.db.tables import library
from resonance.db.tables.analysis import features
from resonance.library import traits
from resonance.library.ask import Wish, ask
from resonance.model.caller import OPERATOR
from resonance.search.engine import IndexedSearch
from resonance.search.hybrid import Hybrid
from resonance.search.meaning.asking import Embedders
from resonance.search.text import Document

GENRES = ["Rock", "Pop", "Jazz", "Blues", "Techno", "Deep House", "Drum & Bass", "Ambient", "Downtempo", "Lo-Fi", "Hip-Hop", "Trap", "Soul", "Funk", "Disco", "Reggae", "Salsa", "Bossa Nova", "Folk", "Country", "Classical", "Baroque", "Solo Piano", "Orchestral", "Heavy Metal", "Death Metal", "Punk Rock", "Indie Pop", "Synthpop", "Trance"]  # fmt: skip
MOODS = [
    "happy",
    "sad",
    "aggressive",
    "calm",
    "party",
    "dark",
    "dreamy",
    "romantic",
    "epic",
    "tense",
    "nostalgic",
    "warm",
    "nocturnal",
]
GOAL_MS = 100.0


def fill(database: Database, tracks: int, names: IndexedSearch) -> None:
    """A catalogue with genres, mood tags and measurements."""
    dice = random.Random(5)
    Synthesis(3).fill(database, tracks)
    with database.write() as uow:
        rows = uow.execute(select(library.genre.c.id).order_by(library.genre.c.id)).scalars().all()
        uow.execute(update(library.genre).values(name_folded=library.genre.c.id))
        for number, id_ in enumerate(rows):
            name = GENRES[number] if number < len(GENRES) else f"Regional {number}"
            uow.execute(
                update(library.genre)
                .where(library.genre.c.id == id_)
                .values(name=name, name_folded=fold(name))
            )
        run = uow.connection.exec_driver_sql
        run(
            "UPDATE track SET genres = (SELECT g.name FROM track_genre tg JOIN genre g ON g.id = tg.genre_id"
            " WHERE tg.track_id = track.id)"
        )
        ids = list(uow.execute(select(library.track.c.id)).scalars())
        tagged = [
            {"id": id_, "words": ";".join(dice.sample(MOODS, 2)) if dice.random() < 0.4 else ""}
            for id_ in ids
        ]
        for row in tagged:
            row["b_id"] = row.pop("id")
        statement = update(library.track).where(library.track.c.id == bindparam("b_id"))
        uow.execute(statement.values(mood_tags=bindparam("words")), tagged)
        insert_rows(uow, features, [_measured(id_, dice) for id_ in ids])
        traits.refresh(uow, ids)
        versions.bump(uow, "catalogue")
        versions.bump(uow, "features")
    _index(database, names)


def _measured(id_: str, dice: random.Random) -> dict[str, Any]:
    return {
        "track_id": id_,
        "etag": "e",
        "analyser": "resonance",
        "timbre_version": 1,
        "bpm": round(dice.uniform(60, 180), 2),
        "bpm_confidence": round(dice.uniform(0.2, 1), 3),
        "key_tonic": dice.randrange(12),
        "key_mode": dice.choice(["major", "minor"]),
        "key_strength": round(dice.uniform(0.3, 1), 3),
        "energy": round(dice.random(), 4),
        "danceability": round(dice.random(), 4),
        "brightness": round(dice.random(), 4),
        "acousticness_proxy": round(dice.random(), 4),
        "lufs_i": round(dice.uniform(-24, -6), 2),
        "analysed_at": EPOCH,
    }


def _index(database: Database, names: IndexedSearch) -> None:
    with database.read() as uow:
        columns = (library.track.c.id, library.track.c.title, library.track.c.artist_display)
        rows = uow.execute(select(*columns)).all()
    for start in range(0, len(rows), 5000):
        with database.write() as uow:
            some = [Document("track", row[0], row[1], (row[2],)) for row in rows[start : start + 5000]]
            names.index(uow, some)


def timed(
    database: Database, hybrid: Hybrid, embedders: Embedders, texts: list[str], rounds: int
) -> list[float]:
    """[p50, p95, max of wall time, p95 of CPU time] in milliseconds."""
    encoder, walls, cpus = msgspec.json.Encoder(), [], []
    for _ in range(rounds):
        for text in texts:
            wall, cpu = time.perf_counter(), time.process_time()
            asked = embedders.ask(text)
            with database.read() as uow:
                encoder.encode(ask(uow, OPERATOR, hybrid, asked, Wish(), limit=50))
            walls.append((time.perf_counter() - wall) * 1e3)
            cpus.append((time.process_time() - cpu) * 1e3)
    return [percentile(walls, 0.5), percentile(walls, 0.95), max(walls), percentile(cpus, 0.95)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", help="an empty PostgreSQL database instead of SQLite")
    parser.add_argument("--keep", type=Path, help="the SQLite file to use, made where it is not there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = given.keep is None or not given.keep.exists()
        database = Database(given.database or f"sqlite:///{given.keep or Path(folder, 'resonance.db')}")
        migrate.upgrade(database)
        names = IndexedSearch(Fts5Index() if database.is_sqlite else PgTextIndex())
        if made:
            fill(database, given.tracks, names)
        with database.read() as uow:
            titles = list(uow.execute(select(library.track.c.title).limit(50)).scalars())
        vectors, embedders = MemoryVectors(), Embedders()
        hybrid, job = Hybrid(names, vectors), Embedding(database, vectors, embedders)
        began, cpu = time.perf_counter(), time.process_time()
        done = job.run()
        spent, cpu = time.perf_counter() - began, time.process_time() - cpu
        if made:
            print(f"{done.written} vectors in {spent:.1f} s, {cpu:.1f} s of them CPU", flush=True)
        began = time.perf_counter()
        again = job.run()
        print(f"nothing to do: {time.perf_counter() - began:.2f} s, {again.read} read")
        began = time.perf_counter()
        timed(database, hybrid, embedders, ["dark techno"], 1)
        print(f"first question (index read): {time.perf_counter() - began:.2f} s")
        rows = []
        for what, texts in (("prompts", [prompt["text"] for prompt in prompts()]), ("names", titles)):
            p50, p95, most, p95_cpu = timed(database, hybrid, embedders, texts, given.rounds)
            print(f"{what:8} {p50:7.1f} / {p95:7.1f} / {most:7.1f} ms, CPU p95 {p95_cpu:7.1f} ms")
            rows.append(
                Row(f"text to 50 of {given.tracks} tracks, {what}, p95", "ms", p95, goal=Goal(GOAL_MS))
            )
        vectors.close()
        database.close()
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
