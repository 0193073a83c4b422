"""Login passwords: what they cost, how many at a time, which are allowed."""

from __future__ import annotations

import threading
import time

import pytest

from resonance.accounts import passwords as module
from resonance.accounts.passwords import Passwords
from resonance.core.errors import Invalid, TooMany


@pytest.fixture
def cheap() -> Passwords:
    return Passwords(time_cost=1, memory_kib=64, lanes=1)


def test_the_default_is_argon2id_with_64_mib() -> None:
    hashed = Passwords().hash("correct horse")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Passwords().verify("correct horse", hashed)
    assert not Passwords().verify("correct horses", hashed)


def test_an_unknown_user_takes_as_long_as_a_wrong_password() -> None:
    real = Passwords(memory_kib=16_384, lanes=1)
    stored = real.hash("correct horse")

    # CPU time of this thread (one lane runs in it), in turns: other work on the machine does not count.
    attempts = [("wrong horse", stored), ("wrong horse", None), ("x" * 5000, stored), ("\ud800", stored)]
    times: list[list[float]] = [[] for _ in attempts]
    for _ in range(7):
        for taken, (password, against) in zip(times, attempts, strict=True):
            started = time.thread_time()
            assert not real.verify(password, against)
            taken.append(time.thread_time() - started)
    wrong, *others = map(min, times)
    for other in others:
        assert 0.6 < other / wrong < 1.6


def test_nobody_has_no_password_that_fits(cheap: Passwords) -> None:
    assert not any(cheap.verify(password, None) for password in ("", "\0", "password"))
    assert not cheap.verify("", cheap.hash("correct horse"))


def test_two_work_at_a_time(cheap: Passwords, monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = 0, 0, threading.Lock()
    verify = cheap._argon2.verify

    def slow(raw: bytes, stored: str) -> bool:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.02)
        right = verify(raw, stored)
        with lock:
            now -= 1
        return right

    monkeypatch.setattr(cheap._argon2, "verify", slow)
    stored = cheap.hash("correct horse")
    threads = [threading.Thread(target=cheap.verify, args=("correct horse", stored)) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == module.AT_ONCE == 2


def test_who_waits_too_long_is_told_to_come_back(cheap: Passwords, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.01)
    stored = cheap.hash("correct horse")
    with cheap._slot(), cheap._slot(), pytest.raises(TooMany) as caught:
        cheap.verify("correct horse", stored)
    assert caught.value.retry_after >= 1
    assert cheap.verify("correct horse", stored)  # every slot was given back


def test_composed_and_decomposed_letters_are_one_password(cheap: Passwords) -> None:
    assert cheap.verify("zwölf Boxkämpfer", cheap.hash("zwo\u0308lf Boxka\u0308mpfer"))


@pytest.mark.parametrize("password", ["", "1234567", "x" * 1025, "long enough\ud800"])
def test_what_is_too_short_too_long_or_unstorable_is_refused(cheap: Passwords, password: str) -> None:
    with pytest.raises(Invalid) as caught:
        cheap.hash(password, field="new")
    assert caught.value.field == "new"


def test_1024_characters_are_allowed(cheap: Passwords) -> None:
    assert cheap.verify("ü" * 1024, cheap.hash("ü" * 1024))


def test_hashes_of_weaker_times_are_known(cheap: Passwords) -> None:
    assert Passwords().outdated(cheap.hash("correct horse"))
    assert not cheap.outdated(cheap.hash("correct horse"))
