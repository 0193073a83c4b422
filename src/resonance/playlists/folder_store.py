"""The SQL of playlist folders and of where playlists are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, or_, select, update

from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.lists import playlist_folder, playlist_place
from resonance.db.tables.playlists import playlist
from resonance.db.upsert import upsert
from resonance.library.catalogue.access import chunks
from resonance.model.caller import Caller


def folders(uow: UnitOfWork, user_id: str) -> Sequence[Row[Any]]:
    """(id, name, parent_id) of a person's folders, those of one parent in their order."""
    statement = select(playlist_folder.c.id, playlist_folder.c.name, playlist_folder.c.parent_id).where(
        playlist_folder.c.owner_id == user_id
    )
    return uow.execute(statement.order_by(playlist_folder.c.position, playlist_folder.c.id)).all()


def places(uow: UnitOfWork, caller: Caller) -> Sequence[Row[Any]]:
    """(playlist_id, folder_id) of the playlists that the caller put somewhere and can still read."""
    mine = or_(playlist.c.owner_id == caller.user_id, playlist.c.public)
    statement = (
        select(playlist_place.c.playlist_id, playlist_place.c.folder_id)
        .join(playlist, playlist.c.id == playlist_place.c.playlist_id)
        .where(playlist_place.c.user_id == caller.user_id, mine)
    )
    return uow.execute(statement.order_by(playlist_place.c.position, playlist_place.c.playlist_id)).all()


def insert(uow: UnitOfWork, row: dict[str, Any]) -> None:
    """A new folder."""
    uow.execute(playlist_folder.insert(), row)


def change(uow: UnitOfWork, folder_id: str, **columns: Any) -> None:
    """Set columns of a folder."""
    uow.execute(update(playlist_folder).where(playlist_folder.c.id == folder_id).values(**columns))


def remove(uow: UnitOfWork, folder_id: str) -> None:
    """Delete a folder that holds nothing any more."""
    uow.execute(delete(playlist_folder).where(playlist_folder.c.id == folder_id))


def put_folders(uow: UnitOfWork, parent_id: str | None, ids: Sequence[str]) -> None:
    """Make these, in this order, the folders below `parent_id`."""
    rows = [{"row": id_, "place": place} for place, id_ in enumerate(ids)]
    if rows:
        move = update(playlist_folder).where(playlist_folder.c.id == bindparam("row"))
        uow.execute(move.values(parent_id=parent_id, position=bindparam("place")), rows)


def put_playlists(uow: UnitOfWork, user_id: str, folder_id: str | None, ids: Sequence[str]) -> None:
    """Make these, in this order, the playlists that have a place in `folder_id`."""
    rows = [
        {"user_id": user_id, "playlist_id": id_, "folder_id": folder_id, "position": place}
        for place, id_ in enumerate(ids)
    ]
    upsert(uow, playlist_place, rows, keys=["user_id", "playlist_id"], update=["folder_id", "position"])


def readable(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> set[str]:
    """Those of the playlists that the caller can read."""
    mine = or_(playlist.c.owner_id == caller.user_id, playlist.c.public)
    found: set[str] = set()
    for some in chunks(ids):
        found.update(uow.execute(select(playlist.c.id).where(playlist.c.id.in_(some), mine)).scalars())
    return found


def changed(uow: UnitOfWork) -> None:
    """Say that lists of playlists are to be read again."""
    versions.bump(uow, "playlists")
