"""Search as you type."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from msgspec import Struct, structs

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import one
from resonance.library.find import Found, find
from resonance.model.catalogue import AlbumItem, ArtistItem, GenreItem, TrackItem
from resonance.model.playlist import PlaylistItem
from resonance.playlists import playlists

router = APIRouter(tags=["catalogue"])


class TopTrack(TrackItem, frozen=True, kw_only=True, tag_field="kind", tag="track"):
    """The best hit is a track."""


class TopAlbum(AlbumItem, frozen=True, kw_only=True, tag_field="kind", tag="album"):
    """The best hit is an album."""


class TopArtist(ArtistItem, frozen=True, kw_only=True, tag_field="kind", tag="artist"):
    """The best hit is an artist."""


class SearchResult(Struct, frozen=True):
    """Each list best first. `top`, the best of them all, stands in its list too."""

    top: TopTrack | TopAlbum | TopArtist | None
    tracks: list[TrackItem]
    albums: list[AlbumItem]
    artists: list[ArtistItem]
    playlists: list[PlaylistItem]
    genres: list[GenreItem]


@router.get("/search", responses=one(SearchResult))
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
    return answer(SearchResult(_top(found), found.tracks, found.albums, found.artists, lists, found.genres))


def _top(found: Found) -> TopTrack | TopAlbum | TopArtist | None:
    match found.top:
        case TrackItem() as track:
            return TopTrack(**structs.asdict(track))
        case AlbumItem() as album:
            return TopAlbum(**structs.asdict(album))
        case ArtistItem() as artist:
            return TopArtist(**structs.asdict(artist))
        case None:
            return None
