"""The hands of a run: tracks to processes, answers to the database."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from resonance.analysis import claims, sound, store
from resonance.analysis.claims import MOST_ATTEMPTS, Work
from resonance.analysis.patience import Patience
from resonance.analysis.progress import Live
from resonance.analysis.store import Done
from resonance.audio import exact
from resonance.audio.ear.pool import Outcome, Task
from resonance.core.errors import NotFound, Unavailable
from resonance.core.events import Event
from resonance.core.logs import logger
from resonance.db.engine import UnitOfWork
from resonance.library import paths

if TYPE_CHECKING:
    from resonance.analysis.ports import Ears
    from resonance.analysis.run import Analyser, Summary

log = logger(__name__)

TOPIC = "features.changed"
# A batch is written when it has so many tracks, or its first one has waited so long.
BATCH, BATCH_S = 20, 2.0
RENEW_EVERY_S = 20.0
NEWS_EVERY_S = 5.0
WAIT_S = 0.25
# So many missing files in a row are a library that is not there.
GONE_IN_A_ROW = 20
# These may be the machine's fault, so the file gets another chance; the pool's other problems are the file's.
_FATAL = frozenset({"crashed", "timeout", "out_of_memory"})
_AWAY = frozenset({"missing", "unreadable"})


class Crew:
    """Processes, the tracks they have in hand, and what is not written yet."""

    def __init__(
        self, analyser: Analyser, patience: Patience, holder: str, summary: Summary, live: Live
    ) -> None:
        self._analyser, self._holder, self._summary, self._live = analyser, holder, summary, live
        self._write, self._stopped = patience.write, patience.stopped
        self._ears: Ears | None = None
        self._ready: deque[Work] = deque()
        self._hand: dict[str, Work] = {}
        self._ended: list[Done] = []
        self._lost: set[str] = set()  # ended a process; to be tried again
        self._away: set[str] = set()  # could not be read; to be tried much later
        self._first_at = 0.0
        self._renewed = time.monotonic()
        self._news_at = 0.0
        self._gone: Counter[str] = Counter()
        self.closed_libraries: set[str] = set()  # those that cannot be reached

    @property
    def at_work(self) -> bool:
        """Whether there is a track in hand."""
        return bool(self._ready or self._hand)

    @property
    def appetite(self) -> int:
        """How many tracks to bring at once: enough that no process waits for the next claim."""
        return 2 * self._analyser.workers

    @property
    def hungry(self) -> bool:
        """Whether there is room for more."""
        return len(self._ready) < self._analyser.workers

    def take(self, works: list[Work]) -> None:
        """These are claimed and to be heard next."""
        for work in works:
            if work.attempts > MOST_ATTEMPTS:
                words = f"The analysis ended {MOST_ATTEMPTS} times with this file in hand."
                self._end(Done(work, problem="crashed", detail=words))
            else:
                self._ready.append(work)

    def turn(self) -> None:
        """Hand out, listen for a moment, write when it is time to."""
        self._hand_out()
        if self._ears is not None and self._hand:
            for outcome in self._ears.wait(WAIT_S):
                self._hear(outcome)
        waiting = len(self._ended) + len(self._lost) + len(self._away)
        late = waiting and time.monotonic() - self._first_at >= BATCH_S
        if waiting >= BATCH or late:
            self._flush()
        elif time.monotonic() - self._renewed >= RENEW_EVERY_S:
            self._write(lambda uow: claims.renew(uow, self._holder))
            self._renewed = time.monotonic()

    def finish(self) -> None:
        """Hear what is in hand to its end, or drop it when stopped; give back what is not heard; write."""
        self._give_back(self._ready)
        self._ready.clear()
        while self._hand and not self._stopped():
            self.turn()
        if self._hand:
            self.close()
            self._give_back(self._hand.values())
            self._hand.clear()
        self._flush()

    def close(self) -> None:
        """End the processes."""
        if self._ears is not None:
            self._ears.close()
            self._ears = None

    def _hand_out(self) -> None:
        if self._ready and self._ears is None:
            self._ears = self._analyser.hire(self._analyser.workers)
        while self._ready and self._ears is not None and self._ears.free:
            work = self._ready.popleft()
            path = self._reachable(work)
            if path is not None:
                self._hand[work.track_id] = work
                self._ears.submit(Task(work.track_id, str(path), work.stage, work.groups))

    def _reachable(self, work: Work) -> Path | None:
        """The file, if it is there and as the scan saw it."""
        if work.library_id in self.closed_libraries:
            self._put_off(work)
            return None
        if work.kind == "remote":
            return self._fetched(work)
        try:
            path = paths.inside(work.root, work.path)
            stat = path.stat() if path is not None else None
        except OSError:
            self._missing(work)
            return None
        self._gone[work.library_id] = 0
        if path is None or stat is None or sound.etag_of(stat.st_size, stat.st_mtime_ns) != work.etag:
            self._put_off(work)  # the next scan will know more of it
            return None
        return path

    def _fetched(self, work: Work) -> Path | None:
        """A song of a music server: its mapped file, or a copy that is fetched and forgotten by and by."""
        fetch = self._analyser.fetch
        try:
            path = fetch(work.carrier_id, self._stopped) if fetch is not None else None
        except (Unavailable, NotFound) as fault:
            log.info("analysis.not_fetched", track_id=work.track_id, reason=fault.code)
            path = None
        if path is None:
            self._put_off(work)
        return path

    def _missing(self, work: Work) -> None:
        self._gone[work.library_id] += 1
        no_root = not Path(paths.absolute(work.root, "")).is_dir()
        if no_root or self._gone[work.library_id] >= GONE_IN_A_ROW:
            log.warning("analysis.library_unreachable", library_id=work.library_id)
            self.closed_libraries.add(work.library_id)
        self._put_off(work)

    def _put_off(self, work: Work) -> None:
        self._summary.put_off += 1
        self._note()
        self._away.add(work.track_id)

    def _hear(self, outcome: Outcome) -> None:
        work = self._hand.pop(outcome.task.tag, None)
        if work is None:
            return
        self._live.rate.add()
        fault = outcome.problem
        if fault is None:
            self._end(Done(work, outcome.features, sound=_sound_of(work, outcome)))
        elif fault.problem in _AWAY:
            self._put_off(work)
        elif fault.problem in _FATAL and work.attempts < MOST_ATTEMPTS:
            log.warning("analysis.lost", track_id=work.track_id, problem=fault.problem, attempt=work.attempts)
            self._note()
            self._lost.add(work.track_id)
        else:
            self._end(Done(work, problem=fault.problem, detail=fault.detail))

    def _end(self, done: Done) -> None:
        self._note()
        self._ended.append(done)
        if done.problem is not None:
            self._summary.failed += 1
            log.warning("analysis.failed", track_id=done.work.track_id, problem=done.problem)
        else:
            self._summary.quick += bool(done.work.groups & {"tempo", "timbre"})
            self._summary.full += done.work.stage != "quick" and bool(done.work.groups & {"key", "loudness"})
            self._summary.audio_seconds += done.work.duration_s
            self._summary.cpu_seconds += done.found.cpu_ms / 1000 if done.found else 0.0

    def _note(self) -> None:
        if not (self._ended or self._lost or self._away):
            self._first_at = time.monotonic()

    def _flush(self) -> None:
        if not (self._ended or self._lost or self._away):
            return
        news = time.monotonic() - self._news_at >= NEWS_EVERY_S or not self.at_work
        analyser = self._analyser

        def write(uow: UnitOfWork) -> None:
            store.keep(uow, self._ended, analyser.vectors, analyser.versions)
            claims.release(uow, self._lost, self._holder)
            claims.give_back(uow, self._away, self._holder, defer_ms=claims.DEFER_MS)
            claims.renew(uow, self._holder)
            if news and self._ended:
                uow.after_commit(lambda: analyser.events.publish(Event(TOPIC)))

        self._write(write)
        self._renewed = time.monotonic()
        if news:
            self._news_at = self._renewed
        self._ended, self._lost, self._away = [], set(), set()

    def _give_back(self, works: Iterable[Work]) -> None:
        ids = {work.track_id for work in works}
        if ids:
            self._write(lambda uow: claims.give_back(uow, ids, self._holder))


def _sound_of(work: Work, outcome: Outcome) -> sound.Sound | None:
    """For the table `sound`, if the whole file was heard and agrees with its headers.

    A file whose headers tell another length is left to the pass that knows how players cut it.
    """
    found = outcome.features
    if found is None or found.peaks is None or found.samples is None:
        return None
    try:
        header = exact.read(outcome.task.path, work.format, work.codec)
    except OSError:
        return None
    if header is None or header.samples != found.samples:
        return None
    return sound.Sound(
        carrier_id=work.carrier_id,
        etag=work.etag,
        samples=header.samples,
        sample_rate_hz=header.sample_rate_hz,
        channels=header.channels,
        encoder_delay=header.encoder_delay,
        padding=header.padding,
        cut=header.cut,
        counted="header",
        peaks=found.peaks,
        lead_silence_s=found.silence_head_s,
        trail_silence_s=found.silence_tail_s,
    )
