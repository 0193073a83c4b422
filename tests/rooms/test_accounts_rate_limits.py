"""One behaviour of the limits on sign-in, in this process and in Redis."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache

import pytest

from resonance.accounts import rate_limits
from resonance.accounts.rate_limits import RULES, RateLimits
from resonance.core.errors import Invalid, TooMany, Unauthorized
from resonance.core.ids import new_id
from tests.fixtures.redis import Redis

Make = Callable[[], RateLimits]


@pytest.fixture(params=["memory", "redis"])
def make(request: pytest.FixtureRequest) -> Make:
    """Makes the limits of one installation: on Redis each is another process."""
    if request.param == "memory":
        return cache(RateLimits)
    url = request.getfixturevalue("redis_url")
    return lambda: RateLimits(url)


@pytest.fixture
def address() -> str:
    """Never seen before, because the Redis of the session keeps its counts."""
    return new_id()


def used_up(limits: RateLimits, rule: str, *who: str) -> int:
    with pytest.raises(TooMany) as caught:
        limits.hit(rule, *who)
    return caught.value.retry_after


def test_a_rule_is_used_up_across_processes_and_says_how_long(make: Make, address: str) -> None:
    times, seconds = RULES["setup"]
    for _ in range(times):
        make().hit("setup", address)
    assert 1 <= used_up(make(), "setup", address) <= seconds
    with pytest.raises(TooMany):
        make().check("setup", address)
    make().hit("setup", new_id())
    make().hit("sign_up", address)
    make().forget("setup", address)
    make().hit("setup", address)


def test_many_at_once_do_not_slip_through(make: Make, address: str) -> None:
    limits, start, outcomes = make(), threading.Barrier(20), []

    def guess() -> None:
        start.wait()
        try:
            with limits.failures("sign_in_name", "sign_in_address", address, "ada"):
                raise Unauthorized("wrong")
        except (Unauthorized, TooMany) as fault:
            outcomes.append(type(fault))

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(Unauthorized) == RULES["sign_in_name"][0]


def test_success_forgets_failures_of_that_name(make: Make, address: str) -> None:
    limits = make()
    for _ in range(3):
        for _ in range(RULES["sign_in_name"][0] - 1):
            with (
                pytest.raises(Unauthorized),
                limits.failures("sign_in_name", "sign_in_address", address, "a"),
            ):
                raise Unauthorized("wrong")
        with limits.failures("sign_in_name", "sign_in_address", address, "a"):
            pass


def test_only_wrong_credentials_count_for_the_address(make: Make, address: str) -> None:
    limits = make()
    for number in range(RULES["sign_in_address"][0] + 5):
        name = str(number)
        with pytest.raises(Invalid), limits.failures("sign_in_name", "sign_in_address", address, name):
            raise Invalid("malformed")
    limits.check("sign_in_address", address)


def test_the_window_moves(make: Make, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rate_limits.RULES, "setup", (2, 1))
    limits = make()
    limits.hit("setup", address)
    limits.hit("setup", address)
    wait = used_up(limits, "setup", address)
    assert wait == 1
    threading.Event().wait(1.1)
    limits.hit("setup", address)


def test_without_redis_each_process_counts_for_itself(redis_server: Redis, address: str) -> None:
    limits = RateLimits(redis_server.url)
    limits.hit("setup", address)
    redis_server.stop()
    try:
        for _ in range(RULES["setup"][0]):
            limits.hit("setup", address)
        assert used_up(limits, "setup", address) >= 1
        limits.forget("setup", address)
        limits.check("setup", address)
    finally:
        redis_server.start()
    limits.hit("setup", address)
