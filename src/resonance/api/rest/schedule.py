"""Timers, for admins."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict

from resonance.api.deps import AdminDep, services
from resonance.jobs import control

router = APIRouter(prefix="/schedule", tags=["jobs"])


class TimerBody(BaseModel):
    """A timer: its last tick and the next."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    every_s: int
    last_at: str
    next_at: str


class Timers(BaseModel):
    items: list[TimerBody]


@router.get("")
def list_schedule(request: Request, caller: AdminDep) -> Timers:
    """Every timer that has run."""
    with services(request).db.read(caller.user_id) as uow:
        found = control.schedule(uow, caller)
    return Timers(items=[TimerBody.model_validate(timer) for timer in found])
