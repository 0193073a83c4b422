"""Child processes that analyse one file at a time and may be killed for it.

A decoder that hangs in C cannot be interrupted from inside, and one that crashes takes its process along. So
every file is decoded in a process that others can end.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, TypeAlias

from resonance.audio.ear.features import Features, Unanalysable
from resonance.audio.ear.versions import ANALYSER

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

RECYCLE_AFTER = 100  # files a process handles before a fresh one takes its place
TIME_LIMIT_S = 600.0
MEMORY_LIMIT = 1 << 30  # bytes a process may have of its own; a hostile header asks for more
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_START_LIMIT_S = 120.0


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

    The calling thread drives it: `submit` while `free` > 0, then `wait`; nothing runs in threads. Children
    start when first needed, with one thread each for the matrix library, niceness and bounded memory.
    `analyser` is "resonance" or, where that is installed, "essentia".
    """

    def __init__(
        self,
        workers: int,
        *,
        time_limit_s: float = TIME_LIMIT_S,
        recycle_after: int = RECYCLE_AFTER,
        niceness: int = 10,
        analyser: str = ANALYSER,
    ) -> None:
        self._limit, self._recycle_after = time_limit_s, recycle_after
        self._niceness, self._analyser = niceness, analyser
        self._workers = max(1, workers)
        self._idle: list[_Child] = []
        self._busy: list[_Child] = []

    @property
    def free(self) -> int:
        """How many tasks can be submitted now."""
        return self._workers - len(self._busy)

    @property
    def busy(self) -> int:
        """How many tasks are running."""
        return len(self._busy)

    def submit(self, task: Task) -> None:
        """Start a task. Raises ValueError when no worker is free."""
        if not self.free:
            raise ValueError("every worker is busy")
        child = self._idle.pop() if self._idle else _Child(self._niceness, self._analyser)
        child.give(task, self._limit)
        self._busy.append(child)

    def wait(self, timeout_s: float) -> list[Outcome]:
        """Tasks that ended, were killed for their time, or died; after `timeout_s` perhaps none."""
        until = time.monotonic() + timeout_s
        found: list[Outcome] = []
        while self._busy and not found:
            now = time.monotonic()
            next_deadline = min(child.deadline for child in self._busy)
            if now >= until and now < next_deadline:
                break
            wait([child.pipe for child in self._busy], max(0.0, min(until, next_deadline) - now))
            for child in list(self._busy):
                outcome = child.outcome()
                if outcome is not None:
                    self._busy.remove(child)
                    self._keep(child)
                    found.append(outcome)
        return found

    def _keep(self, child: _Child) -> None:
        if child.alive and child.handled < self._recycle_after:
            self._idle.append(child)
        else:
            child.end()

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Feed all tasks through; outcomes in the order in which they end."""
        waiting = iter(tasks)
        exhausted = False
        while not exhausted or self._busy:
            while self.free and not exhausted:
                task = next(waiting, None)
                if task is None:
                    exhausted = True
                else:
                    self.submit(task)
            yield from self.wait(1.0)

    def cancel(self) -> list[Task]:
        """Kill what runs; the tasks that were lost. The pool stays usable."""
        lost = [child.task for child in self._busy if child.task is not None]
        for child in self._busy:
            child.end()
        self._busy.clear()
        return lost

    def close(self) -> None:
        """Kill what still runs and reap every child. `submit` would start new ones."""
        for child in [*self._busy, *self._idle]:
            child.end()
        self._busy.clear()
        self._idle.clear()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Child:
    """One process and the pipe to it."""

    def __init__(self, niceness: int, analyser: str) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.handled = 0
        self.task: Task | None = None
        self.deadline = 0.0
        self.alive = True
        self._ended = False
        self._process: SpawnProcess = context.Process(
            target=_work, args=(theirs, niceness, analyser), name="resonance-ear", daemon=True
        )
        with _one_thread():
            self._process.start()
        theirs.close()
        self._started = time.monotonic()

    def give(self, task: Task, limit_s: float) -> None:
        # A fresh process must load its libraries first; that is not the file's fault.
        now = time.monotonic()
        start_s = _START_LIMIT_S if not self.handled else 0.0
        self.task, self.deadline = task, now + limit_s + start_s
        self._limit_s = limit_s
        try:
            self.pipe.send((task.path, task.stage, task.groups))
        except OSError:
            self.alive = False

    def outcome(self) -> Outcome | None:
        """What became of the task; None while it runs."""
        task = self.task
        assert task is not None
        try:
            if not self.alive:
                return self._lost(task, "crashed", "The process that decoded the file died.")
            while self.pipe.poll():
                said = self.pipe.recv()
                if said == _BEGUN:
                    self.deadline = time.monotonic() + self._limit_s
                    continue
                self.handled += 1
                self.task = None
                if isinstance(said, Features):
                    return Outcome(task, said, None)
                return Outcome(task, None, said)
        except (EOFError, OSError):
            return self._lost(task, *self._death())
        if time.monotonic() >= self.deadline:
            return self._lost(task, "timeout", f"It took longer than {self._limit_s:.0f} s.")
        return None

    def _death(self) -> tuple[str, str]:
        self._process.join(5.0)
        code = self._process.exitcode
        if code == -signal.SIGKILL:
            return (
                "out_of_memory",
                "The system ended the process that decoded the file, most likely for its memory.",
            )
        how = signal.Signals(-code).name if code is not None and code < 0 else f"code {code}"
        return "crashed", f"The process that decoded the file died ({how})."

    def _lost(self, task: Task, problem: str, detail: str) -> Outcome:
        self.end()
        return Outcome(task, None, Unanalysable(problem, detail))

    def end(self) -> None:
        if self._ended:
            return
        self._ended, self.alive = True, False
        self.task = None
        self.pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()


_BEGUN = "begun"


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """What a child starts with; matrix libraries read it when they load."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _work(pipe: Connection, niceness: int, analyser: str) -> None:
    """The life of a child: files until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(OSError):
        os.nice(niceness)
    hear = _hearing(analyser)
    _bound_memory()
    with contextlib.suppress(EOFError, OSError, BrokenPipeError):
        while True:
            path, stage, groups = pipe.recv()
            pipe.send(_BEGUN)
            pipe.send(_analysed(hear, stage, path, groups))


Hear: TypeAlias = Callable[[str, str, "frozenset[str] | None"], Features]


def _hearing(analyser: str) -> Hear:
    """What analyses (stage, path, groups); its libraries are loaded now."""
    from resonance.audio.ear import analyse

    def own(stage: str, path: str, groups: frozenset[str] | None) -> Features:
        return analyse.STAGES[stage](path, groups)

    if analyser == ANALYSER:
        return own
    from resonance.audio.ear import essentia_ear

    return lambda stage, path, groups: essentia_ear.second_opinion(path, own(stage, path, groups))


def _analysed(hear: Hear, stage: str, path: str, groups: frozenset[str] | None) -> Features | Unanalysable:
    try:
        return hear(stage, path, groups)
    except Unanalysable as fault:
        return fault
    except MemoryError:
        return Unanalysable("out_of_memory", "The file asks for more memory than a worker may have.")
    except Exception as fault:  # noqa: BLE001 - the edge of the process: one file must not end it
        traceback.print_exc()
        return Unanalysable("crashed", f"{type(fault).__name__}: {fault}"[:300])


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, resource.getrlimit(resource.RLIMIT_DATA)[1]))
