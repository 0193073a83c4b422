"""Ways between sounds, and sounds added and subtracted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import one
from resonance.model.similar import SimilarTracks, SonicPath
from resonance.recommend.wishes import LONGEST, SHORTEST, PathWish, narrowed
from resonance.search.filters import TrackFilter

router = APIRouter(prefix="/sonic", tags=["similar"])
_Year = Annotated[int | None, Field(ge=0, le=9999)]
_Tempo = Annotated[float | None, Field(ge=0, le=1000)]
_PerArtist = Annotated[int | None, Field(ge=1, le=500, description="At most so many by one artist")]
_Ids = Annotated[list[str], Field(max_length=50)]


class SonicFilters(BaseModel):
    """Conditions that every track between must meet."""

    genre_id: str | None = None
    year_from: _Year = None
    year_to: _Year = None
    bpm_min: _Tempo = None
    bpm_max: _Tempo = None
    key: Annotated[list[str], Field(max_length=24, description='Any of these keys: "8A", "F#m"')] = []

    def as_filter(self) -> TrackFilter:
        """The same in the words of the service."""
        given = self.model_dump(exclude={"key"})
        return narrowed(**given, keys=self.key)


class PathBody(BaseModel):
    """From where to where, and how."""

    from_id: str
    to_id: str
    length: Annotated[int, Field(ge=SHORTEST, le=LONGEST, description="Tracks, both ends included")] = 20
    per_artist: _PerArtist = None
    bpm_step: Annotated[
        float | None, Field(gt=0, le=1, description="The most that tempo may change a step: 0.06 is 6 %")
    ] = None
    keys_mix: Annotated[bool, Field(description="Each key must mix with the one before")] = False
    filters: SonicFilters = SonicFilters()


class BlendBody(BaseModel):
    """Like all of `like`, unlike each of `unlike`."""

    like: Annotated[_Ids, Field(min_length=1)]
    unlike: _Ids = []
    limit: Annotated[int, Field(ge=1, le=500)] = 50
    per_artist: _PerArtist = None
    filters: SonicFilters = SonicFilters()


@router.post("/path", responses=one(SonicPath))
def sonic_path(request: Request, caller: CallerDep, body: PathBody) -> Response:
    """Tracks that lead from one to another in small steps. `note` says what could not be kept."""
    wish = PathWish(
        body.length, body.per_artist, body.bpm_step, body.keys_mix, filters=body.filters.as_filter()
    )
    recommend = services(request).recommend
    with services(request).db.read(caller.user_id) as uow:
        return answer(recommend.path(uow, caller, body.from_id, body.to_id, wish))


@router.post("/blend", responses=one(SimilarTracks))
def sonic_blend(request: Request, caller: CallerDep, body: BlendBody) -> Response:
    """Tracks like A and B and not like C."""
    recommend = services(request).recommend
    filters = body.filters.as_filter()
    with services(request).db.read(caller.user_id) as uow:
        found = recommend.blend(
            uow,
            caller,
            body.like,
            body.unlike,
            limit=body.limit,
            per_artist=body.per_artist,
            filters=filters,
        )
        return answer(found)
