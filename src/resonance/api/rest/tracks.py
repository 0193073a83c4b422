"""Tracks, and what the caller wrote on them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer, versioned
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import many, one, paged
from resonance.library import catalogue
from resonance.library.catalogue import Order, TrackSort
from resonance.listens import tags
from resonance.model.catalogue import CataloguePage, TrackDetail, TrackItem

router = APIRouter(tags=["catalogue"])


class TrackChoice(BaseModel):
    """Which tracks of the library, and in which order.

    `key` may be given several times, as "8A" or "F#m"; `key_compatible` adds the keys that mix with them.
    """

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

    def query(self) -> catalogue.TrackQuery:
        """As the catalogue takes it."""
        given = {name: getattr(self, name) for name in TrackChoice.model_fields if name != "key"}
        return catalogue.TrackQuery(**given, keys=tuple(self.key))


class TrackPage(TrackChoice):
    """A page of them: after `cursor`, or from place `offset` on."""

    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    offset: Annotated[int | None, Field(ge=0, le=2**31)] = None


class TrackStretch(TrackChoice):
    """A long stretch of them, as ids."""

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
def list_tracks(request: Request, caller: CallerDep, page: Annotated[TrackPage, Query()]) -> Response:
    """A page of tracks. From an `offset` on it has no `next`; "random" heeds none and differs each time.

    Sorted by "key", tracks follow the Camelot wheel.
    """
    query, random = page.query(), page.sort == "random"
    with services(request).db.read(caller.user_id) as uow:

        def listed() -> CataloguePage:
            if page.offset and not random:  # the first place needs no list of all
                return catalogue.tracks_from(uow, caller, query, offset=page.offset, limit=page.limit)
            return catalogue.tracks(uow, caller, query, cursor=page.cursor, limit=page.limit)

        return answer(listed()) if random else versioned(request, uow, caller, listed)


@router.get("/tracks/ids", response_model=TrackIds)
def list_track_ids(
    request: Request, caller: CallerDep, stretch: Annotated[TrackStretch, Query()]
) -> Response:
    """Ids alone, from place `offset` on: a queue of a list that is too long to load."""
    with services(request).db.read(caller.user_id) as uow:
        ids = catalogue.track_ids(uow, caller, stretch.query())
        return answer({"ids": ids.slice(stretch.offset, stretch.limit)})


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
