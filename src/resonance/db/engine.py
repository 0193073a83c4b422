"""The database behind one URL, and its units of work.

SQLite runs in WAL mode; a writer takes BEGIN IMMEDIATE, a reader BEGIN, so a read that turns into a write
fails at once instead of deadlocking later. One process-wide lock queues our own writers fairly; other
processes are waited for by the busy timeout.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Executable, create_engine, event, text
from sqlalchemy.engine import make_url

BUSY_TIMEOUT_MS = 15_000


class UnitOfWork:
    """One transaction: whom it is for, whether it writes, and what follows its commit."""

    def __init__(self, connection: Connection, caller_id: str | None, *, writes: bool) -> None:
        self.connection = connection
        self.caller_id = caller_id
        self.writes = writes
        self._after_commit: list[Callable[[], None]] = []

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self.connection.dialect.name

    def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement; `parameters` is a dict, or a list of dicts to run it many times."""
        return self.connection.execute(statement, parameters)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run `action` once the transaction is durable; never if it is rolled back."""
        self._after_commit.append(action)

    def committed(self) -> None:
        """Called by the database after the commit."""
        actions, self._after_commit = self._after_commit, []
        for action in actions:
            action()


class Database:
    """An engine with the two kinds of transaction the project knows."""

    def __init__(self, url: str, *, pool_size: int = 20) -> None:
        self.url = make_url(url)
        if self.url.drivername in ("postgresql", "postgres"):
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.engine = _create_engine(self.url.render_as_string(hide_password=False), pool_size)
        self._write_lock = threading.RLock()

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is in use."""
        return self.engine.dialect.name == "sqlite"

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, None on PostgreSQL or in memory."""
        if not self.is_sqlite or not self.url.database or self.url.database == ":memory:":
            return None
        return Path(self.url.database)

    @property
    def libpq_url(self) -> str:
        """The address as PostgreSQL's own library understands it."""
        return self.url.set(drivername="postgresql").render_as_string(hide_password=False)

    @contextmanager
    def read(self, caller_id: str | None = None) -> Iterator[UnitOfWork]:
        """A snapshot to read from."""
        with (
            self.engine.connect() as connection,
            _transaction(connection, "BEGIN", caller_id, writes=False) as uow,
        ):
            yield uow

    @contextmanager
    def write(self, caller_id: str | None = None) -> Iterator[UnitOfWork]:
        """A transaction that writes; commits at the end, rolls back on an exception."""
        with (
            self.engine.connect() as connection,
            self._one_writer(),
            _transaction(connection, "BEGIN IMMEDIATE", caller_id, writes=True) as uow,
        ):
            yield uow
        uow.committed()

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        with self._write_lock:
            yield

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


@contextmanager
def _transaction(
    connection: Connection, begin: str, caller_id: str | None, *, writes: bool
) -> Iterator[UnitOfWork]:
    connection.info["begin"] = begin
    with connection.begin():
        if connection.dialect.name == "postgresql":
            # Row-level policies of a scaled-out database read this; is_local ends it with the transaction.
            setting = text("SELECT set_config('resonance.caller', :caller, true)")
            connection.execute(setting, {"caller": caller_id or ""})
        yield UnitOfWork(connection, caller_id, writes=writes)


def _create_engine(url: str, pool_size: int) -> Engine:
    engine = create_engine(
        url, pool_size=pool_size, max_overflow=40, pool_pre_ping=not url.startswith("sqlite")
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # we say BEGIN ourselves
    cursor = raw.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "wal_autocheckpoint=4000",  # pages; a scan's batches each touch much of the same indexes
        "foreign_keys=ON",
        "cache_size=-16384",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.info.pop("begin", "BEGIN"))
