"""Shared fixtures: a migrated database of each kind, and callers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from resonance.db import migrate
from resonance.db.engine import Database
from resonance.model.caller import Caller, Role

pytest_plugins = ["tests.fixtures.postgres", "tests.fixtures.redis", "tests.fixtures.scanned"]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A migrated, empty SQLite file: copying it is faster than migrating for each test."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path.read_bytes()


@pytest.fixture
def database(sqlite_template: bytes, tmp_path: Path) -> Iterator[Database]:
    """A fresh database: SQLite, or an emptied PostgreSQL where RESONANCE_TEST_DATABASE names one."""
    url = os.environ.get("RESONANCE_TEST_DATABASE")
    if url is None:
        path = tmp_path / "resonance.db"
        path.write_bytes(sqlite_template)
        made = Database(f"sqlite:///{path}")
    else:
        made = Database(url)
        migrate.upgrade(made)
        _empty(made)
    yield made
    made.close()


def _empty(database: Database) -> None:
    from resonance.db.tables import metadata

    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")


@pytest.fixture
def admin() -> Caller:
    """An admin who may see everything. The row exists only where a test makes it."""
    return Caller(user_id="A" * 22, name="ada", role=Role.ADMIN)
