"""One search over the catalogue, with the found things as every surface shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.library import catalogue
from resonance.model.caller import Caller
from resonance.model.catalogue import AlbumItem, ArtistItem, GenreItem, TrackItem
from resonance.search.text import Hit, Kind, TextSearch

MOST_GENRES = 10


class Found(Struct, frozen=True):
    """What a search found, each list best first. `top` is the best of them all and stands in its list too."""

    top: ArtistItem | AlbumItem | TrackItem | None
    top_kind: Kind | None
    artists: list[ArtistItem]
    albums: list[AlbumItem]
    tracks: list[TrackItem]
    genres: list[GenreItem]


def find(uow: UnitOfWork, caller: Caller, search: TextSearch, q: str, limit: int) -> Found:
    """At most `limit` artists, albums and tracks each."""
    hits = search.query(uow, q, libraries=caller.libraries, limit=limit)
    artists = _shown(hits, "artist", lambda ids: catalogue.artists_by_ids(uow, caller, ids))
    albums = _shown(hits, "album", lambda ids: catalogue.albums_by_ids(uow, caller, ids))
    tracks = _shown(hits, "track", lambda ids: catalogue.tracks_by_ids(uow, caller, ids))
    by_kind: dict[Kind, dict[str, Any]] = {"artist": artists, "album": albums, "track": tracks}
    best = next((hit for hit in hits if hit.item_id in by_kind[hit.kind]), None)
    return Found(
        top=by_kind[best.kind][best.item_id] if best else None,
        top_kind=best.kind if best else None,
        artists=list(artists.values()),
        albums=list(albums.values()),
        tracks=list(tracks.values()),
        genres=[genre for genre in catalogue.genres(uow, caller) if name_matches(genre.name, q)][
            :MOST_GENRES
        ],
    )


def name_matches(name: str, q: str) -> bool:
    """Whether every word of `q` begins a word of `name`: for lists short enough to be looked through."""
    words = fold(q).split()
    return bool(words) and all(any(own.startswith(word) for own in fold(name).split()) for word in words)


def _shown(hits: Sequence[Hit], kind: Kind, read: Callable[[list[str]], list[Any]]) -> dict[str, Any]:
    ids = [hit.item_id for hit in hits if hit.kind == kind]
    return {item.id: item for item in read(ids)} if ids else {}
