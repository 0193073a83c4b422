"""The library of the sentences, made once for a file of tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.analysis.embedding import Embedding
from resonance.assistant.assistant import Assistant
from resonance.db import migrate
from resonance.db.engine import Database
from resonance.search.meaning.asking import Embedders
from tests.rooms.prompt.kit import World, fill


@pytest.fixture(scope="module")
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    from resonance.search.engine import IndexedSearch
    from resonance.search.hybrid import Hybrid

    url, index = _place(request, tmp_path_factory)
    database = Database(url)
    caller, truths = fill(database)
    vectors = MemoryVectors()
    Embedding(database, vectors, Embedders()).run()
    hybrid = Hybrid(IndexedSearch(index), vectors)
    yield World(database, caller, Assistant(database, lambda: hybrid), truths, url)
    vectors.close()
    database.close()


@pytest.fixture
def world(filled: World, fresh_url: object) -> World:
    """Filled once for the file; `fresh_url` says that it stands on the database that this run is about."""
    return filled


def _place(request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> tuple[str, Any]:
    """A migrated, empty database that lasts for the file, and what finds names in it."""
    if request.config.getoption("postgres"):
        from resonance.adapters.pg_text import PgTextIndex

        url: str = request.getfixturevalue("postgres_server").new_database()
        empty = Database(url)
        migrate.upgrade(empty)
        empty.close()
        return url, PgTextIndex()
    from resonance.adapters.fts5 import Fts5Index

    path = folders.mktemp("prompt") / "resonance.db"
    path.write_bytes(request.getfixturevalue("sqlite_template"))
    return f"sqlite:///{path}", Fts5Index()
