"""The term index on PostgreSQL: a tsvector column with a GIN index.

The vectors are written out by us (terms of the name have weight A, others B), so no parser or dictionary of
PostgreSQL has a say in what a term is, and both databases find the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, Text, bindparam, cast, delete, literal_column, select
from sqlalchemy.dialects.postgresql import TSQUERY

from resonance.db.engine import UnitOfWork
from resonance.db.tables.search import search_document as document
from resonance.search import store
from resonance.search.ports import Alternative, Atom, Expression, Group, Row
from resonance.search.text import Kind

MOST_WALKED = 20_000  # see fts5.py
# Thousands of terms begin with the same letters, and GIN would gather the rows of each: short beginnings
# are entries of their own.
SHORT = (1, 2, 3)
START = "~"
_INSERT = (
    "INSERT INTO search_document (kind, item_id, title, name_terms, more_terms, weight, vector)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s::tsvector)"
)
_UPDATE = (
    "UPDATE search_document SET title = %s, name_terms = %s, more_terms = %s, weight = %s, "
    "vector = %s::tsvector WHERE kind = %s AND item_id = %s"
)
_SET_VECTOR = "UPDATE search_document SET vector = %s::tsvector WHERE rowid = %s"


class PgTextIndex:
    """TermIndex on PostgreSQL's tsvector."""

    def add(self, uow: UnitOfWork, rows: Sequence[Row]) -> None:
        """Insert with vectors."""
        values = [
            (r.kind, r.item_id, r.title, r.name_terms, r.more_terms, r.weight, _vector(r)) for r in rows
        ]
        if values:
            uow.connection.exec_driver_sql(_INSERT, values)

    def replace(self, uow: UnitOfWork, rows: Sequence[Row]) -> None:
        """Overwrite with new vectors."""
        values = [
            (r.title, r.name_terms, r.more_terms, r.weight, _vector(r), r.kind, r.item_id) for r in rows
        ]
        if values:
            uow.connection.exec_driver_sql(_UPDATE, values)

    def remove(self, uow: UnitOfWork, kind: Kind, ids: Sequence[str]) -> None:
        """Delete; the index follows by itself."""
        uow.execute(delete(document).where(document.c.kind == kind, document.c.item_id.in_(ids)))

    def match(
        self,
        uow: UnitOfWork,
        expression: Expression,
        kind: Kind,
        *,
        names_only: bool,
        libraries: frozenset[str] | None,
        cap: int,
    ) -> list[Row]:
        """Matches in heap order, at most `cap` of them."""
        asked = {
            "wanted": " & ".join(_group(group, "A" if names_only else "") for group in expression),
            "kind": kind,
            "walked": MOST_WALKED,
            "cap": cap,
            **store.allowed(libraries),
        }
        # A plan for any query treats "the" like a rare word; the best plan depends on the words.
        uow.connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")
        return [store.as_row(row) for row in uow.execute(_match(kind, libraries is not None), asked)]

    def rebuild(self, uow: UnitOfWork) -> None:
        """Write every vector again."""
        query = select(document.c.rowid, *store.COLUMNS)
        values = [(_vector(store.as_row(row[1:])), row[0]) for row in uow.execute(query)]
        if values:
            uow.connection.exec_driver_sql(_SET_VECTOR, values)


@cache
def _match(kind: Kind, restricted: bool) -> Select[Any]:
    wanted = cast(bindparam("wanted", type_=Text), TSQUERY)
    matches = (document.c.kind == bindparam("kind"), literal_column("vector").op("@@")(wanted))
    if not restricted:
        return select(*store.COLUMNS).where(*matches).limit(bindparam("cap"))
    walked = select(document.c.rowid).where(*matches).limit(bindparam("walked")).subquery()
    return (
        select(*store.COLUMNS)
        .select_from(document.join(walked, document.c.rowid == walked.c.rowid))
        .where(*store.visible(kind, restricted))
        .limit(bindparam("cap"))
    )


def _vector(row: Row) -> str:
    places = [(term, "A") for term in row.name_terms.split()]
    places += [(term, "B") for term in row.more_terms.split()]
    starts = {(term[:size] + START, weight) for term, weight in places for size in SHORT if len(term) >= size}
    return " ".join(
        f"{_quoted(term)}:{number}{weight}" for number, (term, weight) in enumerate([*places, *starts], 1)
    )


def _quoted(term: str) -> str:
    return "'" + term.replace("'", "").replace("\\", "") + "'"


def _group(group: Group, weight: str) -> str:
    return "(" + " | ".join(_alternative(alternative, weight) for alternative in group) + ")"


def _alternative(alternative: Alternative, weight: str) -> str:
    return "(" + " & ".join(_atom(atom, weight) for atom in alternative) + ")"


def _atom(atom: Atom, weight: str) -> str:
    if atom.prefix and len(atom.term) in SHORT:
        atom = Atom(atom.term + START)
    marks = ("*" if atom.prefix else "") + weight
    return _quoted(atom.term) + (f":{marks}" if marks else "")
