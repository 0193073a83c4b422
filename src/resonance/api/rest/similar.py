"""What is like a track, an album, an artist."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.rest.albums import Limit, Year
from resonance.api.shapes import one
from resonance.model.similar import SimilarAlbums, SimilarArtists, SimilarTracks
from resonance.recommend.wishes import narrowed

router = APIRouter(tags=["similar"])
By = Annotated[
    Literal["sound", "tags", "mixed"], Query(description="What is compared: how it sounds, its tags, or both")
]
PerArtist = Annotated[int | None, Query(ge=1, le=500, description="At most so many by one artist")]
Tempo = Annotated[float | None, Query(ge=0, le=1000)]
Keys = Annotated[list[str] | None, Query(max_length=24, description='Any of these keys: "8A", "F#m"')]
Few = Annotated[int, Query(ge=1, le=100)]


@router.get("/tracks/{track_id}/similar", responses=one(SimilarTracks))
def similar_tracks(
    request: Request,
    caller: CallerDep,
    track_id: str,
    by: By = "mixed",
    limit: Limit = 50,
    per_artist: PerArtist = None,
    genre_id: str | None = None,
    year_from: Year = None,
    year_to: Year = None,
    bpm_min: Tempo = None,
    bpm_max: Tempo = None,
    key: Keys = None,
) -> Response:
    """Tracks like this one, with the reasons; never itself in another encoding."""
    filters = narrowed(
        genre_id=genre_id,
        year_from=year_from,
        year_to=year_to,
        bpm_min=bpm_min,
        bpm_max=bpm_max,
        keys=key or (),
    )
    recommend = services(request).recommend
    with services(request).db.read(caller.user_id) as uow:
        found = recommend.similar_tracks(
            uow, caller, track_id, by=by, limit=limit, per_artist=per_artist, filters=filters
        )
        return answer(found)


@router.get("/albums/{album_id}/similar", responses=one(SimilarAlbums))
def similar_albums(
    request: Request, caller: CallerDep, album_id: str, by: By = "mixed", limit: Few = 20
) -> Response:
    """Albums like this one, by the middle of their tracks' sound and by their genres and years."""
    recommend = services(request).recommend
    with services(request).db.read(caller.user_id) as uow:
        return answer(recommend.similar_albums(uow, caller, album_id, by=by, limit=limit))


@router.get("/artists/{artist_id}/similar", responses=one(SimilarArtists))
def similar_artists(
    request: Request, caller: CallerDep, artist_id: str, by: By = "mixed", limit: Few = 20
) -> Response:
    """Artists like this one, by the middle of their tracks' sound and by their genres and years."""
    recommend = services(request).recommend
    with services(request).db.read(caller.user_id) as uow:
        return answer(recommend.similar_artists(uow, caller, artist_id, by=by, limit=limit))
