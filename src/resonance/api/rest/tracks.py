"""Tracks, and what the caller wrote on them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer, versioned
from resonance.api.deps import CallerDep, services
from resonance.api.rest.albums import Limit, Year
from resonance.api.shapes import many, one, paged
from resonance.library import catalogue
from resonance.library.catalogue import Order, TrackSort
from resonance.listens import tags
from resonance.model.catalogue import CataloguePage, TrackDetail, TrackItem

router = APIRouter(tags=["catalogue"])
Tempo = Annotated[float | None, Query(ge=0, le=1000)]
Share = Annotated[float | None, Query(ge=0, le=1)]


class TrackChoice(BaseModel):
    """Which tracks of the library, in which order, and which part of them."""

    sort: TrackSort = "title"
    order: Order | None = None
    genre_id: str | None = None
    artist_id: str | None = None
    album_id: str | None = None
    year_from: Annotated[int | None, Field(ge=0, le=9999)] = None
    year_to: Annotated[int | None, Field(ge=0, le=9999)] = None
    liked: bool | None = None
    rated_min: Annotated[int | None, Field(ge=1, le=5)] = None
    tag: str | None = None
    folder: str | None = None
    library_id: str | None = None
    bpm_min: Annotated[float | None, Field(ge=0, le=1000)] = None
    bpm_max: Annotated[float | None, Field(ge=0, le=1000)] = None
    key: Annotated[list[str], Field(max_length=24)] = []
    key_compatible: bool = False
    energy_min: Annotated[float | None, Field(ge=0, le=1)] = None
    energy_max: Annotated[float | None, Field(ge=0, le=1)] = None
    analysed: bool | None = None
    offset: Annotated[int, Field(ge=0, le=2**31)] = 0
    limit: Annotated[int, Field(ge=1, le=10_000)] = 1000


class TrackIds(BaseModel):
    """Which tracks, in which order."""

    ids: Annotated[list[str], Field(max_length=10_000)]


class Tags(BaseModel):
    """The caller's own tags of a track; they replace those before."""

    tags: list[str] = Field(max_length=500)


class Note(BaseModel):
    """The caller's own note on a track; "" removes it."""

    note: str


@router.get("/tracks", responses=paged(TrackItem))
def list_tracks(
    request: Request,
    caller: CallerDep,
    sort: TrackSort = "title",
    order: Order | None = None,
    genre_id: str | None = None,
    artist_id: str | None = None,
    album_id: str | None = None,
    year_from: Year = None,
    year_to: Year = None,
    liked: bool | None = None,
    rated_min: Annotated[int | None, Query(ge=1, le=5)] = None,
    tag: str | None = None,
    folder: str | None = None,
    library_id: str | None = None,
    bpm_min: Tempo = None,
    bpm_max: Tempo = None,
    key: Annotated[list[str] | None, Query(max_length=24)] = None,
    key_compatible: bool = False,
    energy_min: Share = None,
    energy_max: Share = None,
    analysed: bool | None = None,
    cursor: str | None = None,
    limit: Limit = 100,
    offset: Annotated[int | None, Query(ge=0, le=2**31)] = None,
) -> Response:
    """A page of tracks: after `cursor`, or from place `offset` on (not for "random", and without `next`).

    `key` may be given several times, as "8A" or "F#m"; `key_compatible` adds the keys that mix with them.
    Sorted by "key", tracks follow the Camelot wheel.
    """
    query = catalogue.TrackQuery(
        *(sort, order, genre_id, artist_id, album_id, year_from, year_to, liked),
        *(rated_min, tag, folder, library_id),
        bpm_min=bpm_min,
        bpm_max=bpm_max,
        keys=tuple(key or ()),
        key_compatible=key_compatible,
        energy_min=energy_min,
        energy_max=energy_max,
        analysed=analysed,
    )

    def from_place(offset: int) -> CataloguePage:
        items = catalogue.tracks_at(uow, caller, query, offset=offset, count=limit)
        return CataloguePage(items, None, catalogue.track_total(uow, caller, query))

    with services(request).db.read(caller.user_id) as uow:
        if offset and sort != "random":  # the first place needs no list of all
            return versioned(request, uow, caller, lambda: from_place(offset))
        if sort == "random":  # a fresh order each time
            return answer(catalogue.tracks(uow, caller, query, cursor=cursor, limit=limit))
        return versioned(
            request, uow, caller, lambda: catalogue.tracks(uow, caller, query, cursor=cursor, limit=limit)
        )


@router.get("/tracks/ids", response_model=TrackIds)
def list_track_ids(
    request: Request,
    caller: CallerDep,
    query: Annotated[TrackChoice, Query()],
) -> Response:
    """Ids alone, from place `offset` on: a queue of a list that is too long to load."""
    given = query.model_dump(exclude={"offset", "limit", "key"})
    chosen = catalogue.TrackQuery(**given, keys=tuple(query.key))
    with services(request).db.read(caller.user_id) as uow:
        ids = catalogue.track_ids(uow, caller, chosen)
        return answer({"ids": ids.slice(query.offset, query.limit)})


@router.post("/tracks/by-ids", responses=many(TrackItem))
def tracks_by_ids(request: Request, caller: CallerDep, body: TrackIds) -> Response:
    """The tracks of these ids in their order; what the caller cannot see is left out."""
    with services(request).db.read(caller.user_id) as uow:
        return answer({"items": catalogue.tracks_by_ids(uow, caller, body.ids)})


@router.get("/tracks/{track_id}", responses=one(TrackDetail))
def get_track(request: Request, caller: CallerDep, track_id: str) -> Response:
    """One track with everything known of it."""
    with services(request).db.read(caller.user_id) as uow:
        return versioned(request, uow, caller, lambda: catalogue.track_detail(uow, caller, track_id))


@router.put("/tracks/{track_id}/tags", tags=["personal"], response_model=Tags)
def put_tags(request: Request, caller: CallerDep, track_id: str, body: Tags) -> Response:
    """Replace the caller's tags of a track."""
    with services(request).db.write(caller.user_id) as uow:
        kept = tags.set_tags(uow, caller, track_id, body.tags)
    return answer({"tags": kept})


@router.put("/tracks/{track_id}/note", tags=["personal"], response_model=Note)
def put_note(request: Request, caller: CallerDep, track_id: str, body: Note) -> Response:
    """Replace the caller's note on a track."""
    with services(request).db.write(caller.user_id) as uow:
        kept = tags.set_note(uow, caller, track_id, body.note)
    return answer({"note": kept})


@router.get("/tags", tags=["personal"], responses=many(tags.TagItem))
def list_tags(request: Request, caller: CallerDep) -> Response:
    """Every tag the caller uses."""
    with services(request).db.read(caller.user_id) as uow:
        return versioned(request, uow, caller, lambda: {"items": tags.all_tags(uow, caller)})
