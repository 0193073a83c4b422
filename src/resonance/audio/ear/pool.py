"""Child processes that analyse one file at a time and may be killed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from resonance.audio.ear.features import Features, Unanalysable

RECYCLE_AFTER = 100  # files a process handles before a fresh one takes its place
TIME_LIMIT_S = 600.0


@dataclass(frozen=True, slots=True)
class Task:
    """One file to analyse. `tag` comes back untouched; `groups` as in versions.GROUPS.

    `stage` is "quick", "full" or "whole" (see analyse).
    """

    tag: Any
    path: str
    stage: str = "whole"
    groups: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: `features`, or why there are none."""

    task: Task
    features: Features | None
    problem: Unanalysable | None


class Pool:
    """At most `workers` child processes; one task each at a time, none queued inside.

    The calling thread drives it: `submit` while `free` > 0, then `wait`; nothing runs in threads.
    """

    def __init__(
        self,
        workers: int,
        *,
        time_limit_s: float = TIME_LIMIT_S,
        recycle_after: int = RECYCLE_AFTER,
        niceness: int = 10,
    ) -> None:
        raise NotImplementedError

    @property
    def free(self) -> int:
        """How many tasks can be submitted now."""
        raise NotImplementedError

    @property
    def busy(self) -> int:
        """How many tasks are running."""
        raise NotImplementedError

    def submit(self, task: Task) -> None:
        """Start a task. Raises ValueError when no worker is free."""
        raise NotImplementedError

    def wait(self, timeout_s: float) -> list[Outcome]:
        """Tasks that ended, were killed for their time, or died; after `timeout_s` perhaps none."""
        raise NotImplementedError

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Feed all tasks through; outcomes in the order in which they end."""
        raise NotImplementedError

    def close(self) -> None:
        """Kill what still runs and reap every child."""
        raise NotImplementedError
