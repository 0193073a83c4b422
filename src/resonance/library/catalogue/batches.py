"""Relations of many items at once, for surfaces that walk the catalogue as a graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import and_, func, select

from resonance.core.ids import is_id
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, album_artist, track, track_artist
from resonance.library.catalogue import store
from resonance.library.catalogue.access import album_seen, chunks, track_seen
from resonance.library.catalogue.albums import albums_by_ids
from resonance.model.caller import Caller
from resonance.model.catalogue import AlbumItem, TrackItem


def tracks_of_albums(uow: UnitOfWork, caller: Caller, album_ids: Sequence[str]) -> dict[str, list[TrackItem]]:
    """The visible tracks of each album, in album order."""
    found: dict[str, list[TrackItem]] = defaultdict(list)
    for part in chunks(album_ids):
        statement = store.TRACKS.where(track.c.album_id.in_(part), *track_seen(caller)).order_by(
            *store.ALBUM_ORDER
        )
        rows = uow.execute(statement, {"me": caller.user_id}).all()
        for item in store.track_items(uow, caller, rows):
            if item.album_id is not None:
                found[item.album_id].append(item)
    return found


def albums_of_artists(
    uow: UnitOfWork, caller: Caller, artist_ids: Sequence[str]
) -> dict[str, list[AlbumItem]]:
    """The visible albums of which each is an album artist, oldest first."""
    pairs: list[tuple[str, str]] = []
    for part in chunks(artist_ids):
        statement = (
            select(album_artist.c.artist_id, album.c.id)
            .join(album, album.c.id == album_artist.c.album_id)
            .where(album_artist.c.artist_id.in_(part), *album_seen(caller))
            .order_by(func.coalesce(album.c.year, 9999), album.c.title_sort, album.c.id)
        )
        pairs += [(row.artist_id, row.id) for row in uow.execute(statement)]
    return _albums(uow, caller, pairs)


def appearances_of_artists(
    uow: UnitOfWork, caller: Caller, artist_ids: Sequence[str]
) -> dict[str, list[AlbumItem]]:
    """The visible albums of others on which each can be heard, newest first."""
    own = and_(album_artist.c.album_id == album.c.id, album_artist.c.artist_id == track_artist.c.artist_id)
    pairs: list[tuple[str, str]] = []
    for part in chunks(artist_ids):
        statement = (
            select(track_artist.c.artist_id, album.c.id)
            .join(track, track.c.id == track_artist.c.track_id)
            .join(album, album.c.id == track.c.album_id)
            .outerjoin(album_artist, own)
            .where(
                track_artist.c.artist_id.in_(part),
                track_artist.c.role == "artist",
                track.c.missing_at.is_(None),
                album_artist.c.album_id.is_(None),
                *album_seen(caller),
            )
            .group_by(track_artist.c.artist_id, album.c.id)
            .order_by(album.c.year.is_(None), album.c.year.desc(), album.c.title_sort, album.c.id)
        )
        pairs += [(row.artist_id, row.id) for row in uow.execute(statement)]
    return _albums(uow, caller, pairs)


def _albums(uow: UnitOfWork, caller: Caller, pairs: Sequence[tuple[str, str]]) -> dict[str, list[AlbumItem]]:
    """Artist -> albums, of (artist, album) in order."""
    items = {item.id: item for item in albums_by_ids(uow, caller, list({one for _, one in pairs}))}
    found: dict[str, list[AlbumItem]] = defaultdict(list)
    for artist_id, album_id in pairs:
        if album_id in items:
            found[artist_id].append(items[album_id])
    return found


def credits_of_tracks(
    uow: UnitOfWork, caller: Caller, track_ids: Sequence[str]
) -> dict[str, tuple[str, str]]:
    """(first artist, album) of the visible tracks; names and ids stand in where ids lack."""
    first = and_(
        track_artist.c.track_id == track.c.id,
        track_artist.c.role == "artist",
        track_artist.c.position == 0,
    )
    statement = select(track.c.id, track.c.artist_sort, track.c.album_id, track_artist.c.artist_id).outerjoin(
        track_artist, first
    )
    found: dict[str, tuple[str, str]] = {}
    for some in chunks([id_ for id_ in dict.fromkeys(track_ids) if is_id(id_)]):
        for row in uow.execute(statement.where(track.c.id.in_(some), *track_seen(caller))):
            found[row.id] = (row.artist_id or row.artist_sort or row.id, row.album_id or "")
    return found
