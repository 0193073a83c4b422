"""Cues, loops and beat grids of a track. Everybody has their own."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from msgspec import Struct
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import one
from resonance.listens import cues
from resonance.model.cue import Cue

router = APIRouter(prefix="/tracks/{track_id}/cues", tags=["cues"])
_Whole = Annotated[int | None, Field(ge=-(2**31), lt=2**31)]


class CueList(Struct, frozen=True):
    """In the order of time."""

    cues: list[Cue]


class CueBody(BaseModel):
    """A cue, as `Cue` has it."""

    kind: Literal["cue", "loop", "grid", "fade_in", "fade_out", "load"]
    start_s: float
    end_s: float | None = None
    number: _Whole = None
    name: str = ""
    colour: str | None = None
    bpm: float | None = None
    beat: _Whole = None
    beats: _Whole = None


class Cues(BaseModel):
    """All cues that the track is to have."""

    cues: Annotated[list[CueBody], Field(max_length=cues.MOST)]


@router.get("", responses=one(CueList))
def get_cues(request: Request, caller: CallerDep, track_id: str) -> Response:
    """The caller's cues of a track."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(CueList(cues.of_track(uow, caller, track_id)))


@router.put("", responses=one(CueList))
def put_cues(request: Request, caller: CallerDep, track_id: str, body: Cues) -> Response:
    """Give a track exactly these cues; those that were there go."""
    given = [Cue(**each.model_dump()) for each in body.cues]
    with services(request).db.write(caller.user_id) as uow:
        return answer(CueList(cues.replace(uow, caller, track_id, given)))
