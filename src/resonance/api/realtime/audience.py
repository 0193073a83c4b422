"""Who may hear which event."""

from __future__ import annotations

from collections.abc import Callable

from resonance.core.events import Event
from resonance.model.caller import Caller

_ADMINS_ONLY = frozenset({"job.changed", "analysis.progress", "remote.progress"})


def may_hear(caller: Caller) -> Callable[[Event], bool]:
    """Whether an event is for this caller: theirs or everybody's, and within their libraries."""

    def wanted(event: Event) -> bool:
        if event.user_id is not None:
            return event.user_id == caller.user_id
        if event.topic in _ADMINS_ONLY:
            return caller.is_admin
        library = event.data.get("library_id")
        return library is None or caller.libraries is None or library in caller.libraries

    return wanted


def ends_session(event: Event, caller: Caller) -> bool:
    """Whether the caller's own session is the one that was revoked."""
    return event.topic == "session.revoked" and event.data.get("id") in (None, caller.session_id)
