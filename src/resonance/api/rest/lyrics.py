"""Lyrics."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import many
from resonance.library import lyrics

router = APIRouter(tags=["catalogue"])


@router.get("/tracks/{track_id}/lyrics", responses=many(lyrics.Lyrics))
def get_lyrics(request: Request, caller: CallerDep, track_id: str) -> Response:
    """All texts of a track, synced ones first."""
    with services(request).db.read(caller.user_id) as uow:
        return answer({"items": lyrics.of_track(uow, caller, track_id)})
