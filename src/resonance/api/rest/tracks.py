"""Tracks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer, versioned
from resonance.api.deps import CallerDep, services
from resonance.library import catalogue

router = APIRouter(tags=["catalogue"])


class TrackIds(BaseModel):
    """Which tracks, in which order."""

    ids: Annotated[list[str], Field(max_length=10_000)]


@router.post("/tracks/by-ids")
def tracks_by_ids(request: Request, caller: CallerDep, body: TrackIds) -> Response:
    """The tracks of these ids in their order; what the caller cannot see is left out."""
    with services(request).db.read(caller.user_id) as uow:
        return answer({"items": catalogue.tracks_by_ids(uow, caller, body.ids)})


@router.get("/tracks/{track_id}")
def get_track(request: Request, caller: CallerDep, track_id: str) -> Response:
    """One track with everything known of it."""
    with services(request).db.read(caller.user_id) as uow:
        return versioned(request, uow, caller, lambda: catalogue.track_detail(uow, caller, track_id))
