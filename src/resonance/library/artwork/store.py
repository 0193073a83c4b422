"""Which pictures there are and who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, exists, func, or_, select, update

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, artist, carrier, cover, library, track
from resonance.db.tables.lists import playlist_cover
from resonance.db.tables.playlists import playlist, playlist_entry
from resonance.library.artwork.sources import Source
from resonance.library.catalogue.access import track_seen, visible
from resonance.model.caller import Caller


def cover_source(uow: UnitOfWork, caller: Caller, cover_id: str) -> tuple[Source, str | None] | None:
    """Where a cover lies and why it cannot be shown; None when there is none that the caller may see."""
    query = _covers().where(cover.c.id == cover_id)
    if caller.libraries is not None:
        allowed = sorted(caller.libraries)
        of_album = exists().where(
            album.c.cover_id == cover.c.id, album.c.library_id.in_(allowed), album.c.track_count > 0
        )
        of_track = exists().where(
            track.c.cover_id == cover.c.id,
            carrier.c.track_id == track.c.id,
            carrier.c.library_id.in_(allowed),
            carrier.c.missing_at.is_(None),
        )
        query = query.where(or_(cover.c.library_id.in_(allowed), of_album, of_track))
    row: Any = uow.execute(query).first()
    return None if row is None else (_source(row), row.problem)


def artist_source(uow: UnitOfWork, caller: Caller, artist_id: str) -> Source | None:
    """Where an artist's picture lies; None without one that the caller may see."""
    if not visible(uow, caller, "artist", [artist_id]):
        return None
    query = (
        select(artist.c.image_hash, library.c.path.label("root"), artist.c.image_path)
        .join(library, library.c.id == artist.c.image_library_id)
        .where(artist.c.id == artist_id, artist.c.image_path.is_not(None), artist.c.image_hash.is_not(None))
    )
    if caller.libraries is not None:
        query = query.where(artist.c.image_library_id.in_(sorted(caller.libraries)))
    row: Any = uow.execute(query).first()
    return None if row is None else Source(row[0], row[1], row[2])


def playlist_covers(uow: UnitOfWork, caller: Caller, playlist_id: str, most: int) -> list[str] | None:
    """The first different covers of a playlist's tracks; None when the caller may not see the playlist."""
    mine = or_(playlist.c.owner_id == caller.user_id, playlist.c.public)
    if uow.execute(select(playlist.c.id).where(playlist.c.id == playlist_id, mine)).first() is None:
        return None
    shown = func.coalesce(track.c.cover_id, album.c.cover_id)
    query = (
        select(shown)
        .select_from(
            playlist_entry.join(track, track.c.id == playlist_entry.c.track_id).outerjoin(
                album, album.c.id == track.c.album_id
            )
        )
        .where(playlist_entry.c.playlist_id == playlist_id, shown.is_not(None), *track_seen(caller))
        .group_by(shown)
        .order_by(func.min(playlist_entry.c.position))
        .limit(most)
    )
    return list(uow.execute(query).scalars())


def playlist_own(uow: UnitOfWork, caller: Caller, playlist_id: str) -> tuple[str, bytes] | None:
    """(hash, bytes) of a playlist's own picture; None without one that the caller may see."""
    mine = or_(playlist.c.owner_id == caller.user_id, playlist.c.public)
    query = (
        select(playlist_cover.c.content_hash, playlist_cover.c.body)
        .join(playlist, playlist.c.id == playlist_cover.c.playlist_id)
        .where(playlist.c.id == playlist_id, mine)
    )
    row: Any = uow.execute(query).first()
    return None if row is None else (row.content_hash, row.body)


def without_palette(uow: UnitOfWork, after: str, limit: int) -> list[tuple[str, Source]]:
    """Covers that still lack a palette, by id."""
    query = (
        _covers()
        .where(cover.c.palette.is_(None), cover.c.problem.is_(None), cover.c.id > after)
        .order_by(cover.c.id)
        .limit(limit)
    )
    rows: Any = uow.execute(query)
    return [(row.id, _source(row)) for row in rows]


def count_without_palette(uow: UnitOfWork) -> int:
    """How many covers lack a palette."""
    query = select(func.count()).where(cover.c.palette.is_(None), cover.c.problem.is_(None))
    return int(uow.execute(query).scalar_one())


def set_problem(uow: UnitOfWork, cover_id: str, problem: str) -> None:
    """Remember why a cover cannot be shown."""
    uow.execute(update(cover).where(cover.c.id == cover_id).values(problem=problem[:500]))


def set_palettes(uow: UnitOfWork, made: Sequence[tuple[str, str, str]]) -> None:
    """Store (id, palette JSON, placeholder)."""
    change = (
        update(cover)
        .where(cover.c.id == bindparam("of_cover"))
        .values(palette=bindparam("new_palette"), placeholder=bindparam("new_placeholder"))
    )
    rows = [{"of_cover": i, "new_palette": colours, "new_placeholder": tiny} for i, colours, tiny in made]
    if rows:
        uow.execute(change, rows)


def _covers() -> Any:
    return select(
        cover.c.id,
        cover.c.content_hash,
        library.c.path.label("root"),
        cover.c.path,
        cover.c.source,
        cover.c.problem,
    ).join(library, library.c.id == cover.c.library_id)


def _source(row: Any) -> Source:
    return Source(row.content_hash, row.root, row.path, row.source == "embedded", row.source == "remote")
