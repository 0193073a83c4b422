"""Handlers: the saved play queue, by id and by index."""

from __future__ import annotations

from resonance.api.subsonic import shapes
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.faults import Code, SubsonicFault, missing, not_found
from resonance.api.subsonic.model import PlayQueue, PlayQueueByIndex
from resonance.core.clock import iso
from resonance.core.ids import is_id
from resonance.db.engine import UnitOfWork
from resonance.listens import queue
from resonance.listens.queue import SavedQueue

NEVER = iso(0)  # the protocol wants a time even where nothing was saved


def get_play_queue(call: Call, uow: UnitOfWork) -> Answer:
    """Where the caller stopped."""
    saved = queue.load(uow, call.caller)
    index = saved.current_index
    answer = PlayQueue(
        current=None if index is None else saved.track_ids[index],
        position=saved.position_ms,
        username=call.caller.name,
        changed=saved.changed_at or NEVER,
        changed_by=saved.changed_by,
        entry=shapes.songs(uow, call.caller, saved.track_ids),
    )
    return Fragment("playQueue", answer)


def get_play_queue_by_index(call: Call, uow: UnitOfWork) -> Answer:
    """The same, exact where a song stands in the queue twice."""
    saved: SavedQueue = queue.load(uow, call.caller)
    answer = PlayQueueByIndex(
        current_index=saved.current_index,
        position=saved.position_ms,
        username=call.caller.name,
        changed=saved.changed_at or NEVER,
        changed_by=saved.changed_by,
        entry=shapes.songs(uow, call.caller, saved.track_ids),
    )
    return Fragment("playQueueByIndex", answer)


def save_play_queue(call: Call, uow: UnitOfWork) -> Answer:
    """Replace the queue; without any id it is emptied."""
    ids, current = _ids(call), call.params.text("current")
    index = None
    if ids and current:
        if current not in ids:
            raise SubsonicFault(Code.GENERIC, "The current song is not in the queue.")
        index = ids.index(current)
    _save(call, uow, ids, index)
    return None


def save_play_queue_by_index(call: Call, uow: UnitOfWork) -> Answer:
    """Replace the queue; `currentIndex` is required where it has songs."""
    ids, index = _ids(call), call.params.optional_number("currentIndex")
    if ids and index is None:
        raise missing("currentIndex")
    if ids and index is not None and not 0 <= index < len(ids):
        raise SubsonicFault(Code.MISSING_PARAMETER, "currentIndex lies outside the queue.")
    _save(call, uow, ids, index if ids else None)
    return None


def _ids(call: Call) -> list[str]:
    ids = call.params.all("id")
    if not all(is_id(item) for item in ids):
        raise not_found("Song")
    return ids


def _save(call: Call, uow: UnitOfWork, ids: list[str], index: int | None) -> None:
    position = call.params.number("position", 0)
    queue.save(
        uow,
        call.caller,
        ids,
        current_index=index,
        position_ms=min(position, queue.LONGEST_MS - 1),
        changed_by=call.caller.client,
    )
