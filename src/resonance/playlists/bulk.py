"""Edits of a whole playlist at once: sorted by a column, without doubles; and what is in it already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, get_args

from resonance.core.events import EventBus
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller
from resonance.model.playlist import PlaylistItem
from resonance.playlists import store
from resonance.playlists.playlists import Edit, must_own

Column: TypeAlias = store.Column
COLUMNS: tuple[Column, ...] = get_args(Column)


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
    rows = store.by_column(uow, playlist_id, by)
    known = [row for row in rows if row[1] is not None]
    # First by what follows the column, always upwards; then by the column itself.
    known.sort(key=lambda row: [(value is None, 0 if value is None else value) for value in row[2:]])
    known.sort(key=lambda row: row[1], reverse=descending)
    unknown = [row for row in rows if row[1] is None]
    store.reorder(uow, playlist_id, [row[0] for row in (*known, *unknown)])
    return edit.done()


def dedupe(
    uow: UnitOfWork, events: EventBus, caller: Caller, playlist_id: str, *, version: int | None = None
) -> PlaylistItem:
    """Leave each track only its first place."""
    edit = Edit(uow, events, caller, playlist_id, version, by_hand=True, what="remove")
    seen: set[str] = set()
    doubles: list[str] = []
    for id_, track_id in store.places(uow, playlist_id):
        if track_id in seen:
            doubles.append(id_)
        seen.add(track_id)
    store.delete_entries(uow, playlist_id, doubles)
    return edit.done()


def already_in(uow: UnitOfWork, caller: Caller, playlist_id: str, track_ids: Sequence[str]) -> list[str]:
    """Those of the tracks that stand in the playlist already, in the order given. NotFound as `item`."""
    must_own(uow, caller, playlist_id)
    there = store.those_in(uow, playlist_id, track_ids)
    return [id_ for id_ in dict.fromkeys(track_ids) if id_ in there]
