"""Background jobs, for admins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from resonance.api.deps import AdminDep, services
from resonance.jobs import control
from resonance.jobs.ports import State

router = APIRouter(prefix="/jobs", tags=["jobs"])


class JobBody(BaseModel):
    """A background job."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    state: State
    progress: float | None = Field(description="0..1; null when unknown")
    progress_text: str | None
    attempts: int
    max_attempts: int
    error: str | None
    created_at: str
    started_at: str | None
    finished_at: str | None


class JobPage(BaseModel):
    """Jobs, newest first."""

    items: list[JobBody]
    next: str | None


@router.get("")
def list_jobs(
    request: Request,
    caller: AdminDep,
    state: State | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> JobPage:
    """Jobs, newest first."""
    with services(request).db.read(caller.user_id) as uow:
        page = control.jobs(uow, caller, state=state, cursor=cursor, limit=limit)
    return JobPage(items=[JobBody.model_validate(job) for job in page.items], next=page.next)


@router.get("/{job_id}")
def get_job(request: Request, caller: AdminDep, job_id: str) -> JobBody:
    """One job."""
    with services(request).db.read(caller.user_id) as uow:
        return JobBody.model_validate(control.job(uow, caller, job_id))


@router.post("/{job_id}/cancel")
def cancel_job(request: Request, caller: AdminDep, job_id: str) -> JobBody:
    """End a queued job at once; ask a running one to stop."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        return JobBody.model_validate(control.cancel(uow, caller, built.jobs, job_id))


@router.post("/{job_id}/retry")
def retry_job(request: Request, caller: AdminDep, job_id: str) -> JobBody:
    """Queue a failed or cancelled job again."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        return JobBody.model_validate(control.retry(uow, caller, built.jobs, job_id))
