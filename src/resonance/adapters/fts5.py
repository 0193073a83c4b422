"""The term index on SQLite: an FTS5 table over search_document.

The table keeps no copy of the text (external content), so before a row changes FTS5 is told its exact old
terms. Row ids carry the kind in their high bits: a range of row ids is the one filter FTS5 applies while it
walks its lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, column, literal_column, select, table, text

from resonance.db.engine import UnitOfWork
from resonance.db.tables.search import search_document as document
from resonance.search import store
from resonance.search.ports import Alternative, Atom, Expression, Group, Row
from resonance.search.text import Kind

_FTS = table("search_fts", column("rowid"))
_KIND_BASE: dict[Kind, int] = {"artist": 1 << 40, "album": 2 << 40, "track": 3 << 40}
_CHUNK = 500
# For callers who may not see everything: matches walked through in search of visible ones.
MOST_WALKED = 20_000

_INSERT = (
    "INSERT INTO search_document (rowid, kind, item_id, title, name_terms, more_terms, weight)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_LEARN = text(
    "INSERT INTO search_fts (rowid, name_terms, more_terms) "
    "SELECT rowid, name_terms, more_terms FROM search_document WHERE rowid BETWEEN :first AND :last"
)
_FORGET = (
    "INSERT INTO search_fts (search_fts, rowid, name_terms, more_terms) "
    "SELECT 'delete', rowid, name_terms, more_terms FROM search_document "
    "WHERE kind = :kind AND item_id = :item_id"
)
_UPDATE = (
    "UPDATE search_document SET title = :title, name_terms = :name_terms, more_terms = :more_terms, "
    "weight = :weight WHERE kind = :kind AND item_id = :item_id"
)
_LEARN_ONE = (
    "INSERT INTO search_fts (rowid, name_terms, more_terms) "
    "SELECT rowid, name_terms, more_terms FROM search_document WHERE kind = :kind AND item_id = :item_id"
)
_DELETE = "DELETE FROM search_document WHERE kind = :kind AND item_id = :item_id"


class Fts5Index:
    """TermIndex on SQLite's FTS5."""

    def add(self, uow: UnitOfWork, rows: Sequence[Row]) -> None:
        """Insert in one go per kind."""
        for kind, base in _KIND_BASE.items():
            own = [row for row in rows if row.kind == kind]
            if not own:
                continue
            last = uow.execute(
                text("SELECT max(rowid) FROM search_document WHERE rowid BETWEEN :first AND :last"),
                {"first": base, "last": base + (1 << 40) - 1},
            ).scalar()
            first = base if last is None else last + 1
            values = [
                (first + number, kind, row.item_id, row.title, row.name_terms, row.more_terms, row.weight)
                for number, row in enumerate(own)
            ]
            uow.connection.exec_driver_sql(_INSERT, values)
            uow.execute(_LEARN, {"first": first, "last": first + len(own) - 1})

    def replace(self, uow: UnitOfWork, rows: Sequence[Row]) -> None:
        """Forget the old terms, then learn the new ones."""
        for row in rows:
            values = _values(row)
            for statement in (_FORGET, _UPDATE, _LEARN_ONE):
                uow.connection.exec_driver_sql(statement, values)

    def remove(self, uow: UnitOfWork, kind: Kind, ids: Sequence[str]) -> None:
        """Forget the terms, then the rows."""
        for item_id in ids:
            for statement in (_FORGET, _DELETE):
                uow.connection.exec_driver_sql(statement, {"kind": kind, "item_id": item_id})

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
        """Matches in row id order, at most `cap` of them."""
        wanted = _expression(expression)
        asked = {
            "wanted": f"name_terms : ({wanted})" if names_only else wanted,
            "first": _KIND_BASE[kind],
            "end": _KIND_BASE[kind] + (1 << 40),
            "walked": cap if libraries is None else MOST_WALKED,
            "cap": cap,
            **store.allowed(libraries),
        }
        return [store.as_row(row) for row in uow.execute(_match(kind, libraries is not None), asked)]

    def rebuild(self, uow: UnitOfWork) -> None:
        """Let FTS5 read search_document again."""
        uow.connection.exec_driver_sql("INSERT INTO search_fts (search_fts) VALUES ('rebuild')")


@cache
def _match(kind: Kind, restricted: bool) -> Select[Any]:
    walked = (
        select(_FTS.c.rowid)
        .where(literal_column("search_fts").op("MATCH")(bindparam("wanted")))
        .where(_FTS.c.rowid >= bindparam("first"), _FTS.c.rowid < bindparam("end"))
        .limit(bindparam("walked"))
        .subquery()
    )
    return (
        select(*store.COLUMNS)
        .select_from(walked.join(document, document.c.rowid == walked.c.rowid))
        .where(*store.visible(kind, restricted))
        .limit(bindparam("cap"))
    )


def _values(row: Row) -> dict[str, object]:
    return {
        "kind": row.kind,
        "item_id": row.item_id,
        "title": row.title,
        "name_terms": row.name_terms,
        "more_terms": row.more_terms,
        "weight": row.weight,
    }


def _expression(expression: Expression) -> str:
    return " AND ".join(_group(group) for group in expression)


def _group(group: Group) -> str:
    return "(" + " OR ".join(_alternative(alternative) for alternative in group) + ")"


def _alternative(alternative: Alternative) -> str:
    joined = " AND ".join(_atom(atom) for atom in alternative)
    return f"({joined})" if len(alternative) > 1 else joined


def _atom(atom: Atom) -> str:
    quoted = '"' + atom.term.replace('"', "") + '"'
    return f"{quoted} *" if atom.prefix else quoted
