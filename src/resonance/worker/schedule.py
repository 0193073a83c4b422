"""Every timer in one table, and the thread that turns ticks into jobs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resonance.analysis.embedding import JOB as EMBED
from resonance.analysis.run import JOB as ANALYSIS
from resonance.core.clock import now_ms
from resonance.core.logs import logger
from resonance.jobs import ticks
from resonance.library.remote.requests import SCROBBLE_JOB
from resonance.playlists.smart_refresh import JOB as SMART
from resonance.recommend.wishes import MAP

if TYPE_CHECKING:
    from resonance.services import Services
    from resonance.settings import Settings

log = logger(__name__)

HOUR_S = 3600
DAY_S = 24 * HOUR_S
LONGEST_SLEEP_S = 300.0


@dataclass(frozen=True, slots=True)
class Timer:
    """Queue `job` every so many seconds; an interval of 0 turns the timer off."""

    name: str
    job: str
    every_s: Callable[[Settings], int]


TIMERS = (
    Timer("scan", "scan.all", lambda settings: settings.scan_interval_minutes * 60),
    Timer("embed", EMBED, lambda _settings: HOUR_S),
    Timer("analysis", ANALYSIS, lambda settings: HOUR_S if settings.analysis else 0),
    Timer("map", MAP, lambda _settings: HOUR_S),
    Timer("smart", SMART, lambda _settings: HOUR_S),
    Timer("servers", "remote.all", lambda settings: settings.sync_interval_minutes * 60),
    Timer("plays", SCROBBLE_JOB, lambda settings: 120 if settings.sync_interval_minutes else 0),
    Timer("retention", "retention", lambda _settings: DAY_S),
)


class Scheduler:
    """One sleeping thread. A tick that several processes see is queued by the one whose insert succeeds."""

    def __init__(self, services: Services, settings: Settings, timers: tuple[Timer, ...] = TIMERS) -> None:
        self._services = services
        self._timers = [(timer, every_s) for timer in timers if (every_s := timer.every_s(settings)) > 0]
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="schedule", daemon=True)

    def start(self) -> None:
        """Begin with the ticks that are due now."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def tick(self) -> float:
        """Queue what is due; the seconds until the next tick."""
        now = now_ms()
        for timer, every_s in self._timers:
            self._queue(timer, every_s, now)
        due = [ticks.latest_tick(every_s, now) + every_s * 1000 for _, every_s in self._timers]
        return min([LONGEST_SLEEP_S, *((at - now) / 1000 for at in due)])

    def _queue(self, timer: Timer, every_s: int, now: int) -> None:
        with self._services.db.read() as uow:
            if ticks.taken(uow, timer.name, every_s, now):
                return
        with self._services.db.write() as uow:
            if ticks.own(uow, timer.name, every_s, now):
                self._services.jobs.enqueue(uow, timer.job, {}, unique_key=timer.job)

    def _loop(self) -> None:
        wait_s = 0.0
        while not self._stopping.wait(wait_s):
            try:
                wait_s = self.tick()
            except Exception as fault:  # the edge of the worker: the next tick may succeed
                log.error("schedule.failed", exc_info=fault)
                wait_s = 30.0
