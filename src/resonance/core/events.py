"""News that travels upward: small frozen facts, published after the commit that made them true."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Event:
    """`topic` such as "library.changed"; `user_id` None means for everybody; `data` is JSON-ready."""

    topic: str
    data: dict[str, Any] = field(default_factory=dict)
    user_id: str | None = None


class EventBus(Protocol):
    """What a room needs to tell the world something. Publishing never blocks and never fails."""

    def publish(self, event: Event) -> None: ...


class Silent:
    """A bus for commands that nobody listens to."""

    def publish(self, event: Event) -> None:
        """Forget the event."""
