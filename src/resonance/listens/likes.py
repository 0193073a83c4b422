"""Likes of tracks, albums and artists."""

from __future__ import annotations

from collections.abc import Sequence

from resonance.core.clock import now_ms
from resonance.core.errors import Invalid
from resonance.core.events import Event, EventBus
from resonance.db import changes
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue.access import Kind, must_see
from resonance.listens import store
from resonance.model.caller import Caller

MOST_AT_ONCE = 10_000


def set(uow: UnitOfWork, events: EventBus, caller: Caller, kind: Kind, ids: Sequence[str]) -> None:
    """Like these. NotFound, and nothing done, when one is out of the caller's sight."""
    caller.must_write()
    _bounded(ids)
    must_see(uow, caller, kind, ids)
    store.set_like(uow, caller.user_id, kind, list(dict.fromkeys(ids)), now_ms())
    _tell(uow, events, caller, kind, ids, liked=True)


def unset(uow: UnitOfWork, events: EventBus, caller: Caller, kind: Kind, ids: Sequence[str]) -> None:
    """Take likes back; what was not liked stays so."""
    caller.must_write()
    _bounded(ids)
    store.unset_like(uow, caller.user_id, kind, list(dict.fromkeys(ids)))
    _tell(uow, events, caller, kind, ids, liked=False)


def _bounded(ids: Sequence[str]) -> None:
    if len(ids) > MOST_AT_ONCE:
        raise Invalid(f"Up to {MOST_AT_ONCE} can be liked at once.", field="ids")


def _tell(
    uow: UnitOfWork, events: EventBus, caller: Caller, kind: Kind, ids: Sequence[str], *, liked: bool
) -> None:
    store.touched(uow, caller.user_id)
    changes.note(uow, "likes", ids if kind == "track" else None, caller.user_id)
    event = Event("like.changed", {"kind": kind, "ids": list(ids), "liked": liked}, caller.user_id)
    uow.after_commit(lambda: events.publish(event))
