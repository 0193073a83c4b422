"""Stars on tracks, albums and artists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from resonance.core.clock import now_ms
from resonance.core.errors import Invalid
from resonance.core.events import Event, EventBus
from resonance.db import changes
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue.access import Kind, must_see
from resonance.listens import store
from resonance.model.caller import Caller

MOST_STARS = 5


def set(uow: UnitOfWork, events: EventBus, caller: Caller, kind: Kind, item_id: str, stars: int) -> None:
    """Give 1-5 stars, or none with 0. NotFound when the item is out of the caller's sight."""
    caller.must_write()
    if not 0 <= stars <= MOST_STARS:
        raise Invalid("Stars are 0 to 5.", field="stars")
    if stars:
        must_see(uow, caller, kind, [item_id])
    store.set_rating(uow, caller.user_id, kind, item_id, stars, now_ms())
    store.touched(uow, caller.user_id)
    changes.note(uow, "ratings", [item_id] if kind == "track" else None, caller.user_id)
    event = Event("like.changed", {"kind": kind, "ids": [item_id], "rating": stars}, caller.user_id)
    uow.after_commit(lambda: events.publish(event))


def of_tracks(uow: UnitOfWork, caller: Caller, track_ids: Sequence[str]) -> dict[str, int]:
    """The caller's stars of those tracks that have any."""
    return store.ratings(uow, caller.user_id, "track", track_ids)


def set_tracks(uow: UnitOfWork, events: EventBus, caller: Caller, stars: Mapping[str, int]) -> None:
    """Rate many tracks, 1-5 each, that the caller is known to see."""
    caller.must_write()
    if not stars:
        return
    now = now_ms()
    for track_id, given in stars.items():
        store.set_rating(uow, caller.user_id, "track", track_id, given, now)
    store.touched(uow, caller.user_id)
    changes.note(uow, "ratings", stars, caller.user_id)
    event = Event("like.changed", {"kind": "track", "ids": list(stars)}, caller.user_id)
    uow.after_commit(lambda: events.publish(event))
