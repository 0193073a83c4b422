"""The saved play queue: where a person stopped, for the next device to go on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from resonance.core.clock import iso, now_ms
from resonance.core.errors import Invalid
from resonance.core.ids import is_id
from resonance.core.inputs import one_line
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue import tracks_by_ids, visible
from resonance.listens import store
from resonance.model.caller import Caller
from resonance.model.catalogue import Continue

MOST_TRACKS = 10_000
LONGEST_MS = 2**53


class SavedQueue(Struct, frozen=True):
    """`current_index` points into `track_ids`; null: nothing is current. `changed_at` null: never saved."""

    track_ids: list[str]
    current_index: int | None
    position_ms: int
    changed_by: str
    changed_at: str | None


def load(uow: UnitOfWork, caller: Caller) -> SavedQueue:
    """The caller's queue without the tracks that are out of sight now.

    When the current one is among those, the next that is left becomes current, from its start.
    """
    row = store.queue(uow, caller.user_id)
    if row is None:
        return SavedQueue([], None, 0, "", None)
    ids: list[str] = msgspec.json.decode(row.track_ids)
    seen = visible(uow, caller, "track", ids)
    kept = [id_ for id_ in ids if id_ in seen]
    index, position = row.current_index, row.position_ms
    if index is not None:
        gone = index >= len(ids) or ids[index] not in seen
        index = sum(id_ in seen for id_ in ids[:index])
        position = 0 if gone else position
        if index >= len(kept):
            index = len(kept) - 1 if kept else None
    return SavedQueue(kept, index, position, row.changed_by, iso(row.changed_at))


def save(
    uow: UnitOfWork,
    caller: Caller,
    track_ids: Sequence[str],
    *,
    current_index: int | None = None,
    position_ms: int = 0,
    changed_by: str = "",
) -> None:
    """Replace the caller's queue. Invalid for more than 10,000 tracks or an index outside of it."""
    caller.must_write()
    if len(track_ids) > MOST_TRACKS:
        raise Invalid(f"A queue has up to {MOST_TRACKS} tracks.", field="track_ids")
    if not all(is_id(id_) for id_ in track_ids):
        raise Invalid("These are not ids of tracks.", field="track_ids")
    if not track_ids:
        current_index = None
    elif current_index is not None and not 0 <= current_index < len(track_ids):
        raise Invalid("The current index lies outside the queue.", field="current_index")
    if not 0 <= position_ms < LONGEST_MS:
        raise Invalid("A position is not negative.", field="position_ms")
    row = {
        "user_id": caller.user_id,
        "track_ids": msgspec.json.encode(list(track_ids)).decode(),
        "current_index": current_index,
        "position_ms": position_ms,
        "changed_at": now_ms(),
        "changed_by": one_line(changed_by or caller.client, field="changed_by", longest=100, blank=True),
    }
    store.put_queue(uow, row)


def standing(uow: UnitOfWork, caller: Caller) -> Continue | None:
    """Where the caller's queue stands; None without one, or when that track is out of sight."""
    row = store.queue(uow, caller.user_id)
    if row is None or row.current_index is None:
        return None
    ids: list[str] = msgspec.json.decode(row.track_ids)
    tracks = tracks_by_ids(uow, caller, ids[row.current_index : row.current_index + 1])
    if not tracks:
        return None
    return Continue(tracks[0], row.position_ms, row.current_index, iso(row.changed_at))
