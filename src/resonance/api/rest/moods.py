"""What people say of a track's mood."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from resonance.analysis import moods
from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import many

router = APIRouter(tags=["personal"])
Share = Annotated[float | None, Field(ge=0, le=1)]


class OwnMoods(BaseModel):
    """0 is not at all, 1 very much; null takes the caller's word back, what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    happy: Share = None
    sad: Share = None
    aggressive: Share = None
    relaxed: Share = None
    party: Share = None
    acoustic: Share = None


@router.put("/tracks/{track_id}/moods", responses=many(moods.MoodItem))
def put_moods(request: Request, caller: CallerDep, track_id: str, body: OwnMoods) -> Response:
    """Say how the caller hears a track; everything said of it afterwards, with who says it."""
    said = body.model_dump(include=body.model_fields_set)
    with services(request).db.write(caller.user_id) as uow:
        items = moods.set_own(uow, caller, track_id, said)
    return answer({"items": items})
