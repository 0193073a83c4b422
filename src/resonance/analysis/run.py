"""The analysis of the library: a quick pass over everything first, then the full one.

`Analyser.run` is called by a job or a command and works until nothing is behind, somebody stops it, or the
policy closes. It drives the processes from one thread, writes in small batches, and holds no transaction
while files are heard.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resonance.analysis import policy, progress, store
from resonance.analysis.crew import Crew
from resonance.analysis.patience import Patience
from resonance.analysis.ports import HireEars
from resonance.analysis.progress import Live, Status
from resonance.analysis.queue import Queue
from resonance.audio.ear.versions import ALL, ANALYSER, VERSIONS
from resonance.core.events import Event, EventBus
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.library import traits
from resonance.library.scanning import lease
from resonance.model.caller import OPERATOR, Caller

if TYPE_CHECKING:
    from resonance.search.vectors.ports import VectorIndex

log = logger(__name__)

JOB = "analysis.run"
# Up to so many tracks are analysed in one decoding each: a new album need not wait for two passes.
FEW = 200
TELL_EVERY_S = 1.0
LOOK_EVERY_S = 1.0  # at the policy


@dataclass(slots=True)
class Summary:
    """What a run did, in tracks.

    `quick`: tempo and timbre; `full`: loudness and final key. `put_off` could not be read. `ended`: "done",
    "cancelled", "paused", "hours", "off", "library_unreachable" or "busy" (another run of this process is at
    work and goes on with what is behind). `opens_at` (ms) is when the hours begin again.
    """

    ended: str = "done"
    quick: int = 0
    full: int = 0
    failed: int = 0
    put_off: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    audio_seconds: float = 0.0
    opens_at: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run is asked for. `ids` None: whatever is behind. `obey`: heed pause and hours."""

    groups: frozenset[str] = ALL
    ids: Sequence[str] | None = None
    limit: int | None = None
    obey: bool = True


EVERYTHING = Wish()


def default_workers() -> int:
    """All cores but one."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:
        cores = os.cpu_count() or 1
    return max(1, cores - 1)


@dataclass(slots=True)
class Analyser:
    """Measures what is behind. `workers` processes; `hire` makes them. `vectors` is asked for when needed."""

    db: Database
    events: EventBus
    vectors: Callable[[], VectorIndex] | None
    hire: HireEars
    workers: int
    enabled: bool = True
    analyser: str = ANALYSER
    fetch: Callable[[str, Callable[[], bool]], Path] | None = None  # a carrier that is no file here
    versions: dict[str, int] = field(default_factory=lambda: dict(VERSIONS))
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _live: Live | None = None
    _again: bool = False
    _urgent: list[str] = field(default_factory=list)

    def run(
        self,
        wish: Wish = EVERYTHING,
        *,
        cancelled: Callable[[], bool] = lambda: False,
        told: Callable[[Status], None] = lambda _status: None,
    ) -> Summary:
        """Work. Only one run at a time in a process; others may run in other processes."""
        traits.ensure(self.db)
        if wish.obey and not self.enabled:
            return Summary("off")
        self._again = True  # a run at work looks once more before it ends
        if not self._turn.acquire(blocking=False):
            self.hurry(wish.ids or ())
            return Summary("busy")
        try:
            return _Run(self, wish, cancelled, told).go()
        finally:
            self._live = None
            self._turn.release()
            with self.db.read() as uow:
                progress.counts(uow, OPERATOR, fresh=True)
            self._tell()

    def hurry(self, track_ids: Sequence[str]) -> None:
        """Let a run of this process take these tracks next."""
        self._urgent.extend(track_ids)

    def redo(self, groups: frozenset[str], before: int, ids: Sequence[str] | None = None) -> int:
        """Make groups due again where they were measured before a time (ms); how many tracks."""
        if ids is not None:
            with self.db.write() as uow:
                return store.redo(uow, ids, groups, before)
        count, after = 0, ""
        while True:
            with self.db.write() as uow:
                some = store.measured(uow, after, before)
                count += store.redo(uow, some, groups, before)
            if not some:
                return count
            after = some[-1]

    def status(self, uow: UnitOfWork, caller: Caller) -> Status:
        """How far it is, in tracks the caller may see."""
        return progress.status(
            *(uow, caller, self._live),
            enabled=self.enabled,
            workers=self.workers,
            analyser=self.analyser,
        )

    def _tell(self) -> Status:
        import msgspec

        with self.db.read() as uow:
            found = self.status(uow, OPERATOR)
        data: dict[str, Any] = msgspec.to_builtins(found)
        self.events.publish(Event(progress.TOPIC, data))
        return found


class _Run:
    """One run: takes tracks from the queue to the crew until there is an end."""

    def __init__(
        self,
        analyser: Analyser,
        wish: Wish,
        cancelled: Callable[[], bool],
        told: Callable[[Status], None],
    ) -> None:
        self.analyser, self.wish, self.told = analyser, wish, told
        self.summary = Summary()
        self.live = analyser._live = Live(analyser.workers)
        self._cancelled = cancelled
        self._holder = f"{lease.process_mark(os.getpid())}|{secrets.token_hex(8)}"
        patience = Patience(analyser.db, self._stopped)
        self._queue = Queue(patience, self._holder, analyser.versions, wish.groups)
        self._crew = Crew(analyser, patience, self._holder, self.summary, self.live)
        self._queue.without = self._crew.closed_libraries
        self._looked = self._told = 0.0
        self._end: str | None = None

    def go(self) -> Summary:
        """Until an end; claims that are left are given back."""
        began = time.monotonic()
        try:
            self._queue.begin()
            while self.analyser._again and not self._closed():
                self.analyser._again = False
                self._passes()
            self._crew.finish()
        finally:
            self._crew.close()
            self.summary.seconds = round(time.monotonic() - began, 3)
        if self._end is not None:
            self.summary.ended = self._end
        elif self._crew.closed_libraries:
            self.summary.ended = "library_unreachable"
        return self.summary

    def _passes(self) -> None:
        ids, limit = self.wish.ids, self.wish.limit
        if ids is None:
            found = self._queue.first("whole", FEW + 1 if limit is None else limit)
            ids = found if limit is not None or len(found) <= FEW else None
        if ids is not None:
            self._pass("whole", ids)
        else:
            self._pass("quick", None)
            self._pass("full", None)
        if self.wish.ids is None and self.wish.limit is None:
            self._suspects()

    def _pass(self, stage: str, ids: Sequence[str] | None) -> None:
        """All that is due, as many at a time as there are processes."""
        self.live.enter(stage)
        source = self._queue.open(stage, ids)
        more = True
        while not self._closed() and (more or self._crew.at_work):
            while self._crew.hungry and more:
                urgent, self.analyser._urgent = self.analyser._urgent, []
                works = self._queue.claim("whole", urgent) if urgent else source(self._crew.appetite)
                if works is None:
                    more = False
                else:
                    self._crew.take(works)
            self._crew.turn()
            self._tell()
        self._crew.finish()

    def _suspects(self) -> None:
        """Tracks that were in hand when a process ended: each alone, so that none suffers for another."""
        self.live.enter("whole")
        while not self._closed():
            works = self._queue.suspect()
            if works is None:
                return
            self._crew.take(works)
            while self._crew.at_work and not self._closed():
                self._crew.turn()
            self._crew.finish()

    def _closed(self) -> bool:
        """Whether to hand out nothing more."""
        if self._end is None and self._cancelled():
            self._end = "cancelled"
        now = time.monotonic()
        if self._end is None and self.wish.obey and now - self._looked >= LOOK_EVERY_S:
            self._looked = now
            with self.analyser.db.read() as uow:
                decided = policy.read(uow)
            self._end = decided.closed(datetime.now())
            self.summary.opens_at = decided.opens_at(datetime.now()) if self._end else None
        return self._end is not None

    def _stopped(self) -> bool:
        """Whether even what is in hand is to be dropped."""
        if self._cancelled():
            self._end = "cancelled"
        return self._end == "cancelled"

    def _tell(self) -> None:
        now = time.monotonic()
        if now - self._told >= TELL_EVERY_S:
            self._told = now
            self.told(self.analyser._tell())
