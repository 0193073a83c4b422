"""Scans: those that run and those that ran."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import many, paged
from resonance.library import reports
from resonance.library.scanning import requests as scan_requests
from resonance.library.scanning.runs import ScanItem

router = APIRouter(prefix="/scans", tags=["libraries"])


@router.get("", responses=paged(ScanItem))
def list_scans(
    request: Request,
    caller: CallerDep,
    library_id: str | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """Scans, newest first."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(reports.scans(uow, caller, library_id=library_id, cursor=cursor, limit=limit))


@router.get("/current", responses=many(ScanItem))
def current_scans(request: Request, caller: CallerDep) -> Response:
    """The scans that run now."""
    with services(request).db.read(caller.user_id) as uow:
        items = [
            item
            for item in scan_requests.current(uow)
            if caller.libraries is None or item["library_id"] in caller.libraries
        ]
    return answer({"items": items})
