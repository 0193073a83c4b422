"""Joints of any two tracks, and what mixes well with one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.rest.set_models import Pairs
from resonance.api.shapes import many, one
from resonance.model.dj_set import MixingTracks, SetJoint

router = APIRouter(tags=["sets"])
Among = Annotated[
    str | None, Query(max_length=60, description="Only of these: liked, playlist:ID, genre:ID or set:ID")
]


@router.get("/tracks/{track_id}/mixes-well", responses=one(MixingTracks))
def mixes_well(
    request: Request,
    caller: CallerDep,
    track_id: str,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    among: Among = None,
) -> Response:
    """Tracks that follow this one well: near in tempo (half and double count), in a key that fits."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer(built.set_proposals.mixes_well(uow, caller, track_id, limit=limit, among=among))


@router.post("/joints", responses=many(SetJoint))
def get_joints(request: Request, caller: CallerDep, body: Pairs) -> Response:
    """What it is to go from the first track of each pair to the second."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        pairs = [(a, b) for a, b in body.pairs]
        return answer({"items": built.set_proposals.joints(uow, caller, pairs)})
