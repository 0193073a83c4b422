"""Search by names, meaning and filters at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.rest.albums import Limit, Year
from resonance.api.shapes import one
from resonance.library.ask import LONGEST, TrackAnswer, Wish, ask

router = APIRouter(tags=["catalogue"])
Tempo = Annotated[float | None, Query(ge=0, le=1000)]
Share = Annotated[float | None, Query(ge=0, le=1)]
Keys = Annotated[list[str] | None, Query(max_length=24, description='Any of these keys: "8A", "F#m"')]


@router.get("/search/tracks", responses=one(TrackAnswer))
def search_tracks(
    request: Request,
    caller: CallerDep,
    q: Annotated[str, Query(max_length=LONGEST, description="Names, or words for what to hear")] = "",
    genre_id: str | None = None,
    year_from: Year = None,
    year_to: Year = None,
    bpm_min: Tempo = None,
    bpm_max: Tempo = None,
    key: Keys = None,
    key_compatible: bool = False,
    energy_min: Share = None,
    energy_max: Share = None,
    rated_min: Annotated[int | None, Query(ge=1, le=5)] = None,
    liked: bool | None = None,
    analysed: bool | None = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> Response:
    """Tracks by name and by meaning ("slow warm piano for rain"), each with the reasons for it."""
    wish = Wish(
        *(genre_id, year_from, year_to, bpm_min, bpm_max, tuple(key or ()), key_compatible),
        *(energy_min, energy_max, rated_min, liked, analysed),
    )
    asked = services(request).embedders.ask(q)
    with services(request).db.read(caller.user_id) as uow:
        hybrid = services(request).hybrid
        return answer(ask(uow, caller, hybrid, asked, wish, cursor=cursor, limit=limit))
