"""Events between processes: a local bus, and a transport that carries what is published to the others."""

from __future__ import annotations

import json
import queue
import secrets
import threading
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from resonance.adapters.memory_bus import MISSED, MemoryBus, Wanted
from resonance.core.events import Event, Subscription
from resonance.core.logs import logger

log = logger(__name__)

OUTBOX = 1000
RECONNECT_S = 1.0
# Says nothing; whoever waits for messages looks up when it comes.
WAKE_UP = ""
MAX_RECONNECT_S = 30.0


class Transport(Protocol):
    """A way to every process, ours included. Each side runs in a thread of its own and may raise `faults`."""

    faults: tuple[type[Exception], ...]
    max_bytes: int

    def send(self, message: str) -> None:
        """Give the message to all."""

    def listen(self, stopped: Callable[[], bool]) -> Iterator[str | None]:
        """Messages as they come. None at least once a second, the first as soon as we are connected."""

    def close(self) -> None:
        """Give the connections back."""


class RelayBus:
    """An EventHub over a transport. This process hears its own events at once, with or without it."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._local = MemoryBus()
        self._origin = secrets.token_hex(6)
        self._outbox: queue.Queue[Event | None] = queue.Queue(OUTBOX)
        self._stopping = threading.Event()
        self.connected = threading.Event()
        self._threads = [
            threading.Thread(target=self._send_all, name="events-out", daemon=True),
            threading.Thread(target=self._hear_all, name="events-in", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def publish(self, event: Event) -> None:
        """Tell this process now and the others soon; dropped for them when a thousand wait to be sent."""
        self._local.publish(event)
        try:
            self._outbox.put_nowait(event)
        except queue.Full:
            log.warning("events.outbox_full", topic=event.topic)

    def subscribe(self, wanted: Wanted = lambda _event: True, *, size: int = 256) -> Subscription:
        """See core.events.EventHub."""
        return self._local.subscribe(wanted, size=size)

    def close(self) -> None:
        """Send what waits (for a second at most), then end."""
        self._stopping.set()
        try:
            self._outbox.put_nowait(None)
        except queue.Full:
            log.warning("events.outbox_full", topic="close")
        self._local.close()
        for thread in self._threads:
            thread.join(2)
        self._transport.close()

    def _send_all(self) -> None:
        while (event := self._outbox.get()) is not None:
            message = self._pack(event)
            # A second try, because a connection that the server closed is only noticed by using it.
            if not self._send(message) and not self._send(message):
                log.warning("events.not_sent", topic=event.topic)
        if self.connected.is_set():
            self._send(WAKE_UP)  # else closing waits for the end of the listener's second

    def _send(self, message: str) -> bool:
        try:
            self._transport.send(message)
        except self._transport.faults as fault:
            log.info("events.send_failed", reason=str(fault))
            return False
        return True

    def _hear_all(self) -> None:
        wait_s = RECONNECT_S
        lost_before = False
        while not self._stopping.is_set():
            try:
                for message in self._transport.listen(self._stopping.is_set):
                    if not self.connected.is_set():
                        self.connected.set()
                        wait_s = RECONNECT_S
                        if lost_before:
                            self._local.publish(Event(MISSED))
                    if message:
                        self._hear(message)
                    if self._stopping.is_set():
                        break
            except self._transport.faults as fault:
                log.warning("events.connection_lost", reason=str(fault), retry_s=wait_s)
            self.connected.clear()
            lost_before = True
            self._stopping.wait(wait_s)
            wait_s = min(MAX_RECONNECT_S, wait_s * 2)

    def _hear(self, message: str) -> None:
        try:
            body: dict[str, Any] = json.loads(message)
            event = Event(body["topic"], body["data"], body["user_id"])
            ours = body["origin"] == self._origin
        except (ValueError, KeyError, TypeError):
            log.warning("events.not_understood", length=len(message))
            return
        if not ours:
            self._local.publish(event)

    def _pack(self, event: Event) -> str:
        body = {"origin": self._origin, "topic": event.topic, "user_id": event.user_id, "data": event.data}
        text = json.dumps(body, separators=(",", ":"), default=str)
        if len(text.encode()) > self._transport.max_bytes:
            # Listeners fetch what they show; without its details an event still says that something changed.
            text = json.dumps(body | {"data": {"id": event.data.get("id"), "partial": True}})
        return text
