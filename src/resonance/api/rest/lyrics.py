"""Lyrics."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import Responses, many
from resonance.library import lyrics

router = APIRouter(tags=["catalogue"])
TEXTS: Responses = many(lyrics.Lyrics)
OFF: Responses = {
    409: {"description": "Looking up lyrics is switched off"},
    503: {"description": "The lyrics service does not answer"},
}


class OwnText(BaseModel):
    """The caller's own words: plain lines, or LRC with a time for every line."""

    text: Annotated[str, Field(min_length=1, max_length=lyrics.LONGEST_TEXT)]


class Offset(BaseModel):
    """How much sooner the words shall come, in milliseconds; negative: later."""

    offset_ms: Annotated[int, Field(ge=-lyrics.LONGEST_OFFSET_MS, le=lyrics.LONGEST_OFFSET_MS)]


@router.get("/tracks/{track_id}/lyrics", responses=TEXTS)
def get_lyrics(request: Request, caller: CallerDep, track_id: str) -> Response:
    """All texts of a track: the caller's own, then synced ones."""
    with services(request).db.read(caller.user_id) as uow:
        return answer({"items": lyrics.of_track(uow, caller, track_id)})


@router.put("/tracks/{track_id}/lyrics", tags=["personal"], responses=TEXTS)
def put_lyrics(request: Request, caller: CallerDep, track_id: str, body: OwnText) -> Response:
    """Keep the caller's own text of a track; nobody else sees it."""
    with services(request).db.write(caller.user_id) as uow:
        lyrics.write(uow, caller, track_id, body.text)
        return answer({"items": lyrics.of_track(uow, caller, track_id)})


@router.delete("/tracks/{track_id}/lyrics", tags=["personal"], responses=TEXTS)
def delete_lyrics(request: Request, caller: CallerDep, track_id: str) -> Response:
    """Remove the caller's own text; what is left is answered."""
    with services(request).db.write(caller.user_id) as uow:
        lyrics.forget(uow, caller, track_id)
        return answer({"items": lyrics.of_track(uow, caller, track_id)})


@router.put("/tracks/{track_id}/lyrics/offset", tags=["personal"], responses=TEXTS)
def put_offset(request: Request, caller: CallerDep, track_id: str, body: Offset) -> Response:
    """Move all words of a track for the caller."""
    with services(request).db.write(caller.user_id) as uow:
        lyrics.set_offset(uow, caller, track_id, body.offset_ms)
        return answer({"items": lyrics.of_track(uow, caller, track_id)})


@router.post("/tracks/{track_id}/lyrics/find", responses={**TEXTS, **OFF})
def find_lyrics(request: Request, caller: CallerDep, track_id: str) -> Response:
    """Ask the lyrics service now, and answer all texts of the track."""
    built = services(request)
    built.lyrics.ask(caller, track_id)
    with built.db.read(caller.user_id) as uow:
        return answer({"items": lyrics.of_track(uow, caller, track_id)})
