"""pgvector: when it is used, how its tables keep in step, and what its index does with filters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import structlog
from sqlalchemy import text

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.adapters.pgvector import PgVectors, prepare
from resonance.db import migrate
from resonance.db.engine import Database
from resonance.db.tables import library as tables
from resonance.search.filters import TrackFilter
from resonance.search.vectors.ports import Space
from tests.fixtures.postgres import Server
from tests.fixtures.rows import EPOCH, Rows

WORDS = Space("words", "1", 48, "built-in")
TRACKS = 1500


@pytest.fixture(scope="module")
def vectors() -> Any:
    rows = np.random.default_rng(1).normal(size=(TRACKS, WORDS.dimensions))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def filled(pgserver_url: str, vectors: Any) -> Iterator[tuple[Database, list[str]]]:
    with (
        Database(pgserver_url).engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection
    ):
        connection.exec_driver_sql("CREATE DATABASE pgvector_room")
    database = Database(pgserver_url.replace("/postgres?", "/pgvector_room?"))
    migrate.upgrade(database)
    assert prepare(database) and prepare(database)
    ids = [f"{number:022d}" for number in range(TRACKS)]
    names = dict.fromkeys(("title", "title_folded", "title_sort", "artist_display", "artist_sort"), "x")
    with database.write() as uow:
        library = Rows(uow).library()
        assert library
        rows = [
            {"id": id_, **names, "year": 1900 + n % 100, "added_at": EPOCH, "updated_at": EPOCH}
            for n, id_ in enumerate(ids)
        ]
        uow.execute(tables.track.insert(), rows)
        PgVectors(database, index_from=500).put(uow, WORDS, zip(ids, vectors, ids, strict=True))
    yield database, ids
    database.close()


def found(database: Database, index: PgVectors, query: Any, k: int, where: TrackFilter) -> list[str]:
    with database.read() as uow:
        return [hit.track_id for hit in index.nearest(uow, "words", query, k, where)]


def test_an_index_goes_on_until_enough_rows_pass(filled: tuple[Database, list[str]], vectors: Any) -> None:
    database, ids = filled
    index = PgVectors(database, index_from=500)
    with database.write() as uow:
        assert (
            uow.execute(text("SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'pgvector%near'")).scalar()
            == 1
        )
        uow.connection.exec_driver_sql("ANALYZE")
    dice = np.random.default_rng(2)
    right = total = 0
    for years in (100, 50, 10, 2, 1):
        where = TrackFilter(year_to=1900 + years - 1)
        passing = [n for n in range(TRACKS) if n % 100 < years]
        for _ in range(5):
            query = dice.normal(size=WORDS.dimensions).astype(np.float32)
            own = found(database, index, query, 20, where)
            true = [ids[passing[at]] for at in np.argsort(-(vectors[passing] @ query))[:20]]
            assert len(own) == len(true), "as many as there are"
            right, total = right + len(set(own) & set(true)), total + len(true)
    assert right / total >= 0.97


def test_what_was_written_without_pgvector_is_caught_up(
    filled: tuple[Database, list[str]], vectors: Any
) -> None:
    database, ids = filled
    plain, index = MemoryVectors(), PgVectors(database, index_from=500)
    turned = -vectors[:3]
    with database.write() as uow:
        plain.put(uow, WORDS, zip(ids[:2], turned, ["new"] * 2, strict=False))
        plain.remove(uow, ids[2:4], "words")
    assert found(database, index, turned[1], 1, TrackFilter()) == [ids[1]]
    assert ids[2] not in found(database, index, vectors[2], TRACKS, TrackFilter())
    with database.write() as uow:  # all of it lost, as after a restore of the tables alone
        uow.execute(text("DROP TABLE pgvector_space"))
    assert prepare(database)
    assert found(database, index, turned[0], 1, TrackFilter()) == [ids[0]]
    with database.write() as uow:
        index.put(uow, WORDS, zip(ids[:4], vectors[:4], ids[:4], strict=True))
        assert index.nearest(uow, "words", vectors[3], 1)[0].track_id == ids[3]
    plain.close()
    index.close()


def test_a_server_without_it_says_so(postgres_server: Server) -> None:
    database = Database(postgres_server.new_database())
    with structlog.testing.capture_logs() as lines:
        assert not prepare(database)
    assert [(line["event"], line["reason"]) for line in lines] == [("vectors.in_memory", "no pgvector")]
    database.close()


def test_a_user_who_may_not_make_it_says_so(pgserver_url: str) -> None:
    with (
        Database(pgserver_url).engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection
    ):
        connection.exec_driver_sql("CREATE DATABASE pgvector_refused")
        connection.exec_driver_sql("CREATE ROLE plain LOGIN")
    url = pgserver_url.replace("/postgres?", "/pgvector_refused?").replace("postgres:@", "plain:@")
    database = Database(url)
    with structlog.testing.capture_logs() as lines:
        assert not prepare(database)
    assert [line["event"] for line in lines] == ["vectors.in_memory"]
    database.close()
