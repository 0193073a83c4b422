"""A running sync: its row, its leases on the libraries of the server, its progress."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import cast

from resonance.core.clock import iso, now_ms
from resonance.core.events import Event, EventBus
from resonance.core.ids import new_id
from resonance.db.engine import Database, UnitOfWork
from resonance.library.remote import run_store
from resonance.library.remote.record import Action, Report, SyncCounts, SyncRun
from resonance.library.scanning.lease import Lease
from resonance.library.scanning.runs import Cancelled

TOPIC = "remote.progress"
PROGRESS_EVERY_S = 0.3
NOTES_KEPT = 2000  # a run


class Run:
    """One sync at work."""

    def __init__(
        self,
        db: Database,
        events: EventBus,
        server_id: str,
        reason: str,
        *,
        full: bool,
        progress: Callable[[Report], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self.db, self.events = db, events
        self.report = Report(new_id(), server_id)
        self.counts = self.report.counts
        self.step = "catalogue"
        self.leases: list[Lease] = []
        self._reason, self._full = reason, full
        self._progress, self._cancelled = progress, cancelled
        self._told = 0.0
        self._notes = 0
        self._began = time.perf_counter()
        self._started_at = now_ms()

    def begin(self, uow: UnitOfWork) -> None:
        """The row; earlier ones that never ended are closed. The caller holds the leases by now."""
        values = {"reason": self._reason, "full": self._full, "step": self.step}
        place = {"id": self.report.run_id, "started_at": self._started_at}
        run_store.begin(uow, self.report.server_id, **place, **values)

    def note(
        self,
        uow: UnitOfWork,
        action: Action,
        title: str,
        *,
        track_id: str | None = None,
        remote_id: str | None = None,
        why: str = "",
    ) -> None:
        """One line of the log; only so many are kept."""
        if self._notes >= NOTES_KEPT:
            self.counts.notes_left_out += 1
            return
        row = {"action": action, "title": title[:300], "track_id": track_id, "remote_id": remote_id}
        place = {"run_id": self.report.run_id, "number": self._notes}
        run_store.add_note(uow, **place, **row, why=why[:500])
        self._notes += 1

    def save(self, uow: UnitOfWork) -> None:
        """Counts into the row, leases prolonged: part of every batch."""
        for lease in self.leases:
            lease.renew(uow)
        values = {"counts": json.dumps(asdict(self.counts)), "step": self.step}
        run_store.change(uow, self.report.run_id, **values)

    def tick(self, *, force: bool = False) -> None:
        """Keep the leases, tell progress, stop when asked to (raises Cancelled)."""
        now = time.monotonic()
        if not force and now - self._told < PROGRESS_EVERY_S:
            return
        self._told = now
        if self.report.state == "running":
            for lease in self.leases:
                lease.keep()
        self.report.seconds = round(time.perf_counter() - self._began, 3)
        self.events.publish(Event(TOPIC, dict(self.item())))
        if self._progress is not None:
            self._progress(self.report)
        if self.report.state == "running" and self._asked_to_stop():
            raise Cancelled

    def _asked_to_stop(self) -> bool:
        """By the job, or by an admin in whatever process."""
        if self._cancelled is not None and self._cancelled():
            return True
        with self.db.read() as uow:
            return run_store.cancelling(uow, self.report.run_id)

    def end(self, uow: UnitOfWork, state: str, error: str | None = None) -> None:
        """Close the row and give the leases back."""
        self.report.state, self.report.error = state, error
        self.report.seconds = round(time.perf_counter() - self._began, 3)
        for lease in self.leases:
            lease.release(uow)
        people = json.dumps({**asdict(self.counts), "people": self.report.people})
        over = {"state": state, "error": error, "finished_at": now_ms(), "step": self.step}
        run_store.change(uow, self.report.run_id, counts=people, **over)
        if state == "unchanged":
            run_store.forget_idle(uow, self.report.server_id, but=self.report.run_id)
        run_store.forget_old(uow, self.report.server_id)
        item = dict(self.item()) | {"finished_at": iso(now_ms())}
        uow.after_commit(lambda: self.events.publish(Event(TOPIC, item)))

    def item(self) -> SyncRun:
        """As every surface tells it."""
        return {
            "id": self.report.run_id,
            "server_id": self.report.server_id,
            "state": self.report.state,
            "reason": self._reason,
            "full": self._full,
            "step": self.step,
            "error": self.report.error,
            "started_at": iso(self._started_at),
            "finished_at": None,
            "counts": cast(SyncCounts, asdict(self.counts)),
            "people": self.report.people,
        }
