"""Ask for a sync: queued as a job, once a server."""

from __future__ import annotations

from typing import Any

from resonance.core.clock import now_ms
from resonance.core.errors import NotFound
from resonance.db.engine import UnitOfWork
from resonance.jobs.ports import Jobs
from resonance.library.remote import store
from resonance.model.caller import Caller

JOB = "remote.sync"
SCROBBLE_JOB = "remote.scrobble"
AGAIN_MS = 60_000
ATTEMPTS = 5


def request(
    uow: UnitOfWork,
    jobs: Jobs,
    server_id: str,
    *,
    reason: str,
    full: bool = False,
    run_at: int | None = None,
) -> str:
    """The id of the job. While the same sync waits or runs, no second one is made."""
    args: dict[str, Any] = {"server_id": server_id, "reason": reason, "full": full}
    key = f"{JOB}:{server_id}{':full' if full else ''}{':later' if run_at else ''}"
    return jobs.enqueue(uow, JOB, args, unique_key=key, priority=5, max_attempts=ATTEMPTS, run_at=run_at)


def request_all(uow: UnitOfWork, jobs: Jobs, *, reason: str) -> list[str]:
    """A sync of every server."""
    return [request(uow, jobs, row.id, reason=reason) for row in store.servers(uow)]


def later(uow: UnitOfWork, jobs: Jobs, server_id: str, *, full: bool) -> str:
    """Try again when the server has finished its scan."""
    return request(uow, jobs, server_id, reason="timer", full=full, run_at=now_ms() + AGAIN_MS)


def start(uow: UnitOfWork, caller: Caller, jobs: Jobs, server_id: str, *, full: bool = False) -> str:
    """By hand, for an admin, or for somebody with an account there. NotFound without one."""
    if store.server(uow, server_id) is None:
        raise NotFound("There is no such server.")
    if not caller.is_admin:
        caller.must_write()
        if store.link_of(uow, server_id, caller.user_id) is None:
            raise NotFound("There is no such server.")
        full = False
    return request(uow, jobs, server_id, reason="manual", full=full)
