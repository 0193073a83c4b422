"""What imports found and missed, and the playlist files in libraries."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from resonance.api.answers import answer
from resonance.api.deps import AdminDep, CallerDep, services
from resonance.api.media import attachment
from resonance.api.shapes import Responses, many, one
from resonance.model.lists import ImportItem, ListFileItem
from resonance.playlists import reports, watched
from resonance.playlists.exchange.report import Report, as_csv

router = APIRouter(tags=["playlists"])
_CSV: Responses = {
    200: {
        "description": "One row an entry",
        "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}},
    }
}


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
