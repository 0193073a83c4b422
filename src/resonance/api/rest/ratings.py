"""Ratings."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.api.deps import CallerDep, services
from resonance.library.catalogue.access import Kind
from resonance.listens import ratings

router = APIRouter(tags=["personal"])


class Stars(BaseModel):
    """1 to 5, or 0 for none."""

    stars: int = Field(ge=0, le=5)


@router.put("/ratings/{kind}/{item_id}", status_code=204)
def rate(request: Request, caller: CallerDep, kind: Kind, item_id: str, body: Stars) -> Response:
    """Rate a track, an album or an artist."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        ratings.set(uow, built.events, caller, kind, item_id, body.stars)
    return Response(status_code=204)
