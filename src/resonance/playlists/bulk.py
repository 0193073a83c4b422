"""Edits of a whole playlist at once: sorted by a column, without doubles; and what is in it already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

from sqlalchemy import select

from resonance.core.events import EventBus
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import trait
from resonance.db.tables.library import album, track
from resonance.db.tables.playlists import playlist_entry
from resonance.library.catalogue.access import chunks
from resonance.model.caller import Caller
from resonance.model.playlist import PlaylistItem
from resonance.playlists import store
from resonance.playlists.playlists import Edit, must_own

Column = Literal["title", "artist", "album", "year", "duration", "added", "bpm", "key", "energy"]
COLUMNS: tuple[Column, ...] = get_args(Column)
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


def sort(
    uow: UnitOfWork,
    events: EventBus,
    caller: Caller,
    playlist_id: str,
    by: Column,
    *,
    descending: bool = False,
    version: int | None = None,
) -> PlaylistItem:
    """Put the entries in the order of a column. What has no value comes last; equals stay as they stood."""
    edit = Edit(uow, events, caller, playlist_id, version, by_hand=True, what="move")
    statement = (
        select(playlist_entry.c.id, *_BY[by])
        .join(track, track.c.id == playlist_entry.c.track_id)
        .outerjoin(album, album.c.id == track.c.album_id)
        .outerjoin(trait, trait.c.track_id == track.c.id)
        .where(playlist_entry.c.playlist_id == playlist_id)
        .order_by(playlist_entry.c.position)
    )
    rows = [tuple(row) for row in uow.execute(statement)]
    known = [row for row in rows if row[1] is not None]
    # First by what follows the column, always upwards; then by the column itself.
    known.sort(
        key=lambda row: [
            (value is None, value or 0) if value is None else (False, value) for value in row[2:]
        ]
    )
    known.sort(key=lambda row: row[1], reverse=descending)
    unknown = [row for row in rows if row[1] is None]
    store.reorder(uow, playlist_id, [row[0] for row in (*known, *unknown)])
    return edit.done()


def dedupe(
    uow: UnitOfWork, events: EventBus, caller: Caller, playlist_id: str, *, version: int | None = None
) -> PlaylistItem:
    """Leave each track only its first place."""
    edit = Edit(uow, events, caller, playlist_id, version, by_hand=True, what="remove")
    statement = select(playlist_entry.c.id, playlist_entry.c.track_id).where(
        playlist_entry.c.playlist_id == playlist_id
    )
    seen: set[str] = set()
    doubles: list[str] = []
    for id_, track_id in uow.execute(statement.order_by(playlist_entry.c.position)):
        if track_id in seen:
            doubles.append(id_)
        seen.add(track_id)
    store.delete_entries(uow, playlist_id, doubles)
    return edit.done()


def already_in(uow: UnitOfWork, caller: Caller, playlist_id: str, track_ids: Sequence[str]) -> list[str]:
    """Those of the tracks that stand in the playlist already, in the order given. NotFound as `item`."""
    must_own(uow, caller, playlist_id)
    there: set[str] = set()
    for some in chunks(list(dict.fromkeys(track_ids))):
        statement = select(playlist_entry.c.track_id).where(
            playlist_entry.c.playlist_id == playlist_id, playlist_entry.c.track_id.in_(some)
        )
        there.update(uow.execute(statement).scalars())
    return [id_ for id_ in dict.fromkeys(track_ids) if id_ in there]
