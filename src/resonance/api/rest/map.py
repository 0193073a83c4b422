"""The music map."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from msgspec import Struct
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import AdminDep, CallerDep, services
from resonance.api.shapes import Responses, one
from resonance.jobs import control
from resonance.jobs.ports import Job
from resonance.model.catalogue import TrackItem
from resonance.model.similar import MapPlace, MapState

router = APIRouter(prefix="/map", tags=["map"])
_LARGEST = 2**32 - 1
Layout = Annotated[int, Field(ge=0, le=_LARGEST, description="As GET /map names it; 409 when it has changed")]
Index = Annotated[int, Field(ge=0, le=_LARGEST)]
_FORM = (
    'Little endian: "RMAP", then version (1), count and layout as u32; then count x (u16), count y (u16), '
    "count regions (u8), count energies (u8, 255 is unknown)"
)
_BINARY = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_BYTES: Responses = {200: {"description": _FORM, "content": _BINARY}}


class MapTracksBody(BaseModel):
    """Points by their place in the list."""

    layout: Layout
    indexes: Annotated[list[Index], Field(max_length=500)]


class MapIdsBody(BaseModel):
    """Points by their place in the list: a lasso."""

    layout: Layout
    indexes: Annotated[list[Index], Field(max_length=20_000)]


class MapTracks(Struct, frozen=True):
    """In the order asked for; null for one that went out of sight this moment."""

    items: list[TrackItem | None]


class MapIds(Struct, frozen=True):
    """In the order asked for."""

    ids: list[str]


@router.get("", responses=one(MapState))
def get_map(request: Request, caller: CallerDep) -> Response:
    """What there is to see, and the names of its regions."""
    recommend = services(request).recommend
    with services(request).db.read(caller.user_id) as uow:
        return answer(recommend.map_state(uow, caller))


@router.get("/points", response_class=Response, responses=_BYTES)
def get_points(
    request: Request, caller: CallerDep, layout: Annotated[int | None, Query(ge=0, le=_LARGEST)] = None
) -> Response:
    """All points of the caller's tracks."""
    recommend = services(request).recommend
    with services(request).db.read(caller.user_id) as uow:
        body = recommend.map_points(uow, caller, layout)
    # The layout names these very bytes, so whoever asks with it may keep them.
    kept = "private, max-age=31536000, immutable" if layout is not None else "private, no-cache"
    return Response(body, media_type="application/octet-stream", headers={"Cache-Control": kept})


@router.post("/tracks", responses=one(MapTracks))
def map_tracks(request: Request, caller: CallerDep, body: MapTracksBody) -> Response:
    """The tracks of some points."""
    recommend = services(request).recommend
    with services(request).db.read(caller.user_id) as uow:
        return answer(MapTracks(recommend.map_tracks(uow, caller, body.layout, body.indexes)))


@router.post("/ids", responses=one(MapIds))
def map_ids(request: Request, caller: CallerDep, body: MapIdsBody) -> Response:
    """The track ids of many points."""
    recommend = services(request).recommend
    with services(request).db.read(caller.user_id) as uow:
        return answer(MapIds(recommend.map_ids(uow, caller, body.layout, body.indexes)))


@router.get("/place/{track_id}", responses=one(MapPlace))
def map_place(request: Request, caller: CallerDep, track_id: str) -> Response:
    """Where a track lies."""
    recommend = services(request).recommend
    with services(request).db.read(caller.user_id) as uow:
        return answer(recommend.map_place(uow, caller, track_id))


@router.post("/draw", status_code=202, responses=one(Job, 202))
def draw_map(request: Request, caller: AdminDep) -> Response:
    """Draw the map anew: the job that does it."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        job_id = built.recommend.request_drawing(uow, caller, built.jobs)
        return answer(control.job(uow, caller, job_id), 202)
