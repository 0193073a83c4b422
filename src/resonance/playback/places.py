"""How many encoders each user runs at a time."""

from __future__ import annotations

import threading
from collections import Counter

from resonance.core.errors import TooMany


class Place:
    """One encoder's place. `release` may be called more than once, from any thread."""

    def __init__(self, places: Places, user_id: str) -> None:
        self._places: Places | None = places
        self._user_id = user_id

    def release(self) -> None:
        """Give the place back."""
        places, self._places = self._places, None
        if places is not None:
            places.give(self._user_id)


class Places:
    """Counts encoders by user."""

    def __init__(self, per_user: int) -> None:
        self._per_user = per_user
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, user_id: str) -> Place:
        """A place, or TooMany."""
        with self._lock:
            if self._taken[user_id] >= self._per_user:
                raise TooMany("Too many transcodes at a time. Stop one, or wait a moment.", retry_after=5)
            self._taken[user_id] += 1
        return Place(self, user_id)

    def give(self, user_id: str) -> None:
        """One less."""
        with self._lock:
            self._taken[user_id] -= 1
            if self._taken[user_id] <= 0:
                del self._taken[user_id]
