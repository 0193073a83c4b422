"""Timers, for admins."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from resonance.api.answers import answer
from resonance.api.deps import AdminDep, services
from resonance.jobs import control

router = APIRouter(prefix="/schedule", tags=["jobs"])


@router.get("")
def list_schedule(request: Request, caller: AdminDep) -> Response:
    """Every timer that has run: its last tick and the next."""
    with services(request).db.read(caller.user_id) as uow:
        return answer({"items": control.schedule(uow, caller)})
