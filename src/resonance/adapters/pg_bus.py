"""Events over PostgreSQL's LISTEN and NOTIFY, for several processes without Redis."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg

from resonance.adapters.relay_bus import RelayBus

CHANNEL = "resonance_events"


class PgTransport:
    """See relay_bus.Transport."""

    faults: tuple[type[Exception], ...] = (psycopg.Error, OSError)
    max_bytes = 7999  # NOTIFY refuses 8000 bytes and more

    def __init__(self, url: str) -> None:
        self._url = url
        self._sender: psycopg.Connection | None = None

    def send(self, message: str) -> None:
        """Notify on a connection of our own, so that no transaction delays it."""
        if self._sender is None or self._sender.closed:
            self._sender = psycopg.connect(self._url, autocommit=True, connect_timeout=5)
        self._sender.execute("SELECT pg_notify(%s, %s)", (CHANNEL, message))

    def listen(self, stopped: Callable[[], bool]) -> Iterator[str | None]:
        """Listen until stopped."""
        with psycopg.connect(self._url, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            yield None
            while not stopped():
                for notice in connection.notifies(timeout=1.0):
                    yield notice.payload
                yield None

    def close(self) -> None:
        """Close the sending connection."""
        if self._sender is not None:
            self._sender.close()


def pg_bus(url: str) -> RelayBus:
    """The hub of an installation on PostgreSQL. `url` as libpq understands it."""
    return RelayBus(PgTransport(url))
