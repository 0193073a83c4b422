"""Background jobs, for admins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from resonance.api.answers import answer
from resonance.api.deps import AdminDep, services
from resonance.jobs import control
from resonance.jobs.ports import State

router = APIRouter(prefix="/jobs", tags=["jobs"])


@router.get("")
def list_jobs(
    request: Request,
    caller: AdminDep,
    state: State | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """Jobs, newest first."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(control.jobs(uow, caller, state=state, cursor=cursor, limit=limit))


@router.get("/{job_id}")
def get_job(request: Request, caller: AdminDep, job_id: str) -> Response:
    """One job."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(control.job(uow, caller, job_id))


@router.post("/{job_id}/cancel")
def cancel_job(request: Request, caller: AdminDep, job_id: str) -> Response:
    """End a queued job at once; ask a running one to stop."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        return answer(control.cancel(uow, caller, built.jobs, job_id))


@router.post("/{job_id}/retry")
def retry_job(request: Request, caller: AdminDep, job_id: str) -> Response:
    """Queue a failed or cancelled job again."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        return answer(control.retry(uow, caller, built.jobs, job_id))
