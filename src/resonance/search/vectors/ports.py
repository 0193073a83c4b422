"""What the rest of the house may ask of an index of vectors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from resonance.search.filters import EVERYTHING, TrackFilter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resonance.db.engine import UnitOfWork

    Vector = NDArray[np.float32]

TIMBRE = "timbre"
# Measured quantities of different scales: compared as distances from the library's mean in units of its
# standard deviation. The other spaces are made by models and compared as they are.
STANDARDISED = frozenset({TIMBRE})


@dataclass(frozen=True, slots=True)
class Space:
    """One kind of vector. Vectors of another version of the same space are never compared."""

    name: str  # "timbre", "words", "words:nomic-embed-text", "audio"
    version: str  # what made them: algorithm or model
    dimensions: int
    label: str  # for people


class Row(NamedTuple):
    """A vector to be kept. `source_mark` changes with what it was made of."""

    track_id: str
    vector: Vector
    source_mark: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A track and its cosine similarity, -1..1."""

    track_id: str
    score: float


class VectorIndex(Protocol):
    """Vectors of tracks by space; the table `embedding` holds them, whatever finds the nearest.

    Vectors that go in are raw. Vectors that come out, and queries, are *compared* ones: of unit length, and
    standardised by the library's statistics where the space is measured ("timbre"). `compared` makes the
    latter of the former; for the spaces of models nothing but the length differs, which no query needs.

    A unit of work that has written sees its own vectors.
    """

    def space(self, uow: UnitOfWork, name: str) -> Space | None:
        """The present version of a space; None before its first vector."""

    def put(self, uow: UnitOfWork, space: Space, rows: Iterable[tuple[str, Vector, str]]) -> int:
        """Keep raw vectors, (track id, vector, source mark) each; how many.

        Another version than the present one makes the older vectors stale. A track that is gone is passed
        over. Raises Invalid for a wrong shape and for numbers that are not finite.
        """

    def remove(self, uow: UnitOfWork, track_ids: Collection[str], space_name: str | None = None) -> None:
        """Forget vectors of tracks, in one space or all. Vectors of deleted tracks go by themselves."""

    def nearest(
        self, uow: UnitOfWork, space_name: str, query: Vector, k: int, where: TrackFilter = EVERYTHING
    ) -> list[Hit]:
        """The up to `k` tracks most like `query` among those that pass the filter, best first.

        Ties go by id. Nothing for an unknown space, and for a query or track without direction (all zeros).
        Raises Invalid for a wrong shape and for numbers that are not finite.
        """

    def nearest_many(
        self, uow: UnitOfWork, space_name: str, queries: Vector, k: int, where: TrackFilter = EVERYTHING
    ) -> list[list[Hit]]:
        """`nearest` for each row of `queries`, at the cost of one filter."""

    def vectors(self, uow: UnitOfWork, space_name: str, track_ids: Sequence[str]) -> dict[str, Vector]:
        """Compared vectors of these tracks; those without one of the present version are missing.

        Access is not asked about: give ids the caller may see.
        """

    def matrix(
        self, uow: UnitOfWork, space_name: str, where: TrackFilter = EVERYTHING
    ) -> tuple[list[str], Vector]:
        """All compared vectors that pass the filter, in the order of ids: float32, 4 bytes a number."""

    def compared(self, uow: UnitOfWork, space_name: str, raw: Vector) -> Vector:
        """Raw vectors, (dimensions,) or (n, dimensions), as the space compares them."""

    def passing(self, uow: UnitOfWork, where: TrackFilter) -> list[str]:
        """Ids of the tracks that pass the filter, whether they have vectors or not, in order."""

    def count(self, uow: UnitOfWork, space_name: str) -> int:
        """Vectors of the present version, of present tracks."""

    def marks(self, uow: UnitOfWork, space: Space, track_ids: Sequence[str]) -> dict[str, str]:
        """Source marks of the vectors of this version."""

    def stale(self, uow: UnitOfWork, space: Space, limit: int) -> list[str]:
        """Present tracks without a vector of this version, in the order of ids."""

    def close(self) -> None:
        """Give memory back."""
