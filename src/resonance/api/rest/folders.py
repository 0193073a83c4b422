"""The music as it lies on disk."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from resonance.api.answers import versioned
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import one
from resonance.library import catalogue
from resonance.model.catalogue import FolderPage

router = APIRouter(tags=["catalogue"])


@router.get("/folders", responses=one(FolderPage))
def list_folder(
    request: Request, caller: CallerDep, library_id: str | None = None, path: str = ""
) -> Response:
    """What lies directly in a folder; without a library, the libraries themselves."""
    with services(request).db.read(caller.user_id) as uow:
        if library_id is None:
            return versioned(request, uow, caller, lambda: FolderPage(None, catalogue.roots(uow, caller), []))
        return versioned(request, uow, caller, lambda: catalogue.folder(uow, caller, library_id, path))
