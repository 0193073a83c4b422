"""Edits of whole playlists: sorted, without doubles, taken back; and their own pictures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from msgspec import Struct
from pydantic import BaseModel

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.rest.playlists import SeenVersion, TrackIds, edited
from resonance.api.shapes import one
from resonance.model.playlist import PlaylistItem
from resonance.playlists import bulk, covers
from resonance.playlists.undo import undo as take_back

router = APIRouter(prefix="/playlists/{playlist_id}", tags=["playlists"])
Picture = Annotated[bytes, Body(media_type="application/octet-stream", description="JPEG, PNG, WebP, GIF")]


class SortedBy(BaseModel):
    """The column to sort by."""

    by: bulk.Column
    descending: bool = False


class Asked(BaseModel):
    """Tracks about to be added."""

    track_ids: TrackIds


class AlreadyIn(Struct, frozen=True):
    """Those that stand in the playlist already."""

    track_ids: list[str]


@router.post("/sort", responses=one(PlaylistItem))
def sort(
    request: Request, caller: CallerDep, playlist_id: str, body: SortedBy, seen: SeenVersion
) -> Response:
    """Put the entries in the order of a column."""
    return edited(request, caller, playlist_id, bulk.sort, body.by, descending=body.descending, version=seen)


@router.post("/dedupe", responses=one(PlaylistItem))
def dedupe(request: Request, caller: CallerDep, playlist_id: str, seen: SeenVersion) -> Response:
    """Leave each track only its first place."""
    return edited(request, caller, playlist_id, bulk.dedupe, version=seen)


@router.post("/undo", responses=one(PlaylistItem))
def undo(request: Request, caller: CallerDep, playlist_id: str) -> Response:
    """Take back the last removal, reordering or replacement, or the deletion, within an hour."""
    return edited(request, caller, playlist_id, take_back)


@router.post("/already-in", responses=one(AlreadyIn))
def already_in(request: Request, caller: CallerDep, playlist_id: str, body: Asked) -> Response:
    """Which of these tracks stand in the playlist already."""
    with services(request).db.read(caller.user_id) as uow:
        return answer(AlreadyIn(bulk.already_in(uow, caller, playlist_id, body.track_ids)))


@router.put("/cover", responses=one(PlaylistItem))
def put_cover(request: Request, caller: CallerDep, playlist_id: str, body: Picture) -> Response:
    """Give a playlist a picture of its own, up to 8 MB."""
    caller.must_write()
    picture = covers.prepared(services(request).artwork, body)
    return edited(request, caller, playlist_id, covers.put, picture)


@router.delete("/cover", responses=one(PlaylistItem))
def remove_cover(request: Request, caller: CallerDep, playlist_id: str) -> Response:
    """Show the mosaic again."""
    return edited(request, caller, playlist_id, covers.remove)
