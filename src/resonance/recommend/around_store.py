"""The SQL of songs around albums and artists."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, album_artist, track, track_artist
from resonance.db.tables.listens import rating, track_stat
from resonance.library.catalogue.access import chunks, track_seen
from resonance.library.catalogue.store import ALBUM_ORDER
from resonance.model.caller import Caller


def top_songs(uow: UnitOfWork, caller: Caller, artist_id: str, count: int) -> list[str]:
    """Songs they perform or that stand on albums of theirs, most played on this server first."""
    plays = select(func.sum(track_stat.c.play_count)).where(track_stat.c.track_id == track.c.id)
    own = plays.where(track_stat.c.user_id == caller.user_id)
    stars = select(rating.c.stars).where(
        rating.c.user_id == caller.user_id, rating.c.item_kind == "track", rating.c.item_id == track.c.id
    )
    performs = select(track_artist.c.track_id).where(
        track_artist.c.artist_id == artist_id, track_artist.c.role == "artist"
    )
    hosts = select(album_artist.c.album_id).where(album_artist.c.artist_id == artist_id)
    statement = (
        select(track.c.id)
        .outerjoin(album, album.c.id == track.c.album_id)
        .where(
            or_(track.c.id.in_(performs), and_(track.c.album_id.in_(hosts), ~album.c.compilation)),
            *track_seen(caller),
        )
        .order_by(
            func.coalesce(plays.scalar_subquery(), 0).desc(),
            func.coalesce(own.scalar_subquery(), 0).desc(),
            func.coalesce(stars.scalar_subquery(), 0).desc(),
            func.coalesce(album.c.year, 9999),
            func.coalesce(track.c.album_id, ""),
            *ALBUM_ORDER,
        )
        .limit(count)
    )
    return list(uow.execute(statement).scalars())


def album_songs(uow: UnitOfWork, caller: Caller, album_ids: Sequence[str]) -> list[list[str]]:
    """The visible tracks of each album, in album order."""
    found: dict[str, list[str]] = {item: [] for item in album_ids}
    for some in chunks(album_ids):
        statement = select(track.c.album_id, track.c.id).where(
            track.c.album_id.in_(some), *track_seen(caller)
        )
        for album_id, track_id in uow.execute(statement.order_by(*ALBUM_ORDER)):
            found[album_id].append(track_id)
    return list(found.values())
