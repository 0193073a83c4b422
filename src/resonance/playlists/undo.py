"""Taking back the last change of a playlist, or its deletion."""

from __future__ import annotations

from resonance.core.clock import now_ms
from resonance.core.errors import Conflict
from resonance.core.events import EventBus
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller
from resonance.model.playlist import PlaylistItem
from resonance.playlists import steps, store
from resonance.playlists.playlists import Edit, item, tell


def undo(uow: UnitOfWork, events: EventBus, caller: Caller, playlist_id: str) -> PlaylistItem:
    """The playlist as it was before its last removal, reordering, replacement or deletion.

    Conflict (code `nothing_to_undo`) when there is no such change within the last hour or another one
    followed it.
    """
    caller.must_write()
    now = now_ms()
    step = steps.last(uow, caller.user_id, playlist_id, now)
    row = store.locked(uow, playlist_id)
    if step is None or (step.what == "delete") != (row is None):
        raise _nothing()
    if row is None:
        steps.put_whole(uow, step.body)
        store.change(uow, playlist_id, now)
        steps.taken_back(uow, step, step.version_after + 1)
        found = item(uow, caller, playlist_id)
        tell(uow, events, caller, playlist_id, public=found.public)
        return found
    if row.version != step.version_after:
        raise _nothing()
    edit = Edit(uow, events, caller, playlist_id, None, by_hand=True)
    store.clear(uow, playlist_id)
    steps.put_entries(uow, step.body)
    steps.taken_back(uow, step, row.version + 1)
    return edit.done()


def _nothing() -> Conflict:
    return Conflict("There is nothing to take back.", code="nothing_to_undo")
