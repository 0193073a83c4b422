"""Tracks as the player takes them: a manifest, then fragments of about four seconds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.pictures import FOR_EVER
from resonance.api.shapes import Responses, one
from resonance.playback.fragments import Fragment
from resonance.playback.manifest import PlaybackManifest

router = APIRouter(tags=["playback"])
Version = Annotated[str, Query(max_length=64, description="`version` of the manifest")]
Number = Annotated[int, Path(ge=0, le=10_000_000, description="Counted from 0")]
AWAY: Responses = {503: {"description": "The file or the encoder is not there now"}}
BYTES: Responses = {
    200: {
        "description": "Whole frames",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in ("audio/mp4", "audio/mpeg", "audio/aac")
        },
    },
    **AWAY,
}


@router.get("/tracks/{track_id}/playback", responses={**one(PlaybackManifest), **AWAY})
def get_manifest(request: Request, caller: CallerDep, track_id: str) -> Response:
    """The exact length of a track and the forms in which it can be had."""
    return answer(services(request).playback.manifest(caller, track_id))


@router.head("/seg/{track_id}/{tier}/init", include_in_schema=False)
@router.get("/seg/{track_id}/{tier}/init", response_class=Response, responses=BYTES)
def get_init(request: Request, caller: CallerDep, track_id: str, tier: str, v: Version) -> Response:
    """The init segment of a tier of fragmented MP4."""
    return _bytes(request, services(request).playback.init(caller, track_id, tier, v))


@router.head("/seg/{track_id}/{tier}/{number}", include_in_schema=False)
@router.get("/seg/{track_id}/{tier}/{number}", response_class=Response, responses=BYTES)
def get_fragment(
    request: Request, caller: CallerDep, track_id: str, tier: str, number: Number, v: Version
) -> Response:
    """One fragment; 404 `fragment_past_end` behind the last one, 409 `file_changed` for a stale version."""
    return _bytes(request, services(request).playback.fragment(caller, track_id, tier, number, v))


def _bytes(request: Request, made: Fragment) -> Response:
    """Kept for ever by the browser: the version in the address names the bytes."""
    headers = {"Cache-Control": FOR_EVER, "Content-Length": str(len(made.data))}
    body = b"" if request.method == "HEAD" else made.data
    return Response(body, media_type=made.media_type, headers=headers)
