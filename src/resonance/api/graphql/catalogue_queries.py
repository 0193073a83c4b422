"""The catalogue: albums, tracks, artists, genres, search."""

from __future__ import annotations

from typing import TypeVar

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, MAX_LIMIT, page_size
from resonance.api.graphql.mirrors import field
from resonance.api.graphql.sorts import AlbumSort, ArtistSort, TrackSort, sort_words
from resonance.api.graphql.types import Order, Page, as_page
from resonance.core.errors import Invalid, NotFound
from resonance.library import catalogue, find
from resonance.library.catalogue import AlbumQuery, ArtistQuery, TrackQuery
from resonance.model.catalogue import AlbumItem, ArtistItem, FolderPage, GenreItem, TrackItem, YearItem

LONGEST_SEARCH = 200
Item = TypeVar("Item")


@strawberry.type
class CatalogueQueries:
    @field()
    def albums(
        self,
        info: Info,
        sort: AlbumSort = AlbumSort.TITLE,
        order: Order | None = None,
        genre_id: strawberry.ID | None = None,
        artist_id: strawberry.ID | None = None,
        year_from: int | None = None,
        year_to: int | None = None,
        liked: bool | None = None,
        letter: str | None = None,
        cursor: str | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> Page[AlbumItem]:
        context = info.context
        query = AlbumQuery(*sort_words(sort, order), genre_id, artist_id, year_from, year_to, liked, letter)
        size = page_size(limit)
        return as_page(catalogue.albums(context.uow, context.caller, query, cursor=cursor, limit=size))

    @field()
    def album(self, info: Info, id: strawberry.ID) -> AlbumItem:
        return _one(catalogue.albums_by_ids(info.context.uow, info.context.caller, [id]), "album")

    @field()
    def tracks(
        self,
        info: Info,
        sort: TrackSort = TrackSort.TITLE,
        order: Order | None = None,
        genre_id: strawberry.ID | None = None,
        artist_id: strawberry.ID | None = None,
        album_id: strawberry.ID | None = None,
        year_from: int | None = None,
        year_to: int | None = None,
        liked: bool | None = None,
        rated_min: int | None = None,
        tag: str | None = None,
        bpm_min: float | None = None,
        bpm_max: float | None = None,
        keys: list[str] | None = None,
        key_compatible: bool = False,
        energy_min: float | None = None,
        energy_max: float | None = None,
        analysed: bool | None = None,
        cursor: str | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> Page[TrackItem]:
        context = info.context
        query = TrackQuery(
            *sort_words(sort, order),
            genre_id,
            artist_id,
            album_id,
            year_from,
            year_to,
            liked,
            rated_min,
            tag,
            bpm_min=bpm_min,
            bpm_max=bpm_max,
            keys=tuple(keys or ()),
            key_compatible=key_compatible,
            energy_min=energy_min,
            energy_max=energy_max,
            analysed=analysed,
        )
        size = page_size(limit)
        return as_page(catalogue.tracks(context.uow, context.caller, query, cursor=cursor, limit=size))

    @field()
    def track(self, info: Info, id: strawberry.ID) -> TrackItem:
        return _one(catalogue.tracks_by_ids(info.context.uow, info.context.caller, [id]), "track")

    @field(description="In the order of the ids, without those that you cannot see.")
    def tracks_by_ids(self, info: Info, ids: list[strawberry.ID]) -> list[TrackItem]:
        if len(ids) > MAX_LIMIT:
            raise Invalid(f"Up to {MAX_LIMIT} tracks at once.", field="ids")
        return catalogue.tracks_by_ids(info.context.uow, info.context.caller, ids)

    @field()
    def artists(
        self,
        info: Info,
        sort: ArtistSort = ArtistSort.NAME,
        order: Order | None = None,
        letter: str | None = None,
        liked: bool | None = None,
        cursor: str | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> Page[ArtistItem]:
        context = info.context
        query = ArtistQuery(*sort_words(sort, order), letter, liked)
        size = page_size(limit)
        return as_page(catalogue.artists(context.uow, context.caller, query, cursor=cursor, limit=size))

    @field()
    def artist(self, info: Info, id: strawberry.ID) -> ArtistItem:
        return _one(catalogue.artists_by_ids(info.context.uow, info.context.caller, [id]), "artist")

    @field()
    def genres(self, info: Info) -> list[GenreItem]:
        return catalogue.genres(info.context.uow, info.context.caller)

    @field(description="Every year an album came out in.")
    def years(self, info: Info) -> list[YearItem]:
        return catalogue.years(info.context.uow, info.context.caller)

    @field(description="What lies directly in a folder; without a library the libraries themselves.")
    def folder(self, info: Info, library_id: strawberry.ID | None = None, path: str = "") -> FolderPage:
        context = info.context
        if library_id is None:
            return FolderPage(None, catalogue.roots(context.uow, context.caller), [])
        return catalogue.folder(context.uow, context.caller, library_id, path)

    @field(description="Search as you type; misspellings are forgiven. `limit` is for each kind.")
    def search(self, info: Info, q: str, limit: int = 20) -> find.Found:
        context = info.context
        if len(q) > LONGEST_SEARCH:
            raise Invalid(f"A search has up to {LONGEST_SEARCH} characters.", field="q")
        index = context.services.search
        return find.find(context.uow, context.caller, index, q, min(page_size(limit), 100))


def _one(found: list[Item], kind: str) -> Item:
    if not found:
        raise NotFound(f"There is no such {kind}.")
    return found[0]
