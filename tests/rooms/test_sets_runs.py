"""Arrangements in real processes: answered, stopped, killed, and ended when nothing is asked."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from resonance.core.errors import NotFound
from resonance.sequencing.items import Item, Request
from resonance.sets import runs as module
from resonance.sets.runs import Run, Runs


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Runs]:
    monkeypatch.setattr(module, "IDLE_S", 0.2)
    runs = Runs(at_once=1)
    yield runs
    runs.close()


def pool(count: int) -> list[Item]:
    return [Item(f"T{n}", artist=f"A{n % 7}", bpm=100 + n % 30, energy=n / count) for n in range(count)]


def started(runs: Runs, tracks: int, user: str = "ada") -> Run:
    posed = SimpleNamespace(request=Request(pool(tracks), seed=1))
    return runs.start(user, f"set of {tracks}", posed)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def children() -> list[int]:
    mine = [one for one in multiprocessing.active_children() if one.name == "resonance-sets"]
    return [one.pid for one in mine if one.pid is not None]


def test_a_process_without_work_ends_and_the_next_run_has_a_new_one(runs: Runs) -> None:
    first = started(runs, 12)
    until(lambda: first.state == "done")
    until(lambda: not children())
    second = started(runs, 12)
    until(lambda: second.state == "done")
    assert first.found is not None and second.found is not None
    assert first.found.order == second.found.order
    with pytest.raises(NotFound):
        runs.get("berta", second.id)


def test_a_killed_process_fails_its_run_alone(runs: Runs) -> None:
    lost = started(runs, 400)
    until(lambda: lost.state == "running" and bool(children()))
    waiting = started(runs, 12, "berta")
    os.kill(children()[0], signal.SIGKILL)
    until(lambda: lost.state == "failed")
    assert lost.fault is not None and "ended before" in lost.fault.detail
    until(lambda: waiting.state == "done")


def test_a_stopped_run_has_the_best_so_far(runs: Runs) -> None:
    run = started(runs, 400)
    until(lambda: run.told is not None)
    runs.cancel("ada", run.id)
    until(lambda: run.ended is not None)
    assert run.state == "cancelled" and run.found is not None
    assert not run.found.reproducible and len(set(run.found.order)) == 400
