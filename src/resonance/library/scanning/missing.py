"""Marking files that are gone, and showing them again when they return. Rows stay, so nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select, update

from resonance.db import changes
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, album_artist, carrier, cover, track, track_artist, track_genre
from resonance.library.ports import NameIndex
from resonance.library.scanning.aggregates import Touched, refresh_albums, refresh_track_covers
from resonance.library.scanning.naming import LEAD_PREFIX
from resonance.library.scanning.people import chunks
from resonance.search.text import Document


def mark_gone(
    uow: UnitOfWork, index: NameIndex, library_id: str, paths: Sequence[str], now: int, touched: Touched
) -> int:
    """Mark the present files at these paths as missing; returns how many there were."""
    count = 0
    albums: set[str] = set()
    for part in chunks(paths):
        there = (carrier.c.library_id == library_id, carrier.c.path.in_(part), carrier.c.missing_at.is_(None))
        ids = uow.execute(select(carrier.c.track_id).where(*there)).scalars().all()
        if not ids:
            continue
        count += uow.execute(update(carrier).where(*there).values(missing_at=now)).rowcount
        _repoint_covers(uow, library_id, part)
        leads = album.c.library_id == library_id, func.substr(album.c.lead, LEAD_PREFIX + 1).in_(part)
        uow.execute(update(album).where(*leads, album.c.id.in_(_albums_of(uow, ids))).values(lead=""))
        albums |= hide_tracks(uow, index, ids, now, touched)
    refresh_albums(uow, index, albums)
    refresh_track_covers(uow, albums)
    return count


def hide_tracks(
    uow: UnitOfWork, index: NameIndex, track_ids: Iterable[str], now: int, touched: Touched
) -> set[str]:
    """Hide those of the tracks that no file carries any more; returns the albums to refresh."""
    albums: set[str] = set()
    for part in chunks(dict.fromkeys(track_ids)):
        present = select(carrier.c.track_id).where(carrier.c.missing_at.is_(None))
        hidden = set(part) - set(uow.execute(present.where(carrier.c.track_id.in_(part))).scalars())
        if not hidden:
            continue
        ids = list(hidden)
        uow.execute(
            update(track).where(track.c.id.in_(ids), track.c.missing_at.is_(None)).values(missing_at=now)
        )
        index.remove(uow, "track", ids)
        changes.note(uow, "catalogue", ids)
        albums |= _touch(uow, ids, touched)
    return albums


def bring_back(
    uow: UnitOfWork, index: NameIndex, library_id: str, paths: Sequence[str], touched: Touched
) -> int:
    """Files that are there again just as they were."""
    count = 0
    albums: set[str] = set()
    for part in chunks(paths):
        query = (
            select(carrier.c.path, carrier.c.id, carrier.c.track_id)
            .where(carrier.c.library_id == library_id, carrier.c.path.in_(part))
            .order_by(carrier.c.missing_at)
        )
        latest = {path: (carrier_id, track_id) for path, carrier_id, track_id in uow.execute(query)}
        carriers = [carrier_id for carrier_id, _ in latest.values()]
        tracks = [track_id for _, track_id in latest.values()]
        uow.execute(update(carrier).where(carrier.c.id.in_(carriers)).values(missing_at=None))
        uow.execute(update(track).where(track.c.id.in_(tracks)).values(missing_at=None))
        index.index(uow, track_documents(uow, tracks))
        changes.note(uow, "catalogue", tracks)
        albums |= _touch(uow, tracks, touched)
        count += len(latest)
    refresh_albums(uow, index, albums)
    refresh_track_covers(uow, albums)
    return count


def track_documents(uow: UnitOfWork, track_ids: Sequence[str]) -> list[Document]:
    """Search documents of tracks, from what is stored."""
    query = (
        select(track.c.id, track.c.title, track.c.artist_display, album.c.title, album.c.artist_display)
        .outerjoin(album, album.c.id == track.c.album_id)
        .where(track.c.id.in_(track_ids))
    )
    return [
        Document("track", row[0], row[1], tuple(dict.fromkeys(name for name in row[2:] if name)))
        for row in uow.execute(query)
    ]


def _albums_of(uow: UnitOfWork, track_ids: Sequence[str]) -> set[str]:
    query = select(track.c.album_id).distinct().where(track.c.id.in_(track_ids))
    return set(uow.execute(query.where(track.c.album_id.is_not(None))).scalars())


def _touch(uow: UnitOfWork, track_ids: list[str], touched: Touched) -> set[str]:
    query = select(track_artist.c.artist_id).distinct().where(track_artist.c.track_id.in_(track_ids))
    touched.artists.update(uow.execute(query).scalars())
    query = select(track_genre.c.genre_id).distinct().where(track_genre.c.track_id.in_(track_ids))
    touched.genres.update(uow.execute(query).scalars())
    query = (
        select(track.c.album_id).distinct().where(track.c.id.in_(track_ids), track.c.album_id.is_not(None))
    )
    albums = set(uow.execute(query).scalars())
    query = select(album_artist.c.artist_id).distinct().where(album_artist.c.album_id.in_(albums))
    touched.artists.update(uow.execute(query).scalars())
    return albums


def _repoint_covers(uow: UnitOfWork, library_id: str, paths: list[str]) -> None:
    """A picture embedded in several files must not be looked for in one that is gone."""
    lost = select(cover.c.id).where(
        cover.c.library_id == library_id, cover.c.source == "embedded", cover.c.path.in_(paths)
    )
    for cover_id in uow.execute(lost).scalars().all():
        other = uow.execute(
            select(carrier.c.library_id, carrier.c.path)
            .where(carrier.c.cover_id == cover_id, carrier.c.missing_at.is_(None))
            .limit(1)
        ).first()
        if other:
            uow.execute(update(cover).where(cover.c.id == cover_id).values(**other._mapping))
