"""Bring the schema up to date, after a backup where the database is a file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from resonance.core.clock import now_ms
from resonance.core.errors import Unavailable
from resonance.db.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

BACKUPS_KEPT = 5
# Any fixed number: two processes that start at once migrate one after the other.
ADVISORY_LOCK = 7_262_931


def upgrade(database: Database, target: str = "head") -> bool:
    """Migrate to `target`; True when something changed.

    Raises Unavailable when the database was made by a newer Resonance.
    """
    if target == "head" and _stamp(database) == _newest():
        return False
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = alembic_config()
    script = ScriptDirectory.from_config(config)
    wanted = script.get_current_head() if target == "head" else target
    with database.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present == wanted:
        return False
    if present is not None and present not in {revision.revision for revision in script.walk_revisions()}:
        raise Unavailable("database", "This database was made by a newer version of Resonance.")
    if present is not None:
        _backup(database, present)
    with database.engine.connect() as connection:
        connection.info["begin"] = (
            "BEGIN IMMEDIATE"  # another process may be migrating: wait, then look again
        )
        _migrate(database, connection, config, target)
    return True


def _migrate(database: Database, connection: Connection, config: Config, target: str) -> None:
    from alembic import command
    from alembic.util import CommandError

    with connection.begin():
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, target)
        except CommandError as fault:
            raise Unavailable("database", f"The database could not be migrated: {fault}") from fault


def _newest() -> str:
    """The newest revision by the names of the migration files: importing Alembic takes longer than a scan."""
    files = (Path(__file__).parent / "migrations" / "versions").glob("[0-9]*_*.py")
    return max(path.name.partition("_")[0] for path in files)


def _stamp(database: Database) -> str | None:
    """The revision that the database says it has."""
    try:
        with database.engine.connect() as connection:
            stamp: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return stamp
    except DBAPIError:  # no such table yet
        return None


def alembic_config() -> Config:
    """Alembic's configuration without an ini file (importing alembic takes a while, so not at the top)."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _backup(database: Database, revision: str) -> None:
    path = database.sqlite_path
    if path is None or not path.exists():
        return
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    copy = folder / f"{path.stem}-{now_ms()}-{revision}.db"
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    copy.chmod(0o600)
    for old in sorted(folder.glob(f"{path.stem}-*.db"))[:-BACKUPS_KEPT]:
        old.unlink()
