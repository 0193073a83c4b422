"""What is wrong with the music: broken files and missing tracks."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from msgspec import Struct
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import AdminDep, services
from resonance.api.shapes import one, paged
from resonance.library import reports
from resonance.library.purge import purge_missing

router = APIRouter(tags=["libraries"])
Limit = Annotated[int, Query(ge=1, le=500)]


class Purge(BaseModel):
    ids: Literal["all"] | Annotated[list[str], Field(max_length=10_000)]


class Purged(Struct, frozen=True):
    """How many tracks were forgotten."""

    purged: int


@router.get("/broken-files", responses=paged(reports.BrokenFile))
def list_broken_files(
    request: Request,
    caller: AdminDep,
    library_id: str | None = None,
    cursor: str | None = None,
    limit: Limit = 100,
) -> Response:
    """Files that cannot be read, with their reason."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(reports.broken_files(uow, caller, library_id=library_id, cursor=cursor, limit=limit))


@router.get("/missing-tracks", responses=paged(reports.MissingTrack))
def list_missing_tracks(
    request: Request,
    caller: AdminDep,
    library_id: str | None = None,
    cursor: str | None = None,
    limit: Limit = 100,
) -> Response:
    """Tracks whose files are gone."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(reports.missing_tracks(uow, caller, library_id=library_id, cursor=cursor, limit=limit))


@router.post("/missing-tracks/purge", responses=one(Purged))
def purge(request: Request, caller: AdminDep, body: Purge) -> Response:
    """Forget missing tracks with likes, plays and playlist entries."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        return answer(Purged(purge_missing(uow, caller, built.search, body.ids)))
