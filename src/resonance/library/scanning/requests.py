"""Ask for a scan: queued as a job, once per library and scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from resonance.core.clock import now_ms
from resonance.core.errors import Conflict, NotFound
from resonance.core.ids import hashed_id
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import library, scan
from resonance.jobs.ports import Jobs
from resonance.library.scanning.runs import NUMBERS, ScanItem, row_as_item, scan_item
from resonance.model.caller import Caller

JOB = "scan"
# A scan that finds another one at work comes again, each time later: enough for one that takes hours.
ATTEMPTS = 8
WHOLE = ("",)


def request(
    uow: UnitOfWork,
    jobs: Jobs,
    library_id: str,
    *,
    reason: str,
    full: bool = False,
    paths: Sequence[str] = WHOLE,
) -> str:
    """The id of the job. While the same scan waits or runs, no second one is made.

    `paths` are folders in their stored form, relative to the library; "" is all of it.
    """
    scope = "" if tuple(paths) == WHOLE else f":{hashed_id(*sorted(paths))}"
    args: dict[str, Any] = {"library_id": library_id, "reason": reason, "full": full, "paths": list(paths)}
    key = f"scan:{library_id}{scope}{':full' if full else ''}"
    return jobs.enqueue(uow, JOB, args, unique_key=key, priority=10, max_attempts=ATTEMPTS)


def request_all(uow: UnitOfWork, jobs: Jobs, *, reason: str) -> list[str]:
    """A scan of every folder."""
    folders = select(library.c.id).where(library.c.kind == "folder")
    ids = uow.execute(folders.order_by(library.c.number)).scalars().all()
    return [request(uow, jobs, library_id, reason=reason) for library_id in ids]


def start(uow: UnitOfWork, caller: Caller, jobs: Jobs, library_id: str, *, full: bool = False) -> ScanItem:
    """Ask for a scan by hand: the Scan that runs already, else one in state "queued" with its job's id."""
    caller.must_be_admin()
    kind = uow.execute(select(library.c.kind).where(library.c.id == library_id)).scalar()
    if kind is None:
        raise NotFound("There is no such library.")
    if kind != "folder":
        raise Conflict("This library belongs to a music server: sync that.", code="not_a_folder")
    job_id = request(uow, jobs, library_id, reason="manual", full=full)
    for item in current(uow):
        if item["library_id"] == library_id and not full:
            return item
    counts = dict.fromkeys(NUMBERS, 0)
    return scan_item(job_id, library_id, "queued", "manual", None, now_ms(), None, counts)


def current(uow: UnitOfWork) -> list[ScanItem]:
    """The scans that run now, each as the Scan of the REST contract."""
    rows = uow.execute(select(scan).where(scan.c.state == "running").order_by(scan.c.started_at))
    return [row_as_item(row) for row in rows]
