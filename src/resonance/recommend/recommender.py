"""The door of this room: every verb, over the index of vectors in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from resonance.recommend import around, blend, duplicates, groups, map_view, path, similar
from resonance.recommend import map as drawing
from resonance.recommend.similar import By
from resonance.recommend.wishes import MAP, PathWish
from resonance.search.filters import EVERYTHING, TrackFilter

if TYPE_CHECKING:
    from resonance.db.engine import Database, UnitOfWork
    from resonance.jobs.ports import JobContext, Jobs
    from resonance.model.caller import Caller
    from resonance.model.catalogue import TrackItem
    from resonance.model.similar import (
        DuplicatePage,
        MapPlace,
        MapState,
        SimilarAlbums,
        SimilarArtists,
        SimilarTracks,
        SonicPath,
    )
    from resonance.search.vectors.ports import VectorIndex


class Recommender:
    """Each verb is a function of its own module; see there for what it raises."""

    def __init__(self, db: Database, index: VectorIndex) -> None:
        self._db = db
        self._index = index

    def similar_tracks(
        self,
        uow: UnitOfWork,
        caller: Caller,
        track_id: str,
        *,
        by: By = "mixed",
        limit: int = 50,
        per_artist: int | None = None,
        filters: TrackFilter = EVERYTHING,
        apart: bool = True,
    ) -> SimilarTracks:
        """Tracks like a track."""
        return similar.tracks(
            uow,
            caller,
            self._index,
            track_id,
            by=by,
            limit=limit,
            per_artist=per_artist,
            filters=filters,
            apart=apart,
        )

    def similar_albums(
        self, uow: UnitOfWork, caller: Caller, album_id: str, *, by: By = "mixed", limit: int = 20
    ) -> SimilarAlbums:
        """Albums like an album."""
        return groups.albums(uow, caller, self._index, album_id, by=by, limit=limit)

    def similar_artists(
        self, uow: UnitOfWork, caller: Caller, artist_id: str, *, by: By = "mixed", limit: int = 20
    ) -> SimilarArtists:
        """Artists like an artist."""
        return groups.artists(uow, caller, self._index, artist_id, by=by, limit=limit)

    def around(self, uow: UnitOfWork, caller: Caller, item_id: str, *, count: int) -> list[str]:
        """Songs around a song, an album or an artist."""
        return around.track_ids(uow, caller, self._index, item_id, count=count)

    def top_song_ids(self, uow: UnitOfWork, caller: Caller, artist_id: str, *, count: int) -> list[str]:
        """What is played most of an artist."""
        return around.top_song_ids(uow, caller, artist_id, count=count)

    def path(self, uow: UnitOfWork, caller: Caller, from_id: str, to_id: str, wish: PathWish) -> SonicPath:
        """The way between two tracks."""
        return path.find(uow, caller, self._index, from_id, to_id, wish)

    def blend(
        self,
        uow: UnitOfWork,
        caller: Caller,
        like: Sequence[str],
        unlike: Sequence[str] = (),
        *,
        limit: int = 50,
        per_artist: int | None = None,
        filters: TrackFilter = EVERYTHING,
    ) -> SimilarTracks:
        """Like these, not like those."""
        return blend.tracks(
            uow, caller, self._index, like, unlike, limit=limit, per_artist=per_artist, filters=filters
        )

    def duplicates(
        self, uow: UnitOfWork, caller: Caller, *, cursor: str | None = None, limit: int = 50
    ) -> DuplicatePage:
        """Recordings that are there more than once."""
        return duplicates.page(uow, caller, self._index, cursor=cursor, limit=limit)

    def map_state(self, uow: UnitOfWork, caller: Caller) -> MapState:
        """What there is to see of the map."""
        return map_view.state(uow, caller, self._index)

    def map_points(self, uow: UnitOfWork, caller: Caller, token: int | None = None) -> bytes:
        """The points as bytes."""
        return map_view.body(uow, caller, token)

    def map_tracks(
        self, uow: UnitOfWork, caller: Caller, token: int, indexes: Sequence[int]
    ) -> list[TrackItem | None]:
        """The tracks of points."""
        return map_view.tracks(uow, caller, token, indexes)

    def map_ids(self, uow: UnitOfWork, caller: Caller, token: int, indexes: Sequence[int]) -> list[str]:
        """Track ids of points."""
        return map_view.ids(uow, caller, token, indexes)

    def map_place(self, uow: UnitOfWork, caller: Caller, track_id: str) -> MapPlace:
        """Where a track lies."""
        return map_view.place(uow, caller, track_id)

    def request_drawing(self, uow: UnitOfWork, caller: Caller, jobs: Jobs) -> str:
        """Queue a new drawing for an admin; the job's id."""
        caller.must_be_admin()
        return jobs.enqueue(uow, MAP, {"force": True}, unique_key=MAP)

    def draw_map(self, context: JobContext, *, force: bool) -> None:
        """The job: bring the map up to date."""
        try:
            drawing.draw(
                self._db,
                self._index,
                force=force,
                told=context.progress,
                cancelled=lambda: context.cancelled,
            )
        except drawing.Stopped:
            return

    def map_is_behind(self, uow: UnitOfWork) -> bool:
        """Whether a run of the job would change something."""
        return drawing.stale(uow, self._index)
