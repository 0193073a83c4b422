"""Folders of playlists."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer, versioned
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import one
from resonance.model.lists import PlaylistFolder, PlaylistShelf
from resonance.playlists import folders

router = APIRouter(prefix="/playlist-folders", tags=["playlists"])


class NewFolder(BaseModel):
    """A folder to make, in another one or outside of all."""

    name: str
    parent_id: str | None = None


class FolderName(BaseModel):
    """What to call it."""

    name: str


class FolderMove(BaseModel):
    """Where to put it: in which folder, before which other folder there; null: outside, at the end."""

    parent_id: str | None = None
    before: str | None = None


class ListsMove(BaseModel):
    """Playlists to put into a folder (null: outside), before one that lies there or at the end."""

    playlist_ids: Annotated[list[str], Field(max_length=folders.MOST_AT_ONCE)]
    folder_id: str | None = None
    before: str | None = None


@router.get("", responses=one(PlaylistShelf))
def tree(request: Request, caller: CallerDep) -> Response:
    """The caller's folders and the playlists in them."""
    with services(request).db.read(caller.user_id) as uow:
        return versioned(request, uow, caller, lambda: folders.tree(uow, caller))


@router.post("", status_code=201, responses=one(PlaylistFolder, 201))
def create(request: Request, caller: CallerDep, body: NewFolder) -> Response:
    """Make a folder."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        made = folders.create(uow, built.events, caller, body.name, parent_id=body.parent_id)
    return answer(made, 201)


@router.post("/places", responses=one(PlaylistShelf))
def put(request: Request, caller: CallerDep, body: ListsMove) -> Response:
    """Put playlists into a folder."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        after = folders.put(
            uow, built.events, caller, body.playlist_ids, folder_id=body.folder_id, before=body.before
        )
    return answer(after)


@router.patch("/{folder_id}", responses=one(PlaylistFolder))
def rename(request: Request, caller: CallerDep, folder_id: str, body: FolderName) -> Response:
    """Rename a folder."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        changed = folders.rename(uow, built.events, caller, folder_id, body.name)
    return answer(changed)


@router.post("/{folder_id}/move", responses=one(PlaylistShelf))
def move(request: Request, caller: CallerDep, folder_id: str, body: FolderMove) -> Response:
    """Put a folder elsewhere."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        after = folders.move(
            uow, built.events, caller, folder_id, parent_id=body.parent_id, before=body.before
        )
    return answer(after)


@router.delete("/{folder_id}", responses=one(PlaylistShelf))
def delete(request: Request, caller: CallerDep, folder_id: str) -> Response:
    """Delete a folder; what lies in it moves to where it stood."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        after = folders.delete(uow, built.events, caller, folder_id)
    return answer(after)
