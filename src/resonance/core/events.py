"""News that travels upward: small frozen facts, published after the commit that made them true."""

from __future__ import annotations

from collections.abc import Callable
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


class Subscription(Protocol):
    """Events as they come, on the event loop that subscribed. `async for`, inside `with`."""

    def __aiter__(self) -> Subscription: ...
    async def __anext__(self) -> Event: ...
    def __enter__(self) -> Subscription: ...
    def __exit__(self, *_: object) -> None: ...
    def close(self) -> None: ...


class EventHub(EventBus, Protocol):
    """A bus that can be listened to, from every process of the installation.

    A subscriber that falls behind by more than `size` events loses the oldest and gets "events.missed".
    """

    def subscribe(
        self, wanted: Callable[[Event], bool] = lambda _event: True, *, size: int = 256
    ) -> Subscription: ...

    def close(self) -> None: ...
