"""The record of syncs: one row a run, its counts, and what happened to which song."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypedDict, cast

from sqlalchemy import delete, func, insert, select, update

from resonance.core.clock import iso, now_ms
from resonance.core.events import Event, EventBus
from resonance.core.ids import new_id
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.remote import remote_note, remote_run
from resonance.library.scanning.lease import Lease
from resonance.library.scanning.runs import Cancelled

TOPIC = "remote.progress"
PROGRESS_EVERY_S = 0.3
RUNS_KEPT = 50  # a server
NOTES_KEPT = 2000  # a run
CANCELLING = "cancelling"
Action = Literal["added", "updated", "joined", "parted", "returned", "removed", "unmatched", "failed"]


@dataclass(slots=True)
class Counts:
    """What a sync found and did, in songs. `joined` share their track with a file here."""

    requests: int = 0
    pages: int = 0
    total: int = 0
    seen: int = 0
    added: int = 0
    updated: int = 0
    joined: int = 0
    unchanged: int = 0
    removed: int = 0
    unmatched: int = 0
    notes_left_out: int = 0


@dataclass(slots=True)
class Report:
    """A sync. `state`: running, done, unchanged, postponed (the server was scanning), cancelled, failed."""

    run_id: str
    server_id: str
    state: str = "running"
    error: str | None = None
    seconds: float = 0.0
    counts: Counts = field(default_factory=Counts)
    people: list[dict[str, Any]] = field(default_factory=list)


class SyncCounts(TypedDict):
    """What a sync did, in songs."""

    requests: int
    pages: int
    total: int
    seen: int
    added: int
    updated: int
    joined: int
    unchanged: int
    removed: int
    unmatched: int
    notes_left_out: int


class SyncRun(TypedDict):
    """One sync. `people` tells of each linked account."""

    id: str
    server_id: str
    state: str
    reason: str
    full: bool
    step: str
    error: str | None
    started_at: str
    finished_at: str | None
    counts: SyncCounts
    people: list[dict[str, Any]]


class SyncNote(TypedDict):
    """What happened to one song, and why."""

    number: int
    action: str
    title: str
    track_id: str | None
    remote_id: str | None
    why: str


class Run:
    """A running sync: its row, its leases on the libraries of the server, its progress."""

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
        server_id = self.report.server_id
        dead = remote_run.c.server_id == server_id, remote_run.c.state.in_(("running", CANCELLING))
        uow.execute(
            update(remote_run)
            .where(*dead)
            .values(state="failed", error="The sync was interrupted.", finished_at=now_ms())
        )
        uow.execute(
            insert(remote_run).values(
                id=self.report.run_id,
                server_id=server_id,
                state="running",
                reason=self._reason,
                full=self._full,
                step=self.step,
                started_at=self._started_at,
            )
        )

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
        uow.execute(insert(remote_note).values(**place, **row, why=why[:500]))
        self._notes += 1

    def save(self, uow: UnitOfWork) -> None:
        """Counts into the row, leases prolonged: part of every batch."""
        for lease in self.leases:
            lease.renew(uow)
        values = {"counts": json.dumps(asdict(self.counts)), "step": self.step}
        uow.execute(update(remote_run).where(remote_run.c.id == self.report.run_id).values(**values))

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
        self.events.publish(Event(TOPIC, self.item()))
        if self._progress is not None:
            self._progress(self.report)
        if self.report.state == "running" and self._asked_to_stop():
            raise Cancelled

    def _asked_to_stop(self) -> bool:
        """By the job, or by an admin in whatever process."""
        if self._cancelled is not None and self._cancelled():
            return True
        with self.db.read() as uow:
            query = select(remote_run.c.state).where(remote_run.c.id == self.report.run_id)
            return bool(uow.execute(query).scalar() == CANCELLING)

    def end(self, uow: UnitOfWork, state: str, error: str | None = None) -> None:
        """Close the row and give the leases back."""
        self.report.state, self.report.error = state, error
        self.report.seconds = round(time.perf_counter() - self._began, 3)
        for lease in self.leases:
            lease.release(uow)
        people = json.dumps({**asdict(self.counts), "people": self.report.people})
        uow.execute(
            update(remote_run)
            .where(remote_run.c.id == self.report.run_id)
            .values(state=state, error=error, finished_at=now_ms(), counts=people, step=self.step)
        )
        if state == "unchanged":
            _forget_idle(uow, self.report)
        _forget_old(uow, self.report.server_id)
        item = self.item() | {"finished_at": iso(now_ms())}
        uow.after_commit(lambda: self.events.publish(Event(TOPIC, item)))

    def item(self) -> dict[str, Any]:
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
            "counts": asdict(self.counts),
            "people": self.report.people,
        }


def cancel(uow: UnitOfWork, server_id: str) -> bool:
    """Ask the sync of a server to stop; whether there is one."""
    mine = remote_run.c.server_id == server_id, remote_run.c.state == "running"
    return bool(uow.execute(update(remote_run).where(*mine).values(state=CANCELLING)).rowcount)


def runs(uow: UnitOfWork, server_id: str, limit: int = RUNS_KEPT) -> list[SyncRun]:
    """The last runs, newest first."""
    query = select(remote_run).where(remote_run.c.server_id == server_id)
    rows = uow.execute(query.order_by(remote_run.c.started_at.desc(), remote_run.c.id).limit(limit))
    return [_item(row) for row in rows]


def notes(
    uow: UnitOfWork, server_id: str, run_id: str, *, after: int, limit: int, action: str | None = None
) -> list[SyncNote]:
    """Lines of one run's log, in order."""
    query = (
        select(remote_note)
        .join(remote_run, remote_run.c.id == remote_note.c.run_id)
        .where(
            remote_run.c.server_id == server_id, remote_note.c.run_id == run_id, remote_note.c.number > after
        )
    )
    if action is not None:
        query = query.where(remote_note.c.action == action)
    rows = uow.execute(query.order_by(remote_note.c.number).limit(limit))
    return [
        {
            "number": row.number,
            "action": row.action,
            "title": row.title,
            "track_id": row.track_id,
            "remote_id": row.remote_id,
            "why": row.why,
        }
        for row in rows
    ]


def _item(row: Any) -> SyncRun:
    counts = json.loads(row.counts or "{}")
    people = counts.pop("people", [])
    return {
        "id": row.id,
        "server_id": row.server_id,
        "state": row.state,
        "reason": row.reason,
        "full": row.full,
        "step": row.step,
        "error": row.error,
        "started_at": iso(row.started_at),
        "finished_at": iso(row.finished_at) if row.finished_at else None,
        "counts": cast(SyncCounts, asdict(Counts()) | counts),
        "people": people,
    }


def _forget_idle(uow: UnitOfWork, report: Report) -> None:
    """Of the timer's syncs that found nothing the last one is enough."""
    idle = remote_run.c.state == "unchanged", remote_run.c.reason == "timer", remote_run.c.id != report.run_id
    uow.execute(delete(remote_run).where(remote_run.c.server_id == report.server_id, *idle))


def _forget_old(uow: UnitOfWork, server_id: str) -> None:
    mine = remote_run.c.server_id == server_id
    newest = select(remote_run.c.started_at).where(mine).order_by(remote_run.c.started_at.desc())
    edge = uow.execute(newest.offset(RUNS_KEPT).limit(1)).scalar()
    if edge is not None:
        old = mine, remote_run.c.started_at <= edge, remote_run.c.state != "running"
        uow.execute(delete(remote_run).where(*old))


def noted(uow: UnitOfWork, run_id: str) -> int:
    """How many lines a run's log has."""
    query = select(func.count()).where(remote_note.c.run_id == run_id)
    return int(uow.execute(query).scalar_one())
