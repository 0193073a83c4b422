"""GraphQL's view of the catalogue's structs. Fields without a resolver are read off the struct itself."""

from __future__ import annotations

import enum
from typing import Any, Generic, TypeVar

import strawberry
from strawberry.scalars import JSON

from resonance.analysis import facts
from resonance.api.graphql.analysis_types import TrackAnalysis
from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import page_size
from resonance.library import catalogue
from resonance.model import catalogue as model

T = TypeVar("T")


@strawberry.enum
class Order(enum.Enum):
    """asc or desc; without it each sort runs in its natural direction."""

    ASC = "asc"
    DESC = "desc"


@strawberry.type(description="A cover's colour in OKLCH: hue in degrees, chroma, lightness 0..1.")
class Accent:
    h: float
    c: float
    l: float  # noqa: E741 - the letter of the colour space


@strawberry.type(description="An artist as credited on something.")
class Credit:
    id: strawberry.ID
    name: str

    @strawberry.field(description="Null when no track of theirs is visible to you.")
    async def artist(self: Any, info: Info) -> Artist | None:
        return await info.context.loaders.artists.load(self.id)


@strawberry.type(description="A genre and how much of it there is.")
class Genre:
    id: strawberry.ID
    name: str
    album_count: int
    track_count: int


@strawberry.type(
    description="An album. Times are ISO 8601 UTC, durations seconds; liked and rating are your own."
)
class Album:
    id: strawberry.ID
    title: str
    artist: str
    artists: list[Credit]
    year: int | None
    original_year: int | None
    cover_id: strawberry.ID | None
    accent: Accent | None
    placeholder: str | None
    track_count: int
    duration_s: float
    genres: list[str]
    added_at: str
    liked: bool
    rating: int
    compilation: bool

    @strawberry.field(description="In album order.")
    async def tracks(self: Any, info: Info) -> list[Track]:
        return await info.context.loaders.album_tracks.load(self.id)

    @strawberry.field(description="What is known beyond the list: labels, dates, quality.")
    def detail(self: Any, info: Info) -> AlbumDetail:
        return shown(catalogue.album_detail(info.context.uow, info.context.caller, self.id))


@strawberry.type(description="The sound of an album at a glance: best values over its tracks, size in bytes.")
class Quality:
    formats: list[str]
    lossless: bool
    sample_rate_hz: int | None
    bit_depth: int | None
    bit_rate_kbps: int | None
    size: float


@strawberry.type
class AlbumDetail:
    labels: list[str]
    release_types: list[str]
    catalog_number: str | None
    date: str | None
    original_date: str | None
    version: str | None
    palette: JSON | None
    quality: Quality | None
    play_count: int
    last_played_at: str | None


@strawberry.type(description="A track. Sound facts are those of the best file you may hear.")
class Track:
    id: strawberry.ID
    title: str
    artist: str
    artists: list[Credit]
    album_id: strawberry.ID | None
    cover_id: strawberry.ID | None
    accent: Accent | None
    disc: int | None
    number: int | None
    duration_s: float
    year: int | None
    genres: list[str]
    bpm_tag: float | None
    key_tag: str | None
    bpm: float | None = strawberry.field(description="What counts of edit, measurement and tag.")
    bpm_source: str | None = strawberry.field(description="user, measured or tag.")
    bpm_confidence: float | None = strawberry.field(description="0..1, of a measured one.")
    key: str | None
    camelot: str | None
    key_source: str | None
    key_confidence: float | None
    energy: float | None
    format: str | None
    codec: str | None
    bit_rate_kbps: int | None
    sample_rate_hz: int | None
    bit_depth: int | None
    channels: int | None
    size: float | None
    gain_track_db: float | None
    peak_track: float | None
    gain_album_db: float | None
    peak_album: float | None
    has_lyrics: bool
    explicit: bool
    added_at: str
    liked: bool
    rating: int
    play_count: int
    last_played_at: str | None

    @strawberry.field
    async def album(self: Any, info: Info) -> Album | None:
        if self.album_id is None:
            return None
        return await info.context.loaders.albums.load(self.album_id)

    @strawberry.field(description="What was measured, tagged and corrected, and what counts of it.")
    def analysis(self: Any, info: Info) -> TrackAnalysis:
        return shown(facts.of_track(info.context.uow, info.context.caller, self.id))

    @strawberry.field(description="What you and the tags say of it beyond the list.")
    def detail(self: Any, info: Info) -> TrackDetail:
        return shown(catalogue.track_detail(info.context.uow, info.context.caller, self.id))


@strawberry.type
class TrackDetail:
    comment: str | None
    composers: list[str]
    isrc: str | None
    tags: list[str]
    note: str
    path: str | None = strawberry.field(description="Relative to its library; told to admins only.")


@strawberry.type
class Artist:
    id: strawberry.ID
    name: str
    sort_name: str
    letter: str
    album_count: int
    track_count: int
    image_id: strawberry.ID | None
    cover_id: strawberry.ID | None
    liked: bool
    rating: int

    @strawberry.field(description="Albums of which they are the album artist, oldest first.")
    async def albums(self: Any, info: Info) -> list[Album]:
        return await info.context.loaders.artist_albums.load(self.id)

    @strawberry.field(description="What you play most of them.")
    def top_tracks(self: Any, info: Info, limit: int = 10) -> list[Track]:
        context = info.context
        return shown(catalogue.top_tracks(context.uow, context.caller, self.id, count=page_size(limit)))


@strawberry.type(description="What a search found, each list best first.")
class Found:
    artists: list[Artist]
    albums: list[Album]
    tracks: list[Track]
    genres: list[Genre]


@strawberry.type(description="One page of a list; `next` is the cursor of the following one.")
class Page(Generic[T]):
    items: list[T]
    next: str | None
    total: int | None


def shown(value: Any) -> Any:
    """A struct of the service layer where a GraphQL type is declared: its fields are read by name."""
    return value


def as_page(found: model.CataloguePage) -> Any:
    """The catalogue's page in GraphQL's form."""
    return Page(items=found.items, next=found.next, total=found.total)
