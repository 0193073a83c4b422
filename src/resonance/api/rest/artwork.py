"""Covers and artist pictures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from resonance.api.deps import CallerDep, services
from resonance.api.pictures import FOR_EVER, REVALIDATED, picture_answer

router = APIRouter(tags=["artwork"])
Size = Annotated[int, Query(ge=1, le=4096, description="Pixels; rounded up to 96, 320 or 960")]


@router.head("/artwork/{cover_id}", include_in_schema=False)
@router.get("/artwork/{cover_id}", response_class=Response)
def cover(request: Request, caller: CallerDep, cover_id: str, size: Size = 320) -> Response:
    """A cover as WebP. Its id is made from its content, so the answer never changes."""
    return picture_answer(request, services(request).artwork.cover(caller, cover_id, size), FOR_EVER)


@router.head("/artwork/{cover_id}/original", include_in_schema=False)
@router.get("/artwork/{cover_id}/original", response_class=Response)
def original_cover(request: Request, caller: CallerDep, cover_id: str) -> Response:
    """A cover as it lies in the library."""
    return picture_answer(request, services(request).artwork.original(caller, cover_id), FOR_EVER)


@router.head("/artist-images/{artist_id}", include_in_schema=False)
@router.get("/artist-images/{artist_id}", response_class=Response)
def artist_image(request: Request, caller: CallerDep, artist_id: str, size: Size = 320) -> Response:
    """An artist's picture as WebP."""
    return picture_answer(
        request, services(request).artwork.artist_image(caller, artist_id, size), REVALIDATED
    )


@router.head("/playlists/{playlist_id}/cover", include_in_schema=False)
@router.get("/playlists/{playlist_id}/cover", response_class=Response)
def playlist_cover(request: Request, caller: CallerDep, playlist_id: str, size: Size = 320) -> Response:
    """A playlist's first four covers as one WebP."""
    return picture_answer(
        request, services(request).artwork.playlist_cover(caller, playlist_id, size), REVALIDATED
    )
