"""Who listens to what at this moment: kept in the process, gone when it ends."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from msgspec import Struct

from resonance.core.clock import now_ms
from resonance.core.errors import Invalid
from resonance.core.events import Event, EventBus
from resonance.core.ids import is_id
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue import tracks_by_ids
from resonance.library.catalogue.access import not_found
from resonance.model.caller import Caller
from resonance.model.catalogue import TrackItem

# Kept this much longer than the track lasts: pauses and slow clients. And never longer than the limit.
GRACE_MS = 2 * 60_000
LIMIT_MS = 6 * 3_600_000
UNKNOWN_LENGTH_MS = 10 * 60_000
MOST_ENTRIES = 1000


@dataclass(frozen=True, slots=True)
class _Entry:
    user_id: str
    user_name: str
    client: str
    track_id: str
    position_ms: int
    reported_at: int
    expires_at: int


class NowPlayingItem(Struct, frozen=True):
    """Somebody's present track. `position_ms` is where it was at `minutes_ago`."""

    user_id: str
    user_name: str
    client: str
    track: TrackItem
    position_ms: int
    minutes_ago: int


class NowPlaying:
    """One entry per user and client. Everyone signed in sees who plays what they could see themselves."""

    def __init__(self, events: EventBus, clock: Callable[[], int] = now_ms) -> None:
        self._events = events
        self._clock = clock
        self._entries: dict[tuple[str, str], _Entry] = {}
        self._lock = threading.Lock()

    def report(
        self, uow: UnitOfWork, caller: Caller, track_id: str, *, position_ms: int = 0, client: str = ""
    ) -> None:
        """The caller plays this now. NotFound when the track is out of sight."""
        if not 0 <= position_ms < LIMIT_MS * 4:
            raise Invalid("A position is not negative, nor days long.", field="position_ms")
        tracks = tracks_by_ids(uow, caller, [track_id]) if is_id(track_id) else []
        if not tracks:
            raise not_found("track")
        now, length_ms = self._clock(), int(tracks[0].duration_s * 1000)
        left = max(length_ms - position_ms, 0) + GRACE_MS if length_ms else UNKNOWN_LENGTH_MS
        key = (caller.user_id, client or caller.client)
        entry = _Entry(
            *(caller.user_id, caller.name, key[1], track_id, position_ms),
            reported_at=now,
            expires_at=now + min(left, LIMIT_MS),
        )
        with self._lock:
            self._forget_expired(now)
            self._entries.pop(key, None)
            while len(self._entries) >= MOST_ENTRIES:
                del self._entries[next(iter(self._entries))]
            self._entries[key] = entry
        self._events.publish(Event("now_playing.changed", {"user_id": caller.user_id}))

    def stop(self, caller: Caller, *, client: str = "") -> None:
        """The caller's client plays nothing any more."""
        with self._lock:
            held = self._entries.pop((caller.user_id, client or caller.client), None)
        if held is not None:
            self._events.publish(Event("now_playing.changed", {"user_id": caller.user_id}))

    def everyone(self, uow: UnitOfWork, caller: Caller) -> list[NowPlayingItem]:
        """What everybody plays, the latest report first, as far as the caller may see the tracks."""
        now = self._clock()
        with self._lock:
            self._forget_expired(now)
            entries = sorted(self._entries.values(), key=lambda entry: -entry.reported_at)
        tracks = {item.id: item for item in tracks_by_ids(uow, caller, [e.track_id for e in entries])}
        return [
            NowPlayingItem(
                entry.user_id,
                entry.user_name,
                entry.client,
                tracks[entry.track_id],
                entry.position_ms,
                (now - entry.reported_at) // 60_000,
            )
            for entry in entries
            if entry.track_id in tracks
        ]

    def _forget_expired(self, now: int) -> None:
        for key in [key for key, entry in self._entries.items() if entry.expires_at <= now]:
            del self._entries[key]
