"""The same recording more than once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import one
from resonance.model.similar import DuplicatePage

router = APIRouter(tags=["similar"])


@router.get("/duplicates", responses=one(DuplicatePage))
def list_duplicates(
    request: Request,
    caller: CallerDep,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Recordings of which there are several files, by title, the best file of each first."""
    recommend = services(request).recommend
    with services(request).db.read(caller.user_id) as uow:
        return answer(recommend.duplicates(uow, caller, cursor=cursor, limit=limit))
