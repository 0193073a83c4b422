"""Genres and years."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from resonance.api.answers import versioned
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import many
from resonance.library import catalogue
from resonance.model.catalogue import GenreItem, YearItem

router = APIRouter(tags=["catalogue"])


@router.get("/genres", responses=many(GenreItem))
def list_genres(request: Request, caller: CallerDep) -> Response:
    """Every genre with something to hear."""
    with services(request).db.read(caller.user_id) as uow:
        return versioned(request, uow, caller, lambda: {"items": catalogue.genres(uow, caller)})


@router.get("/years", responses=many(YearItem))
def list_years(request: Request, caller: CallerDep) -> Response:
    """Every year an album came out in."""
    with services(request).db.read(caller.user_id) as uow:
        return versioned(request, uow, caller, lambda: {"items": catalogue.years(uow, caller)})
