"""What an admin sees and steers."""

from __future__ import annotations

from resonance.core.errors import Invalid
from resonance.core.paging import Page
from resonance.db.engine import UnitOfWork
from resonance.jobs import store, ticks
from resonance.jobs.ports import Job, Jobs, State
from resonance.jobs.ticks import Upcoming
from resonance.model.caller import Caller


def jobs(
    uow: UnitOfWork, caller: Caller, *, state: str | None = None, cursor: str | None = None, limit: int = 100
) -> Page[Job]:
    """Jobs, newest first. Invalid when `state` is no state."""
    caller.must_be_admin()
    if state is not None and state not in list(State):
        raise Invalid(f"A job is one of: {', '.join(State)}.", field="state")
    return store.page(uow, state=state, cursor=cursor, limit=limit)


def job(uow: UnitOfWork, caller: Caller, job_id: str) -> Job:
    """One job; NotFound."""
    caller.must_be_admin()
    return store.get(uow, job_id)


def cancel(uow: UnitOfWork, caller: Caller, queue: Jobs, job_id: str) -> Job:
    """Cancel a queued job, ask a running one to stop. NotFound; Conflict when it has ended."""
    caller.must_be_admin()
    queue.cancel(uow, job_id)
    return store.get(uow, job_id)


def retry(uow: UnitOfWork, caller: Caller, queue: Jobs, job_id: str) -> Job:
    """Queue a failed or cancelled job again. NotFound; Conflict otherwise."""
    caller.must_be_admin()
    queue.retry(uow, job_id)
    return store.get(uow, job_id)


def schedule(uow: UnitOfWork, caller: Caller) -> list[Upcoming]:
    """The timers that have run, and when each is due again."""
    caller.must_be_admin()
    return ticks.upcoming(uow)
