"""What goes with what, as GraphQL has it."""

from __future__ import annotations

import enum

import strawberry

from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.mirrors import field, mirror, mutation
from resonance.jobs import control
from resonance.jobs.ports import Job
from resonance.model import similar as model
from resonance.recommend.wishes import PathWish, narrowed
from resonance.search.filters import EVERYTHING, TrackFilter

FEW = 20


@strawberry.enum(description="What is compared: how it sounds, its tags, or both.")
class Comparison(enum.Enum):
    SOUND = "sound"
    TAGS = "tags"
    MIXED = "mixed"


mirror(model.SharedTrait)
mirror(model.SimilarTrack)
mirror(model.SimilarTracks)
mirror(model.SimilarAlbum)
mirror(model.SimilarAlbums)
mirror(model.SimilarArtist)
mirror(model.SimilarArtists)
mirror(model.PathStep)
mirror(model.SonicPath)
mirror(model.FileQuality, instead={"size": float})
mirror(model.RecordingCopy)
mirror(model.Duplicate)
mirror(model.DuplicatePage)
mirror(model.MapRegion)
mirror(model.MapState, name="MusicMap", instead={"layout": float})
mirror(model.MapPlace, instead={"layout": float})


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
    @field(description="Tracks like a track, never itself in another encoding.")
    def similar_tracks(
        self,
        info: Info,
        id: strawberry.ID,
        by: Comparison = Comparison.MIXED,
        per_artist: int | None = None,
        filters: SonicFilter | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> model.SimilarTracks:
        return info.context.services.recommend.similar_tracks(
            info.context.uow,
            info.context.caller,
            id,
            by=by.value,
            limit=page_size(limit),
            per_artist=per_artist,
            filters=_filter(filters),
        )

    @field()
    def similar_albums(
        self, info: Info, id: strawberry.ID, by: Comparison = Comparison.MIXED, limit: int = FEW
    ) -> model.SimilarAlbums:
        context = info.context
        size = min(page_size(limit), 100)
        recommend = context.services.recommend
        return recommend.similar_albums(context.uow, context.caller, id, by=by.value, limit=size)

    @field()
    def similar_artists(
        self, info: Info, id: strawberry.ID, by: Comparison = Comparison.MIXED, limit: int = FEW
    ) -> model.SimilarArtists:
        context = info.context
        size = min(page_size(limit), 100)
        recommend = context.services.recommend
        return recommend.similar_artists(context.uow, context.caller, id, by=by.value, limit=size)

    @field(description="Tracks that lead from one to another in small steps; `limit` is its length.")
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
    ) -> model.SonicPath:
        context = info.context
        wish = PathWish(limit, per_artist, bpm_step, keys_mix, _filter(filters))
        return context.services.recommend.path(context.uow, context.caller, from_id, to_id, wish)

    @field(description="Tracks like all of `like`, unlike each of `unlike`.")
    def sonic_blend(
        self,
        info: Info,
        like: list[strawberry.ID],
        unlike: list[strawberry.ID] | None = None,
        per_artist: int | None = None,
        filters: SonicFilter | None = None,
        limit: int = DEFAULT_LIMIT,
    ) -> model.SimilarTracks:
        return info.context.services.recommend.blend(
            info.context.uow,
            info.context.caller,
            like,
            unlike or [],
            limit=page_size(limit),
            per_artist=per_artist,
            filters=_filter(filters),
        )

    @field(description="Recordings of which there are several files, by title.")
    def duplicates(self, info: Info, cursor: str | None = None, limit: int = FEW) -> model.DuplicatePage:
        context = info.context
        size = min(page_size(limit), 200)
        recommend = context.services.recommend
        return recommend.duplicates(context.uow, context.caller, cursor=cursor, limit=size)

    @field(description="The music map and its regions.")
    def music_map(self, info: Info) -> model.MapState:
        return info.context.services.recommend.map_state(info.context.uow, info.context.caller)

    @field(description="Where a track lies on the map.")
    def map_place(self, info: Info, track_id: strawberry.ID) -> model.MapPlace:
        context = info.context
        return context.services.recommend.map_place(context.uow, context.caller, track_id)


@strawberry.type
class SimilarMutations:
    @mutation(description="Draw the map anew: the job that does it. Admins.")
    def draw_map(self, info: Info) -> Job:
        context = info.context
        with context.write() as uow:
            job_id = context.services.recommend.request_drawing(uow, context.caller, context.services.jobs)
            return control.job(uow, context.caller, job_id)
