"""The analysis: how far it is, what it found of a track, and what people correct."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from resonance.analysis import edits, facts, requests
from resonance.analysis.policy import Hours
from resonance.analysis.progress import Status
from resonance.api.answers import answer
from resonance.api.deps import AdminDep, CallerDep, services
from resonance.api.shapes import one, paged

router = APIRouter(tags=["analysis"])


class HoursBody(BaseModel):
    """A part of the server's local day, such as from "23:00" to "06:00"."""

    from_: str = Field(alias="from", max_length=5)
    to: str = Field(max_length=5)


class Steering(BaseModel):
    """What is left out stays as it is; `hours` null allows any time."""

    paused: bool | None = None
    hours: HoursBody | None = None


class Start(BaseModel):
    """`force` measures again: these groups (tempo, key, timbre, loudness; all of them without) of tracks."""

    force: bool = False
    groups: list[str] = Field(default=[], max_length=10)
    track_ids: list[str] | None = Field(default=None, max_length=requests.MOST_TRACKS)


class Correction(BaseModel):
    """What is left out stays as it is; null takes the correction back. `key` as "F#m" or "11A"."""

    bpm: float | None = None
    key: Annotated[str | None, Field(max_length=64)] = None


@router.get("/analysis", responses=one(Status))
def get_analysis(request: Request, caller: CallerDep) -> Response:
    """How far it is, in tracks the caller may see."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer(built.analyser.status(uow, caller))


@router.patch("/analysis", responses=one(Status))
def steer_analysis(request: Request, caller: AdminDep, body: Steering) -> Response:
    """Pause, resume, set the hours. What is in hand is heard to its end."""
    built = services(request)
    more: dict[str, Any] = {}
    if "hours" in body.model_fields_set:
        more["hours"] = Hours.parse(body.hours.from_, body.hours.to) if body.hours else None
    with built.db.write(caller.user_id) as uow:
        requests.steer(uow, caller, built.jobs, paused=body.paused, **more)
    return _status(request, caller)


@router.post("/analysis/start", status_code=202, responses=one(Status, 202))
def start_analysis(request: Request, caller: AdminDep, body: Start) -> Response:
    """Work on what is behind, or measure again."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        requests.start(
            uow, caller, built.jobs, force=body.force, groups=body.groups, track_ids=body.track_ids
        )
    return _status(request, caller, 202)


@router.get("/analysis/failures", responses=paged(requests.Failure))
def list_failures(
    request: Request,
    caller: AdminDep,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """Tracks whose files cannot be analysed, and why."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        page = requests.failures(uow, caller, cursor=cursor, limit=limit)
        failed = built.analyser.status(uow, caller).failed
    return answer({"items": page.items, "next": page.next, "total": failed})


@router.get("/tracks/{track_id}/analysis", responses=one(facts.TrackAnalysis))
def get_track_analysis(request: Request, caller: CallerDep, track_id: str) -> Response:
    """Everything known of a track's sound, with its source."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(facts.of_track(uow, caller, track_id))


@router.patch("/tracks/{track_id}/analysis", responses=one(facts.TrackAnalysis))
def correct_track(request: Request, caller: CallerDep, track_id: str, body: Correction) -> Response:
    """Correct tempo or key. Corrections win over what is measured, for everybody, and stay."""
    built = services(request)
    edit = edits.Edit(frozenset(body.model_fields_set), body.bpm, body.key)
    with built.db.write(caller.user_id) as uow:
        edits.change(uow, built.events, caller, track_id, edit)
        return answer(facts.of_track(uow, caller, track_id))


def _status(request: Request, caller: AdminDep, status: int = 200) -> Response:
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer(built.analyser.status(uow, caller), status)
