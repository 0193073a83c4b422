"""The record of scans: one row a run, its counts and its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypedDict

from sqlalchemy import delete, insert, select, update

from resonance.core.clock import iso, now_ms
from resonance.core.errors import NotFound
from resonance.core.events import Event, EventBus
from resonance.core.ids import new_id
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.library import library, scan
from resonance.library.scanning import lease

PROGRESS_EVERY_S = 0.25
SCANS_KEPT = 200  # a library
NUMBERS = ("files", "seen", "added", "updated", "unchanged", "missing", "broken")


@dataclass(slots=True)
class ScanCounts:
    """What a scan found and did, in files. `missing` went missing in this scan, `broken` are listed now."""

    files: int = 0
    seen: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    missing: int = 0
    broken: int = 0
    seconds: float = 0.0
    state: str = "running"
    scan_id: str = ""

    def numbers(self) -> dict[str, int]:
        """The columns of the table scan."""
        return {name: getattr(self, name) for name in NUMBERS}

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


class ScanItem(TypedDict):
    """A scan as every surface tells it. `state`: queued, running, done, failed, cancelled."""

    id: str
    library_id: str
    state: str
    reason: str
    error: str | None
    started_at: str
    finished_at: str | None
    files: int
    seen: int
    added: int
    updated: int
    unchanged: int
    missing: int
    broken: int


class Cancelled(Exception):
    """Somebody asked the scan to stop."""


class Run:
    """A running scan: its lease, its row, its progress."""

    def __init__(
        self,
        db: Database,
        events: EventBus,
        library_id: str,
        reason: str,
        *,
        progress: Callable[[ScanCounts], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.db = db
        self.events = events
        self.library_id = library_id
        self.reason = reason
        self.counts = ScanCounts(scan_id=new_id())
        self.started_at = now_ms()
        self.began = time.perf_counter()
        self._progress = progress
        self._cancelled = cancelled
        self._told = 0.0
        with db.write() as uow:
            root = uow.execute(select(library.c.path).where(library.c.id == library_id)).scalar()
            if root is None:
                raise NotFound("There is no such library.")
            self.root: str = root
            self.lease = lease.acquire(db, uow, library_id)
            close_interrupted(uow, library_id)
            # Numbers of artists and genres are made at the end, so a scan that did not end left them behind.
            last = uow.execute(
                select(scan.c.state).where(scan.c.library_id == library_id).order_by(scan.c.started_at.desc())
            ).first()
            self.repair = last is not None and last.state != "done"
            uow.execute(
                insert(scan).values(
                    id=self.counts.scan_id,
                    library_id=library_id,
                    state="running",
                    reason=reason,
                    started_at=self.started_at,
                )
            )
        self.tick(force=True)

    def tick(self, *, force: bool = False) -> None:
        """Keep the lease, tell progress (at most four times a second), stop when asked to."""
        now = time.monotonic()
        if not force and now - self._told < PROGRESS_EVERY_S:
            return
        self._told = now
        if self.counts.state == "running":
            self.lease.keep()
        self.counts.seconds = time.perf_counter() - self.began
        self.events.publish(Event("scan.progress", self.as_item(None, None)))
        if self._progress:
            self._progress(self.counts)
        if self._cancelled and self.counts.state == "running" and self._cancelled():
            raise Cancelled

    def save(self, uow: UnitOfWork) -> None:
        """Put the counts into the row, within a batch; fails when the lease is lost."""
        self.lease.renew(uow)
        uow.execute(update(scan).where(scan.c.id == self.counts.scan_id).values(**self.counts.numbers()))

    def end(self, uow: UnitOfWork, state: str, error: str | None = None) -> None:
        """Close the row and give the lease back; listeners hear of it after the commit."""
        finished_at = now_ms()
        self.counts.state = state
        self.counts.seconds = time.perf_counter() - self.began
        uow.execute(
            update(scan)
            .where(scan.c.id == self.counts.scan_id)
            .values(state=state, error=error, finished_at=finished_at, **self.counts.numbers())
        )
        self.lease.release(uow)
        _forget_old(uow, self.library_id)
        uow.after_commit(
            lambda: self.events.publish(Event("scan.progress", self.as_item(error, finished_at)))
        )

    def as_item(self, error: str | None, finished_at: int | None) -> dict[str, Any]:
        """The Scan of the REST contract."""
        numbers = self.counts.numbers()
        ids = (self.counts.scan_id, self.library_id)
        return dict(
            scan_item(*ids, self.counts.state, self.reason, error, self.started_at, finished_at, numbers)
        )


def scan_item(
    scan_id: str,
    library_id: str,
    state: str,
    reason: str,
    error: str | None,
    started_at: int,
    finished_at: int | None,
    numbers: Mapping[str, int],
) -> ScanItem:
    """Times in milliseconds; `numbers` are those of NUMBERS."""
    return {
        "id": scan_id,
        "library_id": library_id,
        "state": state,
        "reason": reason,
        "error": error,
        "started_at": iso(started_at),
        "finished_at": iso(finished_at) if finished_at else None,
        "files": numbers["files"],
        "seen": numbers["seen"],
        "added": numbers["added"],
        "updated": numbers["updated"],
        "unchanged": numbers["unchanged"],
        "missing": numbers["missing"],
        "broken": numbers["broken"],
    }


def row_as_item(row: Any) -> ScanItem:
    """A row of the table scan as every surface tells it."""
    head = (row.id, row.library_id, row.state, row.reason, row.error, row.started_at, row.finished_at)
    return scan_item(*head, row._mapping)


def _forget_old(uow: UnitOfWork, library_id: str) -> None:
    mine = scan.c.library_id == library_id
    edge = uow.execute(
        select(scan.c.started_at).where(mine).order_by(scan.c.started_at.desc()).offset(SCANS_KEPT).limit(1)
    ).scalar()
    if edge is not None:
        uow.execute(delete(scan).where(mine, scan.c.started_at <= edge, scan.c.state != "running"))


def close_interrupted(uow: UnitOfWork, library_id: str | None = None) -> int:
    """Close rows of scans whose process ended without a word; returns how many.

    With `library_id` the caller holds its lease; without, every library without a living scan is looked at.
    """
    rows = uow.execute(select(scan.c.id, scan.c.library_id).where(scan.c.state == "running")).all()
    dead = [
        row.id
        for row in rows
        if row.library_id == library_id or (library_id is None and not lease.is_held(uow, row.library_id))
    ]
    if dead:
        uow.execute(
            update(scan)
            .where(scan.c.id.in_(dead))
            .values(state="failed", error="The scan was interrupted.", finished_at=now_ms())
        )
    return len(dead)
