"""The SQL of a person's whole shelf: the playlists to write and their tracks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import track
from resonance.db.tables.playlists import playlist, playlist_entry
from resonance.library.catalogue.access import chunks, track_seen
from resonance.model.caller import Caller


def own_and_placed(uow: UnitOfWork, caller: Caller, placed: Sequence[str]) -> list[Row[Any]]:
    """The caller's playlists, and of others' public ones those of `placed`."""
    found = list(uow.execute(select(playlist).where(playlist.c.owner_id == caller.user_id)))
    others = (playlist.c.public, playlist.c.owner_id != caller.user_id)
    for some in chunks(placed):
        found += uow.execute(select(playlist).where(playlist.c.id.in_(some), *others))
    return found


def tracks(uow: UnitOfWork, caller: Caller, playlist_ids: Sequence[str]) -> dict[str, list[str]]:
    """The track ids of each playlist in order, those that the caller can see."""
    found: dict[str, list[str]] = defaultdict(list)
    for some in chunks(playlist_ids):
        statement = (
            select(playlist_entry.c.playlist_id, playlist_entry.c.track_id)
            .join(track, track.c.id == playlist_entry.c.track_id)
            .where(playlist_entry.c.playlist_id.in_(some), *track_seen(caller))
            .order_by(playlist_entry.c.playlist_id, playlist_entry.c.position)
        )
        for row in uow.execute(statement):
            found[row.playlist_id].append(row.track_id)
    return found


def everything(uow: UnitOfWork, caller: Caller) -> list[str]:
    """All track ids that the caller can see, by artist and title."""
    order = (track.c.artist_sort, track.c.title_sort, track.c.id)
    return list(uow.execute(select(track.c.id).where(*track_seen(caller)).order_by(*order)).scalars())
