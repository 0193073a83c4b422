"""Albums."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from resonance.api.answers import answer, versioned
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import one, paged
from resonance.library import catalogue
from resonance.library.catalogue import AlbumSort, Order
from resonance.model.catalogue import AlbumDetail, AlbumItem

router = APIRouter(tags=["catalogue"])
Limit = Annotated[int, Query(ge=1, le=500)]
Year = Annotated[int | None, Query(ge=0, le=9999)]


@router.get("/albums", responses=paged(AlbumItem))
def list_albums(
    request: Request,
    caller: CallerDep,
    sort: AlbumSort = "title",
    order: Order | None = None,
    genre_id: str | None = None,
    artist_id: str | None = None,
    year_from: Year = None,
    year_to: Year = None,
    liked: bool | None = None,
    letter: str | None = None,
    cursor: str | None = None,
    limit: Limit = 100,
) -> Response:
    """A page of albums."""
    query = catalogue.AlbumQuery(sort, order, genre_id, artist_id, year_from, year_to, liked, letter)
    with services(request).db.read(caller.user_id) as uow:
        if sort == "random":  # a fresh order each time
            return answer(catalogue.albums(uow, caller, query, cursor=cursor, limit=limit))
        return versioned(
            request, uow, caller, lambda: catalogue.albums(uow, caller, query, cursor=cursor, limit=limit)
        )


@router.get("/albums/{album_id}", responses=one(AlbumDetail))
def get_album(request: Request, caller: CallerDep, album_id: str) -> Response:
    """One album with its tracks."""
    with services(request).db.read(caller.user_id) as uow:
        return versioned(request, uow, caller, lambda: catalogue.album_detail(uow, caller, album_id))
