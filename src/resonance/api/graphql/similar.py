"""What goes with what, as GraphQL has it."""

from __future__ import annotations

import enum
from typing import Any

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.server_types import Job
from resonance.api.graphql.types import Album, Artist, Track, shown
from resonance.jobs import control
from resonance.recommend.wishes import PathWish, narrowed
from resonance.search.filters import EVERYTHING, TrackFilter

FEW = 20


@strawberry.enum(description="What is compared: how it sounds, its tags, or both.")
class Comparison(enum.Enum):
    SOUND = "sound"
    TAGS = "tags"
    MIXED = "mixed"


@strawberry.type(description="`kind` is sound, artist, tempo, key, genre, year or energy.")
class SharedTrait:
    kind: str
    text: str


@strawberry.type(description="How near a track is (0..1) and what it shares.")
class SimilarTrack:
    track: Track
    score: float
    reasons: list[SharedTrait]


@strawberry.type(description="Best first. `note` says where less was compared than asked for.")
class SimilarTracks:
    items: list[SimilarTrack]
    by: str
    note: str | None


@strawberry.type
class SimilarAlbum:
    album: Album
    score: float
    reasons: list[SharedTrait]


@strawberry.type
class SimilarAlbums:
    items: list[SimilarAlbum]
    by: str
    note: str | None


@strawberry.type
class SimilarArtist:
    artist: Artist
    score: float
    reasons: list[SharedTrait]


@strawberry.type
class SimilarArtists:
    items: list[SimilarArtist]
    by: str
    note: str | None


@strawberry.type(description="`stepSimilarity` is to the track before, `similarity` to the first one.")
class PathStep:
    track: Track
    step_similarity: float | None
    similarity: float
    reasons: list[SharedTrait]


@strawberry.type(description="`note` says why it is shorter than asked for, or where it had to jump.")
class SonicPath:
    items: list[PathStep]
    note: str | None


@strawberry.type(description="The sound of one file; size in bytes.")
class FileQuality:
    format: str
    codec: str
    lossless: bool
    bit_depth: int | None
    sample_rate_hz: int | None
    bit_rate_kbps: int | None
    channels: int | None
    size: float
    duration_s: float


@strawberry.type
class RecordingCopy:
    track: Track
    quality: FileQuality
    best: bool
    path: str | None = strawberry.field(description="Relative to its library; told to admins only.")


@strawberry.type(description="One recording in several files, the best first.")
class Duplicate:
    similarity: float
    kind: str
    tracks: list[RecordingCopy]


@strawberry.type
class DuplicatePage:
    items: list[Duplicate]
    next: str | None
    total: int
    note: str | None


@strawberry.type(description="A neighbourhood of the map; x and y are 0..1.")
class MapRegion:
    number: int
    label: str
    x: float
    y: float
    tracks: int
    hue: int
    cover_ids: list[strawberry.ID]


@strawberry.type(description="`state` is ready, drawing, too_few or none. Points: GET /api/v1/map/points.")
class MusicMap:
    layout: float
    state: str
    space: str | None
    count: int
    drawn_at: str | None
    regions: list[MapRegion]


@strawberry.input(description="Conditions that all hold; keys in any spelling.")
class SonicFilter:
    genre_id: strawberry.ID | None = None
    year_from: int | None = None
    year_to: int | None = None
    bpm_min: float | None = None
    bpm_max: float | None = None
    keys: list[str] | None = None

    def as_filter(self) -> TrackFilter:
        given = {name: value for name, value in vars(self).items() if name != "keys"}
        return narrowed(**given, keys=self.keys or ())


def _filter(given: SonicFilter | None) -> TrackFilter:
    return given.as_filter() if given else EVERYTHING


@strawberry.type
class SimilarQueries:
    @strawberry.field(description="Tracks like a track, never itself in another encoding.")
    def similar_tracks(
        self,
        info: Info,
        id: strawberry.ID,
        by: Comparison = Comparison.MIXED,
        per_artist: int | None = None,
        filters: SonicFilter | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> SimilarTracks:
        found = info.context.services.recommend.similar_tracks(
            info.context.uow,
            info.context.caller,
            id,
            by=by.value,
            limit=page_size(limit),
            per_artist=per_artist,
            filters=_filter(filters),
        )
        return shown(found)

    @strawberry.field
    def similar_albums(
        self, info: Info, id: strawberry.ID, by: Comparison = Comparison.MIXED, limit: int = FEW
    ) -> SimilarAlbums:
        context = info.context
        size = min(page_size(limit), 100)
        recommend = context.services.recommend
        return shown(recommend.similar_albums(context.uow, context.caller, id, by=by.value, limit=size))

    @strawberry.field
    def similar_artists(
        self, info: Info, id: strawberry.ID, by: Comparison = Comparison.MIXED, limit: int = FEW
    ) -> SimilarArtists:
        context = info.context
        size = min(page_size(limit), 100)
        recommend = context.services.recommend
        return shown(recommend.similar_artists(context.uow, context.caller, id, by=by.value, limit=size))

    @strawberry.field(
        description="Tracks that lead from one to another in small steps; `limit` is its length."
    )
    def sonic_path(
        self,
        info: Info,
        from_id: strawberry.ID,
        to_id: strawberry.ID,
        per_artist: int | None = None,
        bpm_step: float | None = None,
        keys_mix: bool = False,
        filters: SonicFilter | None = None,
        limit: int = FEW,
    ) -> SonicPath:
        context = info.context
        wish = PathWish(limit, per_artist, bpm_step, keys_mix, _filter(filters))
        return shown(context.services.recommend.path(context.uow, context.caller, from_id, to_id, wish))

    @strawberry.field(description="Tracks like all of `like`, unlike each of `unlike`.")
    def sonic_blend(
        self,
        info: Info,
        like: list[strawberry.ID],
        unlike: list[strawberry.ID] | None = None,
        per_artist: int | None = None,
        filters: SonicFilter | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> SimilarTracks:
        found = info.context.services.recommend.blend(
            info.context.uow,
            info.context.caller,
            like,
            unlike or [],
            limit=page_size(limit),
            per_artist=per_artist,
            filters=_filter(filters),
        )
        return shown(found)

    @strawberry.field(description="Recordings of which there are several files, by title.")
    def duplicates(self, info: Info, cursor: str | None = None, limit: int = FEW) -> DuplicatePage:
        context = info.context
        size = min(page_size(limit), 200)
        recommend = context.services.recommend
        return shown(recommend.duplicates(context.uow, context.caller, cursor=cursor, limit=size))

    @strawberry.field(description="The music map and its regions.")
    def music_map(self, info: Info) -> MusicMap:
        return shown(info.context.services.recommend.map_state(info.context.uow, info.context.caller))


@strawberry.type
class SimilarMutations:
    @strawberry.mutation(description="Draw the map anew: the job that does it. Admins.")
    def draw_map(self, info: Info) -> Job:
        context = info.context
        with context.write() as uow:
            job_id = context.services.recommend.request_drawing(uow, context.caller, context.services.jobs)
            found: Any = control.job(uow, context.caller, job_id)
            return shown(found)
