"""One contract for every event bus."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from resonance.adapters.memory_bus import MemoryBus
from resonance.core.events import Event, EventHub, Subscription

Make = Callable[[], EventHub]


def _connected(bus: Any) -> EventHub:
    assert bus.connected.wait(10), "the bus did not connect within 10 s"
    return bus


@pytest.fixture(params=["memory", "redis", "postgresql"])
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    """Makes hubs of one installation: on memory always the same, else one for each process."""
    made: list[EventHub] = []
    if request.param == "memory":
        hub = MemoryBus()
        yield lambda: hub
        hub.close()
        return
    if request.param == "redis":
        from resonance.adapters.redis_bus import redis_bus as build

        url = request.getfixturevalue("redis_url")
    else:
        from resonance.adapters.pg_bus import pg_bus as build

        url = request.getfixturevalue("postgres_url")

    def another() -> EventHub:
        made.append(_connected(build(url)))
        return made[-1]

    yield another
    for bus in made:
        bus.close()


async def _next(subscription: Subscription) -> Event:
    return await asyncio.wait_for(subscription.__anext__(), 10)


async def _silent(subscription: Subscription) -> bool:
    try:
        await asyncio.wait_for(subscription.__anext__(), 0.3)
    except TimeoutError:
        return True
    return False


def run(main: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        await asyncio.wait_for(main(), 30)

    asyncio.run(bounded())


def test_every_process_hears_everything_in_order(make: Make) -> None:
    async def main() -> None:
        here, there = make(), make()
        with here.subscribe() as a, there.subscribe() as b:
            sent = [Event("library.changed", {"n": n, "name": "Sigur Rós"}, None) for n in range(20)]
            for event in sent:
                here.publish(event)
            assert [await _next(a) for _ in sent] == sent
            assert [await _next(b) for _ in sent] == sent
            assert await _silent(a), "an event arrives once"

    run(main)


def test_a_subscriber_gets_what_it_wants(make: Make) -> None:
    async def main() -> None:
        bus = make()
        with bus.subscribe(lambda event: event.user_id in (None, "ada")) as ada:
            bus.publish(Event("like.changed", {"id": "1"}, "bob"))
            bus.publish(Event("like.changed", {"id": "2"}, "ada"))
            bus.publish(Event("library.changed", {"id": "3"}))
            assert [(await _next(ada)).data["id"], (await _next(ada)).data["id"]] == ["2", "3"]

    run(main)


def test_published_from_other_threads(make: Make) -> None:
    async def main() -> None:
        bus, there = make(), make()

        def publish(first: int) -> None:
            for n in range(first, first + 50):
                bus.publish(Event("playlist.changed", {"n": n}))

        with there.subscribe() as heard:
            threads = [threading.Thread(target=publish, args=(first,)) for first in (0, 50, 100)]
            for thread in threads:
                thread.start()
            got = [(await _next(heard)).data["n"] for _ in range(150)]
            for thread in threads:
                thread.join()
            assert sorted(got) == list(range(150))

    run(main)


def test_a_slow_subscriber_loses_the_oldest_and_is_told(make: Make) -> None:
    async def main() -> None:
        bus = make()
        with bus.subscribe(size=4) as slow:
            for n in range(10):
                bus.publish(Event("playlist.changed", {"n": n}))
            assert (await _next(slow)).topic == "events.missed"
            assert [(await _next(slow)).data["n"] for _ in range(4)] == [6, 7, 8, 9]
            assert await _silent(slow)

    run(main)


def test_of_progress_only_the_last_word_waits(make: Make) -> None:
    async def main() -> None:
        bus = make()
        with bus.subscribe(size=4) as slow:
            for n in range(500):
                bus.publish(Event("scan.progress", {"id": f"scan{n % 2}", "n": n}))
            bus.publish(Event("library.changed"))
            got = [await _next(slow) for _ in range(3)]
            assert [(e.topic, e.data.get("n")) for e in got] == [
                ("scan.progress", 498),
                ("scan.progress", 499),
                ("library.changed", None),
            ]

    run(main)


def test_close_ends_the_iteration(make: Make) -> None:
    async def main() -> None:
        bus = make()
        subscription = bus.subscribe()
        bus.publish(Event("library.changed"))
        subscription.close()
        assert [event.topic async for event in subscription] == ["library.changed"]
        bus.publish(Event("library.changed"))
        assert [event async for event in subscription] == []

    run(main)


def test_a_large_event_still_arrives(make: Make) -> None:
    async def main() -> None:
        here, there = make(), make()
        with there.subscribe() as heard:
            here.publish(Event("playlist.changed", {"id": "p1", "text": "ü" * 20_000}))
            event = await _next(heard)
            assert (event.topic, event.data["id"]) == ("playlist.changed", "p1")

    run(main)


def test_a_subscriber_whose_loop_ended_harms_nobody(make: Make) -> None:
    bus = make()
    left: list[Subscription] = []

    async def leave() -> None:
        left.append(bus.subscribe())

    asyncio.run(leave())
    bus.publish(Event("library.changed"))
    bus.publish(Event("library.changed"))


def test_redis_lost_and_back(redis_server: Any) -> None:
    from resonance.adapters.redis_bus import redis_bus

    async def main() -> None:
        here, there = redis_bus(redis_server.url), redis_bus(redis_server.url)
        try:
            _connected(here), _connected(there)
            with here.subscribe() as a, there.subscribe() as b:
                redis_server.stop()
                here.publish(Event("library.changed", {"n": 1}))
                assert (await _next(a)).data == {"n": 1}, "this process hears itself without Redis"
                redis_server.start()
                for bus in (here, there):
                    await asyncio.to_thread(_connected, bus)
                assert (await _next(b)).topic == "events.missed"
                here.publish(Event("library.changed", {"n": 2}))
                while (event := await _next(b)).topic == "events.missed":
                    pass
                assert event.data == {"n": 2}
        finally:
            here.close()
            there.close()

    run(main)
