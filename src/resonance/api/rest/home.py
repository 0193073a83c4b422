"""The first page."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import one
from resonance.library import catalogue
from resonance.library.catalogue import AlbumQuery
from resonance.listens import queue
from resonance.model.catalogue import Home

router = APIRouter(tags=["catalogue"])
SHOWN = 20


@router.get("/home", responses=one(Home))
def home(request: Request, caller: CallerDep) -> Response:
    """What is new, what was played, and where the caller stopped."""
    with services(request).db.read(caller.user_id) as uow:
        added, recent, most = (
            catalogue.albums_at(uow, caller, AlbumQuery(sort), offset=0, count=SHOWN)
            for sort in ("added", "recently_played", "most_played")
        )
        return answer(Home(queue.standing(uow, caller), added, recent, most))
