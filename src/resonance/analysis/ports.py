"""What the analysis needs from outside: processes that listen. audio.ear.pool.Pool is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from resonance.audio.ear.pool import Outcome, Task


class Ears(Protocol):
    """Child processes with one file each. The calling thread drives them; nothing is queued inside."""

    @property
    def free(self) -> int:
        """How many tasks can be submitted now."""

    @property
    def busy(self) -> int:
        """How many tasks are running."""

    def submit(self, task: Task) -> None:
        """Start a task. Raises ValueError when no process is free."""

    def wait(self, timeout_s: float) -> list[Outcome]:
        """Tasks that ended, were killed for their time, or died; after `timeout_s` perhaps none."""

    def close(self) -> None:
        """Kill what still runs and reap every child."""


# (number of processes) -> the processes; none is started before its first task.
HireEars: TypeAlias = Callable[[int], Ears]
