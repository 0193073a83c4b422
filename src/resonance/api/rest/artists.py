"""Artists."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from resonance.api.answers import versioned
from resonance.api.deps import CallerDep, services
from resonance.api.rest.albums import Limit
from resonance.api.shapes import one, paged
from resonance.library import catalogue
from resonance.library.catalogue import ArtistSort, Order
from resonance.model.catalogue import ArtistDetail, ArtistItem

router = APIRouter(tags=["catalogue"])


@router.get("/artists", responses=paged(ArtistItem))
def list_artists(
    request: Request,
    caller: CallerDep,
    sort: ArtistSort = "name",
    order: Order | None = None,
    letter: str | None = None,
    liked: bool | None = None,
    cursor: str | None = None,
    limit: Limit = 100,
) -> Response:
    """A page of artists."""
    query = catalogue.ArtistQuery(sort, order, letter, liked)
    with services(request).db.read(caller.user_id) as uow:
        return versioned(
            request, uow, caller, lambda: catalogue.artists(uow, caller, query, cursor=cursor, limit=limit)
        )


@router.get("/artists/{artist_id}", responses=one(ArtistDetail))
def get_artist(request: Request, caller: CallerDep, artist_id: str) -> Response:
    """One artist with their albums and the caller's favourites among their tracks."""
    with services(request).db.read(caller.user_id) as uow:
        return versioned(request, uow, caller, lambda: catalogue.artist_detail(uow, caller, artist_id))
