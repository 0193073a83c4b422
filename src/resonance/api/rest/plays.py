"""Plays, their history, and what is played now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.rest.albums import Limit
from resonance.api.shapes import many, one, paged
from resonance.listens import plays
from resonance.listens.now_playing import NowPlayingItem

router = APIRouter(tags=["personal"])
Text = Annotated[str, Field(max_length=100)]


class PlayReport(BaseModel):
    """One play; `id` is the client's own, so that sending it again counts once."""

    id: Text | None = None
    track_id: str
    started_at: datetime
    played_s: Annotated[float | None, Field(ge=0, allow_inf_nan=False)] = None
    client: Text = ""

    def as_play(self) -> plays.NewPlay:
        """The same in the words of the service."""
        moment = self.started_at if self.started_at.tzinfo else self.started_at.replace(tzinfo=UTC)
        return plays.NewPlay(
            self.track_id, int(moment.timestamp() * 1000), self.played_s, self.id, self.client
        )


class PlayReports(BaseModel):
    """Plays, also older ones kept while the client was offline."""

    items: Annotated[list[PlayReport], Field(max_length=plays.MOST_AT_ONCE)]


class Present(BaseModel):
    """The track that plays now; null: nothing any more."""

    track_id: str | None
    position_ms: int = Field(default=0, ge=0, le=2**53)
    client: Text = ""


@router.post("/plays", responses=one(plays.Recorded))
def add_plays(request: Request, caller: CallerDep, body: PlayReports) -> Response:
    """Keep the plays that count: half the track or four minutes."""
    with services(request).db.write(caller.user_id) as uow:
        recorded = plays.record(uow, caller, [item.as_play() for item in body.items])
    return answer(recorded)


@router.get("/plays", responses=paged(plays.PlayItem))
def history(request: Request, caller: CallerDep, cursor: str | None = None, limit: Limit = 100) -> Response:
    """The caller's plays, newest first."""
    with services(request).db.read(caller.user_id) as uow:
        found = plays.history(uow, caller, cursor=cursor, limit=limit)
        return answer({"items": found.items, "next": found.next})


@router.post("/now-playing", status_code=204)
def report_now_playing(request: Request, caller: CallerDep, body: Present) -> Response:
    """Say what plays now."""
    built = services(request)
    if body.track_id is None:
        built.now_playing.stop(caller, client=body.client)
        return Response(status_code=204)
    with built.db.read(caller.user_id) as uow:
        built.now_playing.report(uow, caller, body.track_id, position_ms=body.position_ms, client=body.client)
    built.lyrics.wish(caller, built.jobs, body.track_id)
    return Response(status_code=204)


@router.get("/now-playing", responses=many(NowPlayingItem))
def now_playing(request: Request, caller: CallerDep) -> Response:
    """What everybody plays now, as far as the caller may see it."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer({"items": built.now_playing.everyone(uow, caller)})
