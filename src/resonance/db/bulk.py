"""Inserting thousands of rows without SQLAlchemy's work for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, Table, insert

from resonance.db.engine import UnitOfWork


def insert_rows(uow: UnitOfWork, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """As `insert(table)` with these rows, which all have the same columns, at least two.

    Values go to the driver as they are: only for columns of text, numbers and booleans, and defaults made
    in Python are not applied.
    """
    if not rows:
        return
    sql, order = _statement(uow.connection.dialect, table, tuple(rows[0]))
    # Drivers differ in whether they take values by place or by name.
    values = list(map(itemgetter(*order), rows)) if order else list(rows)
    uow.connection.exec_driver_sql(sql, values)


@lru_cache(maxsize=64)
def _statement(dialect: Dialect, table: Table, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    compiled: Any = insert(table).compile(dialect=dialect, column_keys=list(names))
    return str(compiled), tuple(compiled.positiontup or ())
