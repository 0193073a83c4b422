"""Search as you type."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request, Response

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.library.find import Found, find
from resonance.playlists import playlists

router = APIRouter(tags=["catalogue"])


@router.get("/search")
def search(
    request: Request,
    caller: CallerDep,
    q: Annotated[str, Query(max_length=200, description="What was typed so far")] = "",
    limit: Annotated[int, Query(ge=1, le=100, description="At most so many of each kind")] = 20,
) -> Response:
    """Artists, albums, tracks, playlists and genres by name; misspellings are forgiven."""
    with services(request).db.read(caller.user_id) as uow:
        found = find(uow, caller, services(request).search, q, limit)
        lists = playlists.named(uow, caller, q, limit)
    return answer({**_shaped(found), "playlists": lists})


def _shaped(found: Found) -> dict[str, Any]:
    top = None
    if found.top is not None:
        top = {"kind": found.top_kind, **msgspec.structs.asdict(found.top)}
    return {
        "top": top,
        "artists": found.artists,
        "albums": found.albums,
        "tracks": found.tracks,
        "genres": found.genres,
    }
