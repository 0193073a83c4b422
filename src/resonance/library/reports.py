"""What an admin reads about scans: their history, broken files, missing tracks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select, tuple_

from resonance.core.clock import iso
from resonance.core.paging import Page, decode_cursor, encode_cursor
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, broken_file, carrier, scan, track
from resonance.library.scanning.runs import row_as_item
from resonance.model.caller import Caller


def scans(
    uow: UnitOfWork, caller: Caller, *, library_id: str | None, cursor: str | None, limit: int
) -> Page[dict[str, Any]]:
    """Scans, newest first, of the libraries the caller may see."""
    query = select(scan).order_by(scan.c.started_at.desc(), scan.c.id.desc())
    if caller.libraries is not None:
        query = query.where(scan.c.library_id.in_(caller.libraries))
    if library_id is not None:
        query = query.where(scan.c.library_id == library_id)
    if cursor is not None:
        query = query.where(tuple_(scan.c.started_at, scan.c.id) < tuple(decode_cursor(cursor, 2)))
    return _page(uow, query, limit, row_as_item, lambda row: (row.started_at, row.id))


def broken_files(
    uow: UnitOfWork, caller: Caller, *, library_id: str | None, cursor: str | None, limit: int
) -> Page[dict[str, Any]]:
    """Files that cannot be read, by library and path."""
    caller.must_be_admin()
    query = select(broken_file).order_by(broken_file.c.library_id, broken_file.c.path)
    if library_id is not None:
        query = query.where(broken_file.c.library_id == library_id)
    if cursor is not None:
        key = tuple_(broken_file.c.library_id, broken_file.c.path)
        query = query.where(key > tuple(decode_cursor(cursor, 2)))
    return _page(uow, query, limit, _broken, lambda row: (row.library_id, row.path))


def missing_tracks(
    uow: UnitOfWork, caller: Caller, *, library_id: str | None, cursor: str | None, limit: int
) -> Page[dict[str, Any]]:
    """Tracks without a present file, the latest losses first, with the path where they were last."""
    caller.must_be_admin()
    query = (
        select(
            track.c.id,
            track.c.title,
            track.c.artist_display,
            track.c.missing_at,
            album.c.title.label("album"),
        )
        .outerjoin(album, album.c.id == track.c.album_id)
        .where(track.c.missing_at.is_not(None))
        .order_by(track.c.missing_at.desc(), track.c.id.desc())
    )
    if library_id is not None:
        mine = select(carrier.c.track_id).where(
            carrier.c.library_id == library_id, carrier.c.missing_at.is_not(None)
        )
        query = query.where(track.c.id.in_(mine))
    if cursor is not None:
        query = query.where(tuple_(track.c.missing_at, track.c.id) < tuple(decode_cursor(cursor, 2)))
    page = _page(uow, query, limit, _missing, lambda row: (row.missing_at, row.id))
    ids = [item["id"] for item in page.items]
    last = (
        select(carrier.c.track_id, carrier.c.library_id, carrier.c.path)
        .where(carrier.c.track_id.in_(ids))
        .order_by(carrier.c.missing_at)
    )
    where = {row.track_id: row for row in uow.execute(last)}
    for item in page.items:
        place = where.get(item["id"])
        item["library_id"], item["path"] = (place.library_id, place.path) if place else (None, None)
    return page


def _page(
    uow: UnitOfWork,
    query: Select[Any],
    limit: int,
    shape: Callable[[Any], dict[str, Any]],
    key: Callable[[Any], tuple[Any, ...]],
) -> Page[dict[str, Any]]:
    rows = uow.execute(query.limit(limit + 1)).all()
    following = encode_cursor(*key(rows[limit - 1])) if len(rows) > limit else None
    return Page([shape(row) for row in rows[:limit]], following)


def _broken(row: Any) -> dict[str, Any]:
    names = ("library_id", "path", "reason", "detail", "size")
    return {**{name: getattr(row, name) for name in names}, "seen_at": iso(row.seen_at)}


def _missing(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "artist": row.artist_display,
        "album": row.album,
        "missing_at": iso(row.missing_at),
    }
