"""The term index on PostgreSQL: a tsvector column with a GIN index.

The vectors are written out by us (terms of the name have weight A, others B), so no parser or dictionary of
PostgreSQL has a say in what a term is, and both databases find the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Text, bindparam, cast, delete, literal_column, select
from sqlalchemy.dialects.postgresql import TSQUERY

from resonance.db.engine import UnitOfWork
from resonance.db.tables.search import search_document as document
from resonance.search import store
from resonance.search.ports import Alternative, Atom, Expression, Group, Row
from resonance.search.text import Kind

MOST_WALKED = 20_000  # see fts5.py
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
        wanted = " & ".join(_group(group, "A" if names_only else "") for group in expression)
        matches = literal_column("vector").op("@@")(_as_query(wanted))
        walked = (
            select(*store.COLUMNS)
            .where(document.c.kind == kind, matches)
            .limit(cap if libraries is None else MOST_WALKED)
        )
        conditions: list[ColumnElement[bool]] = store.visible(kind, libraries)
        if not conditions:
            return [store.as_row(row) for row in uow.execute(walked)]
        ids = walked.with_only_columns(document.c.rowid).subquery()
        query = (
            select(*store.COLUMNS)
            .select_from(document.join(ids, document.c.rowid == ids.c.rowid))
            .where(*conditions)
            .limit(cap)
        )
        return [store.as_row(row) for row in uow.execute(query)]

    def rebuild(self, uow: UnitOfWork) -> None:
        """Write every vector again."""
        query = select(document.c.rowid, *store.COLUMNS)
        values = [(_vector(store.as_row(row[1:])), row[0]) for row in uow.execute(query)]
        if values:
            uow.connection.exec_driver_sql(_SET_VECTOR, values)


def _as_query(text: str) -> ColumnElement[object]:
    return cast(bindparam("wanted", text, type_=Text), TSQUERY)


def _vector(row: Row) -> str:
    places = [(term, "A") for term in row.name_terms.split()]
    places += [(term, "B") for term in row.more_terms.split()]
    return " ".join(f"{_quoted(term)}:{number}{weight}" for number, (term, weight) in enumerate(places, 1))


def _quoted(term: str) -> str:
    return "'" + term.replace("'", "").replace("\\", "") + "'"


def _group(group: Group, weight: str) -> str:
    return "(" + " | ".join(_alternative(alternative, weight) for alternative in group) + ")"


def _alternative(alternative: Alternative, weight: str) -> str:
    return "(" + " & ".join(_atom(atom, weight) for atom in alternative) + ")"


def _atom(atom: Atom, weight: str) -> str:
    marks = ("*" if atom.prefix else "") + weight
    return _quoted(atom.term) + (f":{marks}" if marks else "")
