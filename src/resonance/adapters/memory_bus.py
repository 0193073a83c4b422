"""Events inside one process: published from any thread, awaited on any event loop."""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from resonance.core.events import Event

# Only the last word counts: an older one of the same thing is replaced while it waits.
_LATEST_ONLY = frozenset({"scan.progress", "job.changed", "now_playing.changed"})
MISSED = "events.missed"
Wanted = Callable[[Event], bool]


class Subscription:
    """A bounded queue of events on the loop that made it. `async for` yields until `close`."""

    def __init__(self, bus: MemoryBus, wanted: Wanted, size: int) -> None:
        import asyncio  # not at the top: a command that only publishes starts faster without it

        self._bus = bus
        self._wanted = wanted
        self._size = size
        self._loop = asyncio.get_running_loop()
        self._ready = asyncio.Event()
        self._lock = threading.Lock()
        self._waiting: OrderedDict[Any, Event] = OrderedDict()
        self._numbers = itertools.count()
        self._missed = False
        self._closed = False

    def offer(self, event: Event) -> None:
        """Take the event if it is wanted; the oldest makes room. Called from any thread."""
        if not self._wanted(event):
            return
        with self._lock:
            if self._closed:
                return
            self._waiting[self._place(event)] = event
            if len(self._waiting) > self._size:
                self._waiting.popitem(last=False)
                self._missed = True
            wakes = len(self._waiting) == 1
        if wakes:
            self._wake()

    def _place(self, event: Event) -> Any:
        if event.topic in _LATEST_ONLY:
            return event.topic, event.data.get("id"), event.user_id
        return next(self._numbers)

    def _wake(self) -> None:
        try:
            self._loop.call_soon_threadsafe(self._ready.set)
        except RuntimeError:  # the loop ended before its subscriber did
            self.close()

    def __aiter__(self) -> Subscription:
        return self

    async def __anext__(self) -> Event:
        while True:
            with self._lock:
                if self._missed:
                    self._missed = False
                    return Event(MISSED)
                if self._waiting:
                    return self._waiting.popitem(last=False)[1]
                if self._closed:
                    raise StopAsyncIteration
                self._ready.clear()
            await self._ready.wait()

    def close(self) -> None:
        """Take no more events; the iteration ends after those that wait."""
        with self._lock:
            self._closed = True
        self._bus.forget(self)
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ready.set)

    def __enter__(self) -> Subscription:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class MemoryBus:
    """The hub of one process. Publishing never blocks on a subscriber and never fails."""

    def __init__(self) -> None:
        self._subscriptions: frozenset[Subscription] = frozenset()
        self._lock = threading.Lock()

    def publish(self, event: Event) -> None:
        """Hand the event to every subscriber that wants it."""
        for subscription in self._subscriptions:
            subscription.offer(event)

    def subscribe(self, wanted: Wanted = lambda _event: True, *, size: int = 256) -> Subscription:
        """Listen from now on, on the running event loop. Close it (or use `with`) at the end.

        When more than `size` events wait, the oldest are dropped and one `events.missed` is yielded.
        """
        subscription = Subscription(self, wanted, size)
        with self._lock:
            self._subscriptions |= {subscription}
        return subscription

    def forget(self, subscription: Subscription) -> None:
        """Called by the subscription that closes."""
        with self._lock:
            self._subscriptions -= {subscription}

    def close(self) -> None:
        """End every subscription."""
        for subscription in self._subscriptions:
            subscription.close()
