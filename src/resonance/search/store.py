"""The SQL of the text index that every database shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    or_,
    select,
    update,
)

from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, album_artist, carrier, track, track_artist
from resonance.db.tables.search import search_document as document
from resonance.db.tables.search import search_term as term
from resonance.search.ports import Row
from resonance.search.text import Kind

TERMS = "search_terms"
REBUILT = "search_rebuilt"
LAST = "\U0010ffff"  # sorts after every letter
_CHUNK = 500
COLUMNS = (
    document.c.kind,
    document.c.item_id,
    document.c.title,
    document.c.name_terms,
    document.c.more_terms,
    document.c.weight,
)


def as_row(row: Sequence[Any]) -> Row:
    """A selected row of `COLUMNS`."""
    return Row(row[0], row[1], row[2], row[3], row[4], row[5])


def stored(uow: UnitOfWork, kind: Kind, ids: Sequence[str]) -> dict[str, Row]:
    """The documents of these ids, by id."""
    found: dict[str, Row] = {}
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        query = select(*COLUMNS).where(document.c.kind == kind, document.c.item_id.in_(part))
        rows = [as_row(row) for row in uow.execute(query).all()]
        found.update((row.item_id, row) for row in rows)
    return found


def everything(uow: UnitOfWork) -> list[str]:
    """All terms of all documents, one text a document."""
    query = select(document.c.name_terms + " " + document.c.more_terms)
    return list(uow.execute(query).scalars())


def by_title(
    uow: UnitOfWork, start: str, kind: Kind, *, libraries: frozenset[str] | None, cap: int
) -> list[Row]:
    """Documents whose title begins with `start`, the title itself first; artists and albums by weight."""
    asked = {"kind": kind, "start": start, "end": start + LAST, "cap": cap, **allowed(libraries)}
    return [as_row(row) for row in uow.execute(_by_title(kind, libraries is not None), asked).all()]


# Composing a statement costs more than running most of these.
@cache
def _by_title(kind: Kind, restricted: bool) -> Select[Any]:
    c = document.c
    query = (
        select(*COLUMNS)
        .where(c.kind == bindparam("kind"), c.title >= bindparam("start"), c.title < bindparam("end"))
        .where(*visible(kind, restricted))
        .limit(bindparam("cap"))
    )
    if kind == "track":  # a letter can begin tens of thousands: in the order of the index, without sorting
        return query.order_by(c.title, c.weight.desc())
    return query.order_by((c.title != bindparam("start")), c.weight.desc(), c.title, c.item_id)


def set_weights(uow: UnitOfWork, rows: Sequence[Row]) -> None:
    """Store new weights; the terms stay as they are."""
    c = document.c
    change = (
        update(document)
        .where(c.kind == bindparam("of_kind"), c.item_id == bindparam("of_item"))
        .values(weight=bindparam("new_weight"))
    )
    if rows:
        uow.execute(change, [{"of_kind": r.kind, "of_item": r.item_id, "new_weight": r.weight} for r in rows])


def with_titles(
    uow: UnitOfWork, titles: Collection[str], kind: Kind, *, libraries: frozenset[str] | None, cap: int
) -> list[Row]:
    """Documents with exactly one of these titles."""
    asked = {"kind": kind, "titles": sorted(titles), "cap": cap, **allowed(libraries)}
    return [as_row(row) for row in uow.execute(_with_titles(kind, libraries is not None), asked).all()]


@cache
def _with_titles(kind: Kind, restricted: bool) -> Select[Any]:
    c = document.c
    return (
        select(*COLUMNS)
        .where(c.kind == bindparam("kind"), c.title.in_(bindparam("titles", expanding=True)))
        .where(*visible(kind, restricted))
        .order_by(c.title, c.weight.desc())
        .limit(bindparam("cap"))
    )


def allowed(libraries: frozenset[str] | None) -> dict[str, list[str]]:
    """The parameter of `visible`."""
    return {} if libraries is None else {"libraries": sorted(libraries)}


def visible(kind: Kind, restricted: bool) -> list[ColumnElement[bool]]:
    """The conditions under which a document's item may be seen; none for callers who see everything."""
    if not restricted:
        return []
    libraries: BindParameter[str] = bindparam("libraries", expanding=True)
    item = document.c.item_id
    in_album = and_(album.c.library_id.in_(libraries), album.c.track_count > 0)
    if kind == "album":
        return [exists().where(album.c.id == item, in_album)]
    on_disk = and_(carrier.c.library_id.in_(libraries), carrier.c.missing_at.is_(None))
    if kind == "track":
        return [exists().where(carrier.c.track_id == item, on_disk)]
    of_albums = exists().where(
        album_artist.c.artist_id == item, album.c.id == album_artist.c.album_id, in_album
    )
    of_tracks = exists().where(
        track_artist.c.artist_id == item,
        track.c.id == track_artist.c.track_id,
        carrier.c.track_id == track.c.id,
        on_disk,
    )
    return [or_(of_albums, of_tracks)]


# Plain driver statements: a scan sends hundreds of thousands of these rows.
_COUNT_TERM = (
    "INSERT INTO search_term (term, documents, number) VALUES (?, ?, ?) "
    "ON CONFLICT (term) DO UPDATE SET documents = search_term.documents + excluded.documents"
)
_FORGET_UNUSED = delete(term).where(term.c.term == bindparam("unused"), term.c.documents <= 0)


def count_terms(uow: UnitOfWork, changes: Counter[str]) -> None:
    """Add to the document counts; terms that no document holds any more go."""
    # In order of the term, so that two writers on PostgreSQL never wait for each other in a circle.
    changed = sorted((name, count) for name, count in changes.items() if count)
    if not changed:
        return
    versions.bump(uow, TERMS)
    number = versions.current(uow, TERMS)
    statement = _COUNT_TERM if uow.dialect == "sqlite" else _COUNT_TERM.replace("?", "%s")
    uow.connection.exec_driver_sql(statement, [(name, count, number) for name, count in changed])
    fewer = [{"unused": name} for name, count in changed if count < 0]
    if fewer:
        uow.execute(_FORGET_UNUSED, fewer)


def replace_terms(uow: UnitOfWork, counts: Counter[str]) -> None:
    """Throw the vocabulary away and count anew; copies in memory are told to start over."""
    uow.execute(delete(term))
    versions.bump(uow, REBUILT)
    count_terms(uow, counts)


def terms_since(uow: UnitOfWork, number: int) -> list[tuple[str, int]]:
    """Terms that came after version `number`, with their document counts."""
    query = select(term.c.term, term.c.documents).where(term.c.number > number).order_by(term.c.term)
    rows: Iterable[Any] = uow.execute(query)
    return [(row[0], row[1]) for row in rows]
