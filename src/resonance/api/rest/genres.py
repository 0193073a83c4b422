"""Genres and years."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from resonance.api.answers import versioned
from resonance.api.deps import CallerDep, services
from resonance.library import catalogue

router = APIRouter(tags=["catalogue"])


@router.get("/genres")
def list_genres(request: Request, caller: CallerDep) -> Response:
    """Every genre with something to hear."""
    with services(request).db.read(caller.user_id) as uow:
        return versioned(request, uow, caller, lambda: {"items": catalogue.genres(uow, caller)})


@router.get("/years")
def list_years(request: Request, caller: CallerDep) -> Response:
    """Every year an album came out in."""
    with services(request).db.read(caller.user_id) as uow:
        return versioned(request, uow, caller, lambda: {"items": catalogue.years(uow, caller)})
