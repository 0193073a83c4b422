"""Forgetting tracks whose files are gone: a person's decision, never the scan's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import delete, select

from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, album_artist, artist, track, track_artist, track_genre
from resonance.library.ports import NameIndex
from resonance.library.scanning import aggregates
from resonance.library.scanning.people import chunks
from resonance.model.caller import Caller


def purge_missing(
    uow: UnitOfWork, caller: Caller, index: NameIndex, ids: Sequence[str] | Literal["all"]
) -> int:
    """Delete missing tracks with all that people kept about them; answers how many.

    Ids of tracks that are not missing are ignored. Albums and artists left without anything go too.
    """
    caller.must_be_admin()
    query = select(track.c.id).where(track.c.missing_at.is_not(None))
    if ids == "all":
        doomed = list(uow.execute(query).scalars())
    else:
        parts = (uow.execute(query.where(track.c.id.in_(part))).scalars() for part in chunks(ids))
        doomed = [track_id for part in parts for track_id in part]
    albums: set[str] = set()
    artists: set[str] = set()
    genres: set[str] = set()
    for part in chunks(doomed):
        albums.update(uow.execute(select(track.c.album_id).where(track.c.id.in_(part))).scalars())
        artists.update(_linked(uow, track_artist.c.artist_id, track_artist.c.track_id, part))
        genres.update(_linked(uow, track_genre.c.genre_id, track_genre.c.track_id, part))
        index.remove(uow, "track", part)
        uow.execute(delete(track).where(track.c.id.in_(part)))
    albums.discard(None)
    for part in chunks(albums):
        artists.update(_linked(uow, album_artist.c.artist_id, album_artist.c.album_id, part))
        used = select(track.c.album_id).where(track.c.album_id == album.c.id).exists()
        uow.execute(delete(album).where(album.c.id.in_(part), ~used))
    _drop_artists(uow, artists)
    aggregates.refresh_artists(uow, index, artists)
    aggregates.refresh_genres(uow, genres)
    if doomed:
        for name in ("catalogue", "artists"):
            versions.bump(uow, name)
    return len(doomed)


def _linked(uow: UnitOfWork, wanted: object, key: object, part: list[str]) -> list[str]:
    return list(uow.execute(select(wanted).distinct().where(key.in_(part))).scalars())  # type: ignore[call-overload, attr-defined]


def _drop_artists(uow: UnitOfWork, ids: set[str]) -> None:
    for part in chunks(list(ids)):
        tracks = select(track_artist.c.artist_id).where(track_artist.c.artist_id == artist.c.id).exists()
        albums = select(album_artist.c.artist_id).where(album_artist.c.artist_id == artist.c.id).exists()
        alone = select(artist.c.id).where(artist.c.id.in_(part), ~tracks, ~albums)
        gone = list(uow.execute(alone).scalars())
        uow.execute(delete(artist).where(artist.c.id.in_(gone)))
        ids.difference_update(gone)
