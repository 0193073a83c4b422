"""The SQL of shares. What a share opens is looked up anew for every request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, delete, func, or_, select, update

from resonance.db.engine import UnitOfWork
from resonance.db.tables.accounts import library_access, user
from resonance.db.tables.library import album, track
from resonance.db.tables.lists import playlist_cover, playlist_share, playlist_share_track
from resonance.db.tables.playlists import playlist, playlist_entry
from resonance.library.catalogue.access import track_seen
from resonance.model.caller import Caller, Role

_SHARES: Select[Any] = select(
    playlist_share,
    playlist.c.name.label("playlist_name"),
    playlist.c.comment,
    playlist.c.public,
    playlist.c.owner_id.label("playlist_owner"),
).join_from(playlist_share, playlist, playlist.c.id == playlist_share.c.playlist_id, isouter=True)
_SHOWN_COVER = func.coalesce(track.c.cover_id, album.c.cover_id).label("cover_id")


def of_owner(uow: UnitOfWork, user_id: str) -> Sequence[Row[Any]]:
    """A person's shares, the newest first."""
    statement = _SHARES.where(playlist_share.c.owner_id == user_id)
    return uow.execute(statement.order_by(playlist_share.c.created_at.desc(), playlist_share.c.id)).all()


def one(uow: UnitOfWork, share_id: str) -> Any:
    """A share by its id, or None."""
    return uow.execute(_SHARES.where(playlist_share.c.id == share_id)).one_or_none()


def by_hash(uow: UnitOfWork, token_hash: str) -> Any:
    """The share of a token, or None."""
    return uow.execute(_SHARES.where(playlist_share.c.token_hash == token_hash)).one_or_none()


def count(uow: UnitOfWork, user_id: str) -> int:
    """How many shares a person has."""
    mine = playlist_share.c.owner_id == user_id
    return int(uow.execute(select(func.count()).where(mine)).scalar_one())


def insert(uow: UnitOfWork, row: dict[str, Any], track_ids: Sequence[str] = ()) -> None:
    """A new share; of `track_ids` where it is of no playlist."""
    uow.execute(playlist_share.insert(), row)
    rows = [
        {"share_id": row["id"], "position": place, "track_id": id_} for place, id_ in enumerate(track_ids)
    ]
    if rows:
        uow.execute(playlist_share_track.insert(), rows)


def change(uow: UnitOfWork, share_id: str, **columns: Any) -> None:
    """Set columns."""
    uow.execute(update(playlist_share).where(playlist_share.c.id == share_id).values(**columns))


def remove(uow: UnitOfWork, share_id: str) -> None:
    """End a share."""
    uow.execute(delete(playlist_share).where(playlist_share.c.id == share_id))


def owner(uow: UnitOfWork, row: Any) -> Caller | None:
    """Whose share it is, with the eyes that the person has today; None when gone or disabled."""
    who = uow.execute(
        select(user.c.id, user.c.name, user.c.role, user.c.all_libraries).where(
            user.c.id == row.owner_id, user.c.disabled_at.is_(None)
        )
    ).one_or_none()
    if who is None:
        return None
    libraries: frozenset[str] | None = None
    if not who.all_libraries:
        mine = select(library_access.c.library_id).where(library_access.c.user_id == who.id)
        libraries = frozenset(uow.execute(mine).scalars())
    return Caller(who.id, who.name, Role(who.role), libraries, client="share")


def tracks(uow: UnitOfWork, row: Any, caller: Caller) -> Sequence[Row[Any]]:
    """(id, title, artist, album, duration_s, cover_id) of what the share opens, in order."""
    columns = (track.c.id, track.c.title, track.c.artist_display, track.c.duration_s, _SHOWN_COVER)
    statement = (
        select(*columns, album.c.title.label("album"))
        .select_from(_source(row).outerjoin(album, album.c.id == track.c.album_id))
        .where(_of(row), *track_seen(caller))
    )
    return uow.execute(statement.order_by(_place(row))).all()


def holds(uow: UnitOfWork, row: Any, caller: Caller, track_id: str) -> bool:
    """Whether a track is one that the share opens."""
    statement = select(track.c.id).select_from(_source(row))
    statement = statement.where(_of(row), track.c.id == track_id, *track_seen(caller))
    return uow.execute(statement.limit(1)).first() is not None


def shows_cover(uow: UnitOfWork, row: Any, caller: Caller, cover_id: str) -> bool:
    """Whether a cover is that of one of the share's tracks."""
    source = _source(row).outerjoin(album, album.c.id == track.c.album_id)
    same = or_(track.c.cover_id == cover_id, (track.c.cover_id.is_(None)) & (album.c.cover_id == cover_id))
    statement = select(track.c.id).select_from(source).where(_of(row), same, *track_seen(caller))
    return uow.execute(statement.limit(1)).first() is not None


def has_cover(uow: UnitOfWork, playlist_id: str) -> bool:
    """Whether a playlist has a picture of its own."""
    mine = playlist_cover.c.playlist_id == playlist_id
    return uow.execute(select(playlist_cover.c.added_at).where(mine)).first() is not None


def track_ids(uow: UnitOfWork, share_id: str) -> list[str]:
    """The tracks of a share that is of no playlist."""
    mine = playlist_share_track.c.share_id == share_id
    statement = select(playlist_share_track.c.track_id).where(mine)
    return list(uow.execute(statement.order_by(playlist_share_track.c.position)).scalars())


def _source(row: Any) -> Any:
    if row.playlist_id is not None:
        return playlist_entry.join(track, track.c.id == playlist_entry.c.track_id)
    return playlist_share_track.join(track, track.c.id == playlist_share_track.c.track_id)


def _of(row: Any) -> Any:
    if row.playlist_id is not None:
        return playlist_entry.c.playlist_id == row.playlist_id
    return playlist_share_track.c.share_id == row.id


def _place(row: Any) -> Any:
    return playlist_entry.c.position if row.playlist_id is not None else playlist_share_track.c.position
