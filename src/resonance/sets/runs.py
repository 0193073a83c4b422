"""Arrangements under way: a few at a time, each in a process of its own, known by an id for a while."""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from resonance.core.errors import NotFound, TooMany
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.sets import child
from resonance.sets.child import Fault, Told

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from resonance.sequencing.items import Arrangement
    from resonance.sets.wishes import Posed

log = logger(__name__)
State = Literal["waiting", "running", "done", "cancelled", "failed"]

AT_ONCE = 2
WAITING_EACH = 3  # runs that one person may have waiting or running
KEPT_S = 900.0  # how long an ended run can be asked about
_MOST_KEPT = 200
IDLE_S = 60.0  # a process without work ends after so long
_NICENESS = 5
_ENDED = ("done", "cancelled", "failed")
_DIED = Fault("error", "The process that searched ended before it had an answer.")


@dataclass
class Run:
    """One arrangement. Threads write single fields; a reader sees each as it was last."""

    id: str
    user_id: str
    set_id: str
    posed: Posed
    state: State = "waiting"
    told: Told | None = None
    found: Arrangement | None = None
    fault: Fault | None = None
    asked_to_stop: bool = False
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None

    @property
    def seconds(self) -> float:
        """Since it was asked for, until it ended."""
        return (self.ended or time.monotonic()) - self.began


class Runs:
    """Starts, tells of and stops arrangements. Threads and processes start with the first one."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._lock = threading.Lock()
        self._runs: dict[str, Run] = {}
        self._waiting: queue.Queue[Run | None] = queue.Queue()
        self._threads: list[threading.Thread] = []
        self._at_once = at_once
        self._closed = False

    def start(self, user_id: str, set_id: str, posed: Posed) -> Run:
        """Queue an arrangement; one of the same set that still runs is stopped. TooMany for too many."""
        with self._lock:
            self._forget()
            mine = [run for run in self._runs.values() if run.user_id == user_id and run.state not in _ENDED]
            for run in mine:
                run.asked_to_stop |= run.set_id == set_id
            if len([run for run in mine if not run.asked_to_stop]) >= WAITING_EACH:
                raise TooMany("Other sets of yours are being arranged.", retry_after=5)
            run = Run(new_id(), user_id, set_id, posed)
            self._runs[run.id] = run
            if len(self._threads) < self._at_once and not self._closed:
                thread = threading.Thread(target=self._serve, name="sets", daemon=True)
                self._threads.append(thread)
                thread.start()
        self._waiting.put(run)
        return run

    def get(self, user_id: str, run_id: str) -> Run:
        """One's own run. NotFound for others, and for those that ended a while ago."""
        with self._lock:
            run = self._runs.get(run_id)
        if run is None or run.user_id != user_id:
            raise NotFound("There is no such run.")
        return run

    def cancel(self, user_id: str, run_id: str) -> Run:
        """Ask a run to stop; what it has found by then is its result."""
        run = self.get(user_id, run_id)
        run.asked_to_stop = True
        return run

    def close(self) -> None:
        """Stop everything and end the processes."""
        with self._lock:
            self._closed = True
            for run in self._runs.values():
                run.asked_to_stop = True
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join(10.0)

    def _forget(self) -> None:
        now = time.monotonic()
        ended = [run for run in self._runs.values() if run.ended is not None]
        old = [run for run in ended if now - (run.ended or now) > KEPT_S]
        for run in old or sorted(ended, key=lambda run: run.ended or 0)[: len(ended) - _MOST_KEPT + 1]:
            if run in old or len(ended) >= _MOST_KEPT:
                del self._runs[run.id]

    def _serve(self) -> None:
        searcher: _Searcher | None = None
        while True:
            try:
                run = self._waiting.get(timeout=None if searcher is None else IDLE_S)
            except queue.Empty:
                if searcher is not None:
                    searcher.end()
                searcher = None
                continue
            if run is None:
                break
            try:
                if run.asked_to_stop:
                    run.state = "cancelled"
                    continue
                run.state = "running"
                searcher = searcher if searcher is not None and searcher.alive else _Searcher()
                answer = searcher.search(run)
                if isinstance(answer, Fault):
                    run.fault, run.state = answer, "failed"
                else:
                    run.found, run.state = answer, "cancelled" if run.asked_to_stop else "done"
            except Exception:
                log.exception("sets.run_failed", run=run.id)
                run.fault, run.state = _DIED, "failed"
                searcher = None
            finally:
                run.ended = time.monotonic()
        if searcher is not None:
            searcher.end()


class _Searcher:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe: Connection
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=child.work, args=(theirs, _NICENESS), name="resonance-sets", daemon=True
        )
        self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        """Whether it can be given work."""
        return self._process.is_alive()

    def search(self, run: Run) -> Arrangement | Fault:
        """The answer to a run's request, however it came to its end."""
        stopping = False
        try:
            self._pipe.send(run.posed.request)
            while True:
                if run.asked_to_stop and not stopping:
                    stopping = True
                    self._pipe.send(child.STOP)
                if not self._pipe.poll(0.05):
                    continue
                said = self._pipe.recv()
                if not isinstance(said, Told):
                    return said  # type: ignore[no-any-return]
                run.told = said
        except (EOFError, OSError):
            self.end()
            return _DIED

    def end(self) -> None:
        """End the process."""
        with contextlib.suppress(OSError):
            self._pipe.close()
        self._process.kill()
        self._process.join()
