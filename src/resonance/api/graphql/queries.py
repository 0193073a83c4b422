"""Everything that can be asked."""

from __future__ import annotations

from typing import Any

import strawberry

from resonance import __version__
from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.server_types import Job, JobPage, Library, Me, Scan, Server
from resonance.api.graphql.sorts import AlbumSort, ArtistSort, TrackSort, sort_words
from resonance.api.graphql.types import Album, Artist, Genre, Order, Page, Track, as_page, shown
from resonance.core.errors import NotFound
from resonance.jobs import control
from resonance.library import catalogue, scan_requests
from resonance.library.catalogue import AlbumQuery, ArtistQuery, TrackQuery


@strawberry.type
class Query:
    @strawberry.field
    def server(self, info: Info) -> Server:
        return Server(name="Resonance", version=__version__)

    @strawberry.field(description="Who you are signed in as.")
    def me(self, info: Info) -> Me:
        caller = info.context.caller
        return Me(id=strawberry.ID(caller.user_id), name=caller.name, role=caller.role.value)

    @strawberry.field(description="The libraries you may see.")
    def libraries(self, info: Info) -> list[Library]:
        context = info.context
        found = context.services.libraries.all(context.uow, context.caller)
        return [Library.of(item) for item in found]

    @strawberry.field
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
    ) -> Page[Album]:
        context = info.context
        query = AlbumQuery(*sort_words(sort, order), genre_id, artist_id, year_from, year_to, liked, letter)
        size = page_size(limit)
        return as_page(catalogue.albums(context.uow, context.caller, query, cursor=cursor, limit=size))

    @strawberry.field
    def album(self, info: Info, id: strawberry.ID) -> Album:
        return _one(catalogue.albums_by_ids(info.context.uow, info.context.caller, [id]), "album")

    @strawberry.field
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
        cursor: str | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> Page[Track]:
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
        )
        size = page_size(limit)
        return as_page(catalogue.tracks(context.uow, context.caller, query, cursor=cursor, limit=size))

    @strawberry.field
    def track(self, info: Info, id: strawberry.ID) -> Track:
        return _one(catalogue.tracks_by_ids(info.context.uow, info.context.caller, [id]), "track")

    @strawberry.field
    def artists(
        self,
        info: Info,
        sort: ArtistSort = ArtistSort.NAME,
        order: Order | None = None,
        letter: str | None = None,
        liked: bool | None = None,
        cursor: str | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> Page[Artist]:
        context = info.context
        query = ArtistQuery(*sort_words(sort, order), letter, liked)
        size = page_size(limit)
        return as_page(catalogue.artists(context.uow, context.caller, query, cursor=cursor, limit=size))

    @strawberry.field
    def artist(self, info: Info, id: strawberry.ID) -> Artist:
        return _one(catalogue.artists_by_ids(info.context.uow, info.context.caller, [id]), "artist")

    @strawberry.field
    def genres(self, info: Info) -> list[Genre]:
        return shown(catalogue.genres(info.context.uow, info.context.caller))

    @strawberry.field(description="The scans that run now, of the libraries you may see.")
    def scans(self, info: Info) -> list[Scan]:
        caller = info.context.caller
        running = scan_requests.current(info.context.uow)
        return [
            Scan.of(item)
            for item in running
            if caller.libraries is None or item["library_id"] in caller.libraries
        ]

    @strawberry.field(description="Background jobs, newest first. For admins.")
    def jobs(
        self, info: Info, state: str | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT
    ) -> JobPage:
        context = info.context
        size = page_size(limit)
        return shown(control.jobs(context.uow, context.caller, state=state, cursor=cursor, limit=size))

    @strawberry.field(description="One background job. For admins.")
    def job(self, info: Info, id: strawberry.ID) -> Job:
        return shown(control.job(info.context.uow, info.context.caller, id))


def _one(found: list[Any], kind: str) -> Any:
    if not found:
        raise NotFound(f"There is no such {kind}.")
    return found[0]
