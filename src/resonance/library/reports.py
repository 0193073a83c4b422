"""What an admin reads about scans: their history, broken files, missing tracks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict, TypeVar

from sqlalchemy import Select, select, tuple_

from resonance.core.clock import iso
from resonance.core.paging import Page, decode_keys, encode_cursor
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, broken_file, carrier, scan, track
from resonance.library.scanning.runs import ScanItem, row_as_item
from resonance.model.caller import Caller

Item = TypeVar("Item")


class BrokenFile(TypedDict):
    """A file that cannot be read. `path` is relative to the library, `size` in bytes."""

    library_id: str
    path: str
    reason: str
    detail: str
    size: int
    seen_at: str


class MissingTrack(TypedDict):
    """A track without a file. `library_id` and `path`: where it was last."""

    id: str
    title: str
    artist: str
    album: str | None
    missing_at: str
    library_id: str | None
    path: str | None


def scans(
    uow: UnitOfWork, caller: Caller, *, library_id: str | None, cursor: str | None, limit: int
) -> Page[ScanItem]:
    """Scans, newest first, of the libraries the caller may see."""
    query = select(scan).order_by(scan.c.started_at.desc(), scan.c.id.desc())
    if caller.libraries is not None:
        query = query.where(scan.c.library_id.in_(caller.libraries))
    if library_id is not None:
        query = query.where(scan.c.library_id == library_id)
    if cursor is not None:
        query = query.where(tuple_(scan.c.started_at, scan.c.id) < tuple(decode_keys(cursor, int, str)))
    return _page(uow, query, limit, row_as_item, lambda row: (row.started_at, row.id))


def broken_files(
    uow: UnitOfWork, caller: Caller, *, library_id: str | None, cursor: str | None, limit: int
) -> Page[BrokenFile]:
    """Files that cannot be read, by library and path."""
    caller.must_be_admin()
    query = select(broken_file).order_by(broken_file.c.library_id, broken_file.c.path)
    if library_id is not None:
        query = query.where(broken_file.c.library_id == library_id)
    if cursor is not None:
        key = tuple_(broken_file.c.library_id, broken_file.c.path)
        query = query.where(key > tuple(decode_keys(cursor, str, str)))
    return _page(uow, query, limit, _broken, lambda row: (row.library_id, row.path))


def missing_tracks(
    uow: UnitOfWork, caller: Caller, *, library_id: str | None, cursor: str | None, limit: int
) -> Page[MissingTrack]:
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
        query = query.where(tuple_(track.c.missing_at, track.c.id) < tuple(decode_keys(cursor, int, str)))
    page = _page(uow, query, limit, _missing, lambda row: (row.missing_at, row.id))
    ids = [item["id"] for item in page.items]
    last = (
        select(carrier.c.track_id, carrier.c.library_id, carrier.c.path)
        .where(carrier.c.track_id.in_(ids))
        .order_by(carrier.c.missing_at)
    )
    where = {row.track_id: row for row in uow.execute(last)}
    for item in page.items:
        if place := where.get(item["id"]):
            item["library_id"], item["path"] = place.library_id, place.path
    return page


def _page(
    uow: UnitOfWork,
    query: Select[Any],
    limit: int,
    shape: Callable[[Any], Item],
    key: Callable[[Any], tuple[Any, ...]],
) -> Page[Item]:
    rows = uow.execute(query.limit(limit + 1)).all()
    following = encode_cursor(*key(rows[limit - 1])) if len(rows) > limit else None
    return Page([shape(row) for row in rows[:limit]], following)


def _broken(row: Any) -> BrokenFile:
    return {
        "library_id": row.library_id,
        "path": row.path,
        "reason": row.reason,
        "detail": row.detail,
        "size": row.size,
        "seen_at": iso(row.seen_at),
    }


def _missing(row: Any) -> MissingTrack:
    return {
        "id": row.id,
        "title": row.title,
        "artist": row.artist_display,
        "album": row.album,
        "missing_at": iso(row.missing_at),
        "library_id": None,
        "path": None,
    }
