"""Keyset pages over any ordered select.

A sort is a list of columns that all run in one direction and end in a unique one. Rows whose first
column is NULL are read by a second statement, because the two databases disagree on where NULL sorts and an
index serves each half but not the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, tuple_

from resonance.core.errors import Invalid
from resonance.core.paging import Key, decode_cursor, encode_cursor, fits
from resonance.db.engine import UnitOfWork

MAX_LIMIT = 500


@dataclass(frozen=True)
class Sort:
    """`keys` order the rows that fulfil `present`; the rest follow, ordered by `rest_keys`.

    Where an absent value means nought (`rest_is_zero`: plays, stars), an ascending list starts with the rest;
    where it means unknown (a year), the rest comes last in both directions.
    """

    keys: tuple[ColumnElement[Any], ...]
    present: ColumnElement[bool] | None = None
    rest: ColumnElement[bool] | None = None
    rest_keys: tuple[ColumnElement[Any], ...] = ()
    rest_is_zero: bool = False

    def phases(self, *, descending: bool) -> list[Phase]:
        """The statements to read one after the other."""
        first = Phase(self.keys, self.present)
        if self.rest is None:
            return [first]
        rest = Phase(self.rest_keys, self.rest)
        return [rest, first] if self.rest_is_zero and not descending else [first, rest]


@dataclass(frozen=True)
class Phase:
    """One run of rows: what orders and what selects them."""

    keys: tuple[ColumnElement[Any], ...]
    condition: ColumnElement[bool] | None


def checked_limit(limit: int) -> int:
    """Invalid unless 1..500."""
    if not 1 <= limit <= MAX_LIMIT:
        raise Invalid(f"A page has 1 to {MAX_LIMIT} items.", field="limit")
    return limit


def page(
    uow: UnitOfWork,
    statement: Select[Any],
    sort: Sort,
    *,
    name: str,
    descending: bool,
    cursor: str | None,
    limit: int,
    parameters: dict[str, Any] | None = None,
) -> tuple[list[Row[Any]], str | None]:
    """The rows after `cursor` (each followed by its sort keys) and the cursor of the next page.

    `name` marks cursors so that one of another list or order is refused with Invalid.
    """
    limit = checked_limit(limit)
    label = f"{name}{'-' if descending else '+'}"
    phases = sort.phases(descending=descending)
    at, after = _start(cursor, label, phases)
    rows: list[Row[Any]] = []
    end: str | None = None
    while at < len(phases):
        wanted = limit + 1 - len(rows)
        select = _ordered(statement, phases[at], after, descending)
        found = uow.execute(select.limit(wanted), parameters).all()
        shown = found[: wanted - 1]
        if shown:
            end = encode_cursor(label, at, *shown[-1][-len(phases[at].keys) :])
        rows += shown
        if len(found) == wanted:
            return rows, end
        at, after = at + 1, None
    return rows, None


def _ordered(
    statement: Select[Any],
    phase: Phase,
    after: list[Key] | None,
    descending: bool,
) -> Select[Any]:
    select = statement.add_columns(*(key.label(f"key_{at}") for at, key in enumerate(phase.keys)))
    if phase.condition is not None:
        select = select.where(phase.condition)
    if after is not None:
        here = tuple_(*phase.keys)
        select = select.where(here < after if descending else here > after)
    return select.order_by(*(key.desc() if descending else key.asc() for key in phase.keys))


def _start(cursor: str | None, label: str, phases: list[Phase]) -> tuple[int, list[Key] | None]:
    """The phase and the keys a cursor stands for; Invalid when it is not one of this list."""
    if cursor is None:
        return 0, None
    for place, phase in enumerate(phases):
        try:
            marked, at, *values = decode_cursor(cursor, len(phase.keys) + 2)
        except Invalid:
            continue
        if marked == label and at == place and _fit(phase.keys, values):
            return place, values
    raise stale()


def stale() -> Invalid:
    """The answer to a cursor that is not ours or no longer makes sense."""
    return Invalid("That page no longer exists.", field="cursor")


def _fit(keys: Sequence[ColumnElement[Any]], values: Sequence[Key]) -> bool:
    """Whether the values could have come from the columns: a forged cursor must not reach the database."""
    return all(fits(key.type.python_type, value) for key, value in zip(keys, values, strict=True))
