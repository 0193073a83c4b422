"""What imports found and missed, and the playlist files in libraries."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import AdminDep, CallerDep, services
from resonance.api.media import attachment
from resonance.api.rest.albums import Limit
from resonance.api.shapes import Responses, many, one
from resonance.model.imports import ImportEntries, Settled
from resonance.model.lists import ImportItem, ListFileItem
from resonance.playlists import reports, settling, watched
from resonance.playlists.exchange.report import Report, as_csv

router = APIRouter(tags=["playlists"])
_CSV: Responses = {
    200: {
        "description": "One row an entry",
        "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}},
    }
}


_Place = Annotated[int, Field(ge=0, lt=2**31)]
_CHANGED: Responses = {409: {"description": "The playlist is gone (`playlist_gone`) or follows a rule"}}


class ChoiceBody(BaseModel):
    """What an entry means: a track; null for none that is here; with `undo` as the import left it."""

    list: _Place = Field(description="Counts the import's playlists from 0")
    number: _Place = Field(description="Counts the entries of that playlist from 1")
    track_id: str | None = None
    undo: bool = False
    everywhere: bool = Field(False, description="Also for all other entries that say the same")


class Choices(BaseModel):
    """Choices of a person, all taken or none."""

    choices: Annotated[list[ChoiceBody], Field(min_length=1, max_length=settling.MOST_CHOICES)]


@router.get("/imports", responses=many(ImportItem))
def mine(request: Request, caller: CallerDep) -> Response:
    """The caller's imports, the newest first."""
    with services(request).db.read(caller.user_id) as uow:
        return answer({"items": reports.mine(uow, caller)})


@router.get("/imports/{report_id}", responses=one(Report))
def report(request: Request, caller: CallerDep, report_id: str) -> Response:
    """What an import found and missed, line by line."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(reports.one(uow, caller, report_id))


@router.get("/imports/{report_id}/file", responses=_CSV)
def report_file(request: Request, caller: CallerDep, report_id: str) -> StreamingResponse:
    """The same as a table."""
    with services(request).db.read(caller.user_id) as uow:
        found = reports.one(uow, caller, report_id)
    headers = {"Content-Disposition": attachment(f"{found.name or 'import'}.csv")}
    return StreamingResponse(as_csv(found), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/imports/{report_id}/entries", responses=one(ImportEntries))
def entries(
    request: Request,
    caller: CallerDep,
    report_id: str,
    state: Annotated[settling.State, Query(description="settled: by a person")] = "open",
    cursor: str | None = None,
    limit: Limit = 100,
) -> Response:
    """The entries of an import with the tracks that each may mean, and why."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(settling.entries(uow, caller, report_id, state=state, cursor=cursor, limit=limit))


@router.post("/imports/{report_id}/choices", responses={**one(Settled), **_CHANGED})
def choose(request: Request, caller: CallerDep, report_id: str, body: Choices) -> Response:
    """Say what entries mean: the tracks take their places in the playlist. The same again changes nothing."""
    built = services(request)
    choices = [settling.Choice(**each.model_dump()) for each in body.choices]
    with built.db.write(caller.user_id) as uow:
        return answer(settling.settle(uow, built.events, caller, report_id, choices))


@router.delete("/imports/{report_id}", status_code=204)
def forget(request: Request, caller: CallerDep, report_id: str) -> Response:
    """Delete a report; what was imported stays."""
    with services(request).db.write(caller.user_id) as uow:
        reports.forget(uow, caller, report_id)
    return Response(status_code=204)


@router.get("/playlist-files", responses=many(ListFileItem))
def files(request: Request, caller: AdminDep) -> Response:
    """The playlist files in all libraries."""
    with services(request).db.read(caller.user_id) as uow:
        return answer({"items": watched.all_files(uow, caller)})


@router.get("/playlists/{playlist_id}/file", responses=one(ListFileItem))
def file_of_playlist(request: Request, caller: CallerDep, playlist_id: str) -> Response:
    """The file that a playlist follows or followed."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(watched.of_playlist(uow, caller, playlist_id))
