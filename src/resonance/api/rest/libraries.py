"""Libraries: the folders that music comes from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import AdminDep, CallerDep, services
from resonance.api.shapes import many, one
from resonance.library.scanning import requests as scan_requests
from resonance.library.scanning.runs import ScanItem
from resonance.library.sources import FolderCheck, LibraryItem

router = APIRouter(prefix="/libraries", tags=["libraries"])

Name = Annotated[str, Field(max_length=200)]
FolderPath = Annotated[str, Field(min_length=1, max_length=4096)]


class NewLibrary(BaseModel):
    name: Name = ""
    path: FolderPath


class LibraryChange(BaseModel):
    name: Name | None = None
    path: FolderPath | None = None
    watch: bool | None = None


class PathCheck(BaseModel):
    path: FolderPath


class ScanRequest(BaseModel):
    full: bool = False


@router.get("", responses=many(LibraryItem))
def list_libraries(request: Request, caller: CallerDep) -> Response:
    """The libraries the caller may see; paths are for admins."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer({"items": built.libraries.all(uow, caller), "next": None})


@router.post("", status_code=201, responses=one(LibraryItem, 201))
def add_library(request: Request, caller: AdminDep, body: NewLibrary) -> Response:
    """Add a folder and scan it."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        library_id = built.libraries.add(uow, caller, body.name, body.path)
        scan_requests.request(uow, built.jobs, library_id, reason="setup")
        return answer(built.libraries.one(uow, caller, library_id), 201)


@router.post("/check", responses=one(FolderCheck))
def check_path(request: Request, caller: AdminDep, body: PathCheck) -> Response:
    """Whether a folder could become a library."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer(built.libraries.check(uow, caller, body.path))


@router.patch("/{library_id}", responses=one(LibraryItem))
def change_library(request: Request, caller: AdminDep, library_id: str, body: LibraryChange) -> Response:
    """Rename it, move it, watch it or not."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        built.libraries.edit(uow, caller, library_id, name=body.name, path=body.path, watch=body.watch)
        if body.path is not None:
            scan_requests.request(uow, built.jobs, library_id, reason="setup")
        return answer(built.libraries.one(uow, caller, library_id))


@router.delete("/{library_id}", status_code=204)
def remove_library(request: Request, caller: AdminDep, library_id: str) -> Response:
    """Forget it and its tracks. No file is touched."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        built.libraries.remove(uow, caller, library_id)
    return Response(status_code=204)


@router.post("/{library_id}/scan", status_code=202, responses=one(ScanItem, 202))
def scan_library(
    request: Request, caller: AdminDep, library_id: str, body: ScanRequest | None = None
) -> Response:
    """Queue a scan; the answer is the running scan, or one in state "queued" whose id is that of its job."""
    built = services(request)
    full = body is not None and body.full
    with built.db.write(caller.user_id) as uow:
        return answer(scan_requests.start(uow, caller, built.jobs, library_id, full=full), 202)
