"""The SQL of playlists. Positions run 0..n-1 without holes after every function here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Row, Select, bindparam, delete, exists, func, or_, select, update

from resonance.core.clock import now_ms
from resonance.core.ids import new_id
from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.accounts import user
from resonance.db.tables.analysis import trait
from resonance.db.tables.library import album, track
from resonance.db.tables.lists import playlist_cover, playlist_file
from resonance.db.tables.playlists import playlist, playlist_entry
from resonance.db.upsert import upsert
from resonance.library.catalogue.access import chunks, track_seen
from resonance.model.caller import Caller
from resonance.playlists import smart_store

Column = Literal["title", "artist", "album", "year", "duration", "added", "bpm", "key", "energy"]
_BY: dict[Column, tuple[Any, ...]] = {
    "title": (track.c.title_sort,),
    "artist": (track.c.artist_sort, album.c.title_sort, track.c.disc, track.c.number),
    "album": (album.c.title_sort, track.c.disc, track.c.number),
    "year": (track.c.year, album.c.title_sort, track.c.disc, track.c.number),
    "duration": (track.c.duration_s,),
    "added": (playlist_entry.c.added_at,),
    "bpm": (trait.c.bpm,),
    "key": (trait.c.key_place,),
    "energy": (trait.c.energy,),
}
PLAYLISTS: Select[Any] = select(
    playlist.c.id,
    playlist.c.name,
    playlist.c.comment,
    playlist.c.public,
    playlist.c.owner_id,
    user.c.name.label("owner_name"),
    playlist.c.created_at,
    playlist.c.changed_at,
    playlist.c.version,
    playlist.c.rule,
    playlist.c.due_at,
    select(playlist_cover.c.content_hash)
    .where(playlist_cover.c.playlist_id == playlist.c.id)
    .scalar_subquery()
    .label("cover"),
    exists()
    .where(playlist_file.c.playlist_id == playlist.c.id, playlist_file.c.state == "follows")
    .label("follows_file"),
).join_from(playlist, user, user.c.id == playlist.c.owner_id)


def readable(uow: UnitOfWork, caller: Caller) -> Sequence[Row[Any]]:
    """The caller's own playlists and everybody's public ones, by name."""
    statement = PLAYLISTS.where(or_(playlist.c.owner_id == caller.user_id, playlist.c.public))
    return uow.execute(statement.order_by(playlist.c.name_sort, playlist.c.id)).all()


def one(uow: UnitOfWork, playlist_id: str) -> Any:
    """The row of a playlist, or None."""
    return uow.execute(PLAYLISTS.where(playlist.c.id == playlist_id)).one_or_none()


def locked(uow: UnitOfWork, playlist_id: str) -> Any:
    """The row of a playlist about to be changed, or None; nobody else changes it until the commit."""
    statement = select(playlist).where(playlist.c.id == playlist_id).with_for_update()
    return uow.execute(statement).one_or_none()


def insert(uow: UnitOfWork, row: dict[str, Any]) -> None:
    """A new playlist."""
    uow.execute(playlist.insert(), row)
    versions.bump(uow, "playlists")


def change(uow: UnitOfWork, playlist_id: str, at: int, **columns: Any) -> None:
    """Set columns, and say that the playlist changed."""
    statement = update(playlist).where(playlist.c.id == playlist_id)
    uow.execute(statement.values(version=playlist.c.version + 1, changed_at=at, **columns))
    smart_store.wake(uow, playlist_id, at)
    versions.bump(uow, "playlists")


def remove(uow: UnitOfWork, playlist_id: str) -> None:
    """Delete a playlist with its entries."""
    uow.execute(delete(playlist).where(playlist.c.id == playlist_id))
    smart_store.wake(uow, playlist_id, now_ms())
    versions.bump(uow, "playlists")


def order(uow: UnitOfWork, playlist_id: str) -> list[str]:
    """All entry ids in their order, those of missing tracks included."""
    return [entry_id for entry_id, _ in places(uow, playlist_id)]


def places(uow: UnitOfWork, playlist_id: str) -> list[tuple[str, str]]:
    """(entry id, track id) of all entries in their order, those of missing tracks included."""
    statement = select(playlist_entry.c.id, playlist_entry.c.track_id)
    rows = uow.execute(
        statement.where(playlist_entry.c.playlist_id == playlist_id).order_by(playlist_entry.c.position)
    )
    return [(row.id, row.track_id) for row in rows]


def size(uow: UnitOfWork, playlist_id: str) -> int:
    """How many entries there are, those of missing tracks included."""
    statement = select(func.count()).where(playlist_entry.c.playlist_id == playlist_id)
    return int(uow.execute(statement).scalar_one())


def shown(uow: UnitOfWork, caller: Caller, playlist_id: str) -> Sequence[Row[Any]]:
    """Rows (id, track_id, added_at) of the entries whose tracks the caller can see, in order."""
    statement = (
        select(playlist_entry.c.id, playlist_entry.c.track_id, playlist_entry.c.added_at)
        .join(track, track.c.id == playlist_entry.c.track_id)
        .where(playlist_entry.c.playlist_id == playlist_id, *track_seen(caller))
    )
    return uow.execute(statement.order_by(playlist_entry.c.position)).all()


def by_column(uow: UnitOfWork, playlist_id: str, column: Column) -> list[tuple[Any, ...]]:
    """(entry id, value of the column, what orders equals ...) of all entries in their order."""
    statement = (
        select(playlist_entry.c.id, *_BY[column])
        .join(track, track.c.id == playlist_entry.c.track_id)
        .outerjoin(album, album.c.id == track.c.album_id)
        .outerjoin(trait, trait.c.track_id == track.c.id)
        .where(playlist_entry.c.playlist_id == playlist_id)
    )
    return [tuple(row) for row in uow.execute(statement.order_by(playlist_entry.c.position))]


def those_in(uow: UnitOfWork, playlist_id: str, track_ids: Sequence[str]) -> set[str]:
    """Those of the tracks that stand in the playlist."""
    inside = select(playlist_entry.c.track_id).where(playlist_entry.c.playlist_id == playlist_id)
    parts = (inside.where(playlist_entry.c.track_id.in_(some)) for some in chunks(track_ids))
    return {track_id for part in parts for track_id in uow.execute(part).scalars()}


def insert_entries(
    uow: UnitOfWork, playlist_id: str, track_ids: Sequence[str], at: int, by: str, *, position: int
) -> None:
    """Put tracks before the entry at `position`; those from there on move back."""
    later = (playlist_entry.c.playlist_id == playlist_id) & (playlist_entry.c.position >= position)
    uow.execute(
        update(playlist_entry).where(later).values(position=playlist_entry.c.position + len(track_ids))
    )
    rows = [
        {
            "id": new_id(),
            "playlist_id": playlist_id,
            "position": position + offset,
            "track_id": track_id,
            "added_by": by,
            "added_at": at,
        }
        for offset, track_id in enumerate(track_ids)
    ]
    if rows:
        uow.execute(playlist_entry.insert(), rows)


def lay(
    uow: UnitOfWork, playlist_id: str, entry_ids: Sequence[str], new: Mapping[str, str], at: int, by: str
) -> None:
    """Give the playlist exactly these entries in this order; `new` has the tracks of those to be made."""
    staying = set(entry_ids)
    going = [id_ for id_ in order(uow, playlist_id) if id_ not in staying]
    for some in chunks(going):
        of_it = (playlist_entry.c.playlist_id == playlist_id, playlist_entry.c.id.in_(some))
        uow.execute(delete(playlist_entry).where(*of_it))
    rows = [
        {"id": id_, "playlist_id": playlist_id, "position": 0, "track_id": new[id_], "added_by": by}
        for id_ in entry_ids
        if id_ in new
    ]
    if rows:
        uow.execute(playlist_entry.insert(), [{**row, "added_at": at} for row in rows])
    reorder(uow, playlist_id, entry_ids)


def delete_entries(uow: UnitOfWork, playlist_id: str, entry_ids: Sequence[str]) -> None:
    """Take entries out and close the gaps."""
    for some in chunks(entry_ids):
        uow.execute(
            delete(playlist_entry).where(
                playlist_entry.c.playlist_id == playlist_id, playlist_entry.c.id.in_(some)
            )
        )
    reorder(uow, playlist_id, order(uow, playlist_id))


def clear(uow: UnitOfWork, playlist_id: str) -> None:
    """Take all entries out."""
    uow.execute(delete(playlist_entry).where(playlist_entry.c.playlist_id == playlist_id))


def reorder(uow: UnitOfWork, playlist_id: str, entry_ids: Sequence[str]) -> None:
    """Number the entries as given (all of them); only rows whose position changes are written."""
    statement = select(playlist_entry.c.id, playlist_entry.c.position).where(
        playlist_entry.c.playlist_id == playlist_id
    )
    stands = {row.id: row.position for row in uow.execute(statement)}
    moved = [{"entry": id_, "place": place} for place, id_ in enumerate(entry_ids) if stands[id_] != place]
    if moved:
        renumber = update(playlist_entry).where(playlist_entry.c.id == bindparam("entry"))
        uow.execute(renumber.values(position=bindparam("place")), moved)


def cover_groups(uow: UnitOfWork, caller: Caller, playlist_ids: Sequence[str]) -> list[Row[Any]]:
    """Per playlist and cover of its visible entries: (playlist_id, cover_id, first, tracks, duration_s)."""
    shown_cover = func.coalesce(track.c.cover_id, album.c.cover_id)
    found: list[Row[Any]] = []
    for some in chunks(playlist_ids):
        statement = (
            select(
                playlist_entry.c.playlist_id,
                shown_cover.label("cover_id"),
                func.min(playlist_entry.c.position).label("first"),
                func.count().label("tracks"),
                func.sum(track.c.duration_s).label("duration_s"),
            )
            .join(track, track.c.id == playlist_entry.c.track_id)
            .outerjoin(album, album.c.id == track.c.album_id)
            .where(playlist_entry.c.playlist_id.in_(some), *track_seen(caller))
            .group_by(playlist_entry.c.playlist_id, shown_cover)
        )
        found += uow.execute(statement.order_by(playlist_entry.c.playlist_id, "first")).all()
    return found


def put_cover(uow: UnitOfWork, playlist_id: str, content_hash: str, body: bytes, at: int) -> None:
    """Give a playlist this picture in place of what it had."""
    row = {"playlist_id": playlist_id, "content_hash": content_hash, "body": body, "added_at": at}
    upsert(uow, playlist_cover, [row], keys=["playlist_id"], update=["content_hash", "body", "added_at"])


def remove_cover(uow: UnitOfWork, playlist_id: str) -> None:
    """Take the picture away."""
    uow.execute(delete(playlist_cover).where(playlist_cover.c.playlist_id == playlist_id))
