"""Events over Redis publish/subscribe."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import redis

from resonance.adapters.relay_bus import RelayBus

CHANNEL = "resonance:events"


class RedisTransport:
    """See relay_bus.Transport."""

    faults: tuple[type[Exception], ...] = (redis.RedisError, OSError)
    max_bytes = 1 << 20

    def __init__(self, url: str) -> None:
        self._client = redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)

    def send(self, message: str) -> None:
        """Publish."""
        self._client.publish(CHANNEL, message)

    def listen(self, stopped: Callable[[], bool]) -> Iterator[str | None]:
        """Subscribe until stopped."""
        with self._client.pubsub() as channel:  # type: ignore[no-untyped-call]
            channel.subscribe(CHANNEL)
            while not stopped():
                heard = channel.get_message(timeout=1.0)
                if heard is None or heard["type"] == "subscribe":
                    yield None
                elif heard["type"] == "message":
                    yield heard["data"].decode()

    def close(self) -> None:
        """Close the pool."""
        self._client.close()


def redis_bus(url: str) -> RelayBus:
    """The hub of an installation that has Redis."""
    return RelayBus(RedisTransport(url))
