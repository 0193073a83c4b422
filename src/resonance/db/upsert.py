"""INSERT ... ON CONFLICT in the one form that SQLite and PostgreSQL share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, bindparam
from sqlalchemy.dialects import sqlite

from resonance.db.engine import UnitOfWork


def upsert(
    uow: UnitOfWork,
    table: Table,
    rows: Sequence[dict[str, Any]],
    *,
    keys: Sequence[str],
    update: Sequence[str],
) -> None:
    """Insert `rows`; where `keys` exist already, overwrite the `update` columns (none: leave the old row).

    All rows must have the same columns. Duplicates of a key within `rows` are fine.
    """
    if not rows:
        return
    values = {name: bindparam(name, type_=table.c[name].type) for name in rows[0]}
    if uow.dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # slow to import, and SQLite is the rule

        on_postgres = postgresql.insert(table).values(values)
        changed = {name: on_postgres.excluded[name] for name in update}
        statement: Any = (
            on_postgres.on_conflict_do_update(index_elements=list(keys), set_=changed)
            if update
            else on_postgres.on_conflict_do_nothing(index_elements=list(keys))
        )
    else:
        on_sqlite = sqlite.insert(table).values(values)
        changed = {name: on_sqlite.excluded[name] for name in update}
        statement = (
            on_sqlite.on_conflict_do_update(index_elements=list(keys), set_=changed)
            if update
            else on_sqlite.on_conflict_do_nothing(index_elements=list(keys))
        )
    uow.execute(statement, list(rows))


def insert_new(uow: UnitOfWork, table: Table, rows: Sequence[dict[str, Any]], *, key: str) -> set[Any]:
    """Insert the rows whose `key` is not there yet; the keys that were inserted."""
    insert: Any = sqlite.insert
    if uow.dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        insert = postgresql.insert
    new: set[Any] = set()
    for start in range(0, len(rows), 100):
        statement = insert(table).values(list(rows[start : start + 100]))
        statement = statement.on_conflict_do_nothing(index_elements=[key]).returning(table.c[key])
        new.update(uow.execute(statement).scalars())
    return new
