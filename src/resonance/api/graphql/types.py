"""The catalogue as GraphQL shows it. Fields without a resolver are those of the catalogue's structs."""

from __future__ import annotations

import enum
from typing import Any, Generic, TypeVar

import strawberry

from resonance.analysis import facts
from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import page_size
from resonance.api.graphql.mirrors import field, mirror
from resonance.library import catalogue, find
from resonance.model import catalogue as model
from resonance.model.catalogue import AlbumItem, ArtistItem, TrackItem

T = TypeVar("T")


@strawberry.enum
class Order(enum.Enum):
    """asc or desc; without it each sort runs in its natural direction."""

    ASC = "asc"
    DESC = "desc"


@strawberry.type(description="One page of a list; `next` is the cursor of the following one.")
class Page(Generic[T]):
    items: list[T]
    next: str | None
    total: int | None


def as_page(found: model.CataloguePage) -> Page[Any]:
    """The catalogue's page in GraphQL's form."""
    return Page(items=found.items, next=found.next, total=found.total)


class CreditMore:
    @field(description="Null when no track of theirs is visible to you.")
    async def artist(self: Any, info: Info) -> ArtistItem | None:
        found: ArtistItem | None = await info.context.loaders.artists.load(self.id)
        return found


class AlbumMore:
    @field(description="In album order.")
    async def tracks(self: Any, info: Info) -> list[TrackItem]:
        found: list[TrackItem] = await info.context.loaders.album_tracks.load(self.id)
        return found

    @field(description="What is known beyond the list: discs, labels, dates, quality.")
    def detail(self: Any, info: Info) -> model.AlbumDetail:
        return catalogue.album_detail(info.context.uow, info.context.caller, self.id)


class TrackMore:
    @field()
    async def album(self: Any, info: Info) -> AlbumItem | None:
        found: AlbumItem | None = None
        if self.album_id is not None:
            found = await info.context.loaders.albums.load(self.album_id)
        return found

    @field(description="What was measured, tagged and corrected, and what counts of it.")
    def analysis(self: Any, info: Info) -> facts.TrackAnalysis:
        return facts.of_track(info.context.uow, info.context.caller, self.id)

    @field(description="What you and the tags say of it beyond the list.")
    def detail(self: Any, info: Info) -> model.TrackDetail:
        return catalogue.track_detail(info.context.uow, info.context.caller, self.id)


class ArtistMore:
    @field(description="Albums of which they are the album artist, oldest first.")
    async def albums(self: Any, info: Info) -> list[AlbumItem]:
        found: list[AlbumItem] = await info.context.loaders.artist_albums.load(self.id)
        return found

    @field(description="Albums of others on which they can be heard, newest first.")
    async def appears_on(self: Any, info: Info) -> list[AlbumItem]:
        found: list[AlbumItem] = await info.context.loaders.appearances.load(self.id)
        return found

    @field(description="What you play most of them.")
    def top_tracks(self: Any, info: Info, limit: int = 10) -> list[TrackItem]:
        context = info.context
        return catalogue.top_tracks(context.uow, context.caller, self.id, count=page_size(limit))


mirror(model.Accent)
mirror(model.ArtistRef, name="Credit", extra=CreditMore)
mirror(AlbumItem, name="Album", extra=AlbumMore)
mirror(model.AlbumDetail, beyond=AlbumItem)
mirror(model.Disc)
mirror(model.Quality, instead={"size": float})
mirror(TrackItem, name="Track", instead={"size": float | None}, extra=TrackMore)
mirror(model.TrackDetail, beyond=TrackItem)
mirror(model.TrackMbids)
mirror(model.CarrierItem, name="Carrier", instead={"size": float})
mirror(ArtistItem, name="Artist", extra=ArtistMore)
mirror(model.GenreItem, name="Genre")
mirror(model.YearItem, name="Year")
mirror(model.FolderItem, name="Folder")
mirror(model.FolderPage)
mirror(find.Found, omit={"top", "top_kind"})
