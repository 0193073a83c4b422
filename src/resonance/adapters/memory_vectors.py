"""Vectors in memory, beside the tables of any database.

A byte a number finds candidates, the table's floats decide. What filters ask about is held as columns, so a
filter is a mask that the scan heeds. All of it is read on first use, kept in step by the version rows, and
given back after a while without a question.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
from sqlalchemy import select

from resonance.adapters import vector_cache
from resonance.adapters.idle import IdleDrop, give_back
from resonance.adapters.vector_cache import Matrix
from resonance.core.errors import Invalid
from resonance.db.tables.library import version
from resonance.search.filters import EVERYTHING, TrackFilter
from resonance.search.vectors import exact, store
from resonance.search.vectors import facets as columns
from resonance.search.vectors.comparing import Standard, compared
from resonance.search.vectors.facets import Facets, Mask, Part, Places, unpacked
from resonance.search.vectors.ports import STANDARDISED, Hit, Space
from resonance.search.vectors.stored import StoredVectors

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.search.vectors.ports import Vector

IDLE_S = 600.0
AT_ONCE = 16  # queries whose candidates are held together

T = TypeVar("T")
Mark = tuple[int, ...]


@dataclass(frozen=True)
class _Held(Generic[T]):
    mark: Mark
    value: T

    def serves(self, mark: Mark) -> bool:
        """Counters only grow, and what is newer than asked for is as good."""
        return all(held >= asked for held, asked in zip(self.mark, mark, strict=True))


class MemoryVectors(StoredVectors):
    """VectorIndex. Questions may come from many threads; only loading takes turns."""

    def __init__(self, *, idle_s: float = IDLE_S) -> None:
        self._loading = threading.RLock()
        self._facets: _Held[Facets] | None = None
        self._parts: dict[str, _Held[tuple[Facets, Part]]] = {}
        self._matrices: dict[str, _Held[Matrix]] = {}
        self._places: dict[str, tuple[Matrix, Facets, Places]] = {}
        self._idle = IdleDrop(idle_s, self._drop)

    @property
    def loaded(self) -> bool:
        """Whether anything is held."""
        return bool(self._facets or self._parts or self._matrices)

    def nearest(
        self, uow: UnitOfWork, space_name: str, query: Vector, k: int, where: TrackFilter = EVERYTHING
    ) -> list[Hit]:
        """See VectorIndex.nearest."""
        if np.ndim(query) != 1:
            raise Invalid("A query is one vector.", field="vector")
        return self.nearest_many(uow, space_name, np.asarray(query)[np.newaxis], k, where)[0]

    def nearest_many(
        self, uow: UnitOfWork, space_name: str, queries: Vector, k: int, where: TrackFilter = EVERYTHING
    ) -> list[list[Hit]]:
        """See VectorIndex.nearest_many."""
        space = store.present(uow, space_name)
        found: list[list[Hit]] = [[] for _ in range(len(queries))]
        if space is None:
            return found
        asked = compared(store.checked(queries, (len(queries), space.dimensions)), None)
        matrix, passing = self._passing(uow, space, where)
        if k <= 0 or not passing.any():
            return found
        for start in range(0, len(asked), AT_ONCE):
            some = asked[start : start + AT_ONCE]
            candidates = _candidates(matrix, some, exact.enough(k), passing)
            found[start : start + AT_ONCE] = exact.best(uow, space, matrix.standard, some, candidates, k)
        return found

    def vectors(self, uow: UnitOfWork, space_name: str, track_ids: Sequence[str]) -> dict[str, Vector]:
        """See VectorIndex.vectors."""
        space = store.present(uow, space_name)
        if space is None:
            return {}
        raw = store.fetch(uow, space, track_ids)
        if not raw:
            return {}
        made = compared(np.stack(list(raw.values())), self._standard(uow, space))
        return dict(zip(raw, made, strict=True))

    def matrix(
        self, uow: UnitOfWork, space_name: str, where: TrackFilter = EVERYTHING
    ) -> tuple[list[str], Vector]:
        """See VectorIndex.matrix."""
        space = store.present(uow, space_name)
        if space is None:
            return [], np.empty((0, 0), dtype=np.float32)
        facets, mask = self._masked(uow, where)
        own = columns.packed(store.ids(uow, space))
        at = facets.places(own)
        ids = np.sort(own[(at >= 0) if mask is None or not len(mask) else (at >= 0) & mask[at]])
        standard, made = self._standard(uow, space), np.empty((len(ids), space.dimensions), np.float32)
        for block in store.blocks(uow, space):
            to = columns.places(ids, columns.packed(block.track_ids))
            made[to[to >= 0]] = compared(block.raw[to >= 0], standard)
        return unpacked(ids), made

    def compared(self, uow: UnitOfWork, space_name: str, raw: Vector) -> Vector:
        """See VectorIndex.compared."""
        space = store.present(uow, space_name)
        if space is None:
            return compared(np.asarray(raw, dtype=np.float32), None)
        right = store.checked(raw, (*np.shape(raw)[:-1], space.dimensions))
        return compared(right, self._standard(uow, space))

    def passing(self, uow: UnitOfWork, where: TrackFilter) -> list[str]:
        """See VectorIndex.passing."""
        facets, mask = self._masked(uow, where)
        return unpacked(facets.ids if mask is None else facets.ids[mask])

    def close(self) -> None:
        """See VectorIndex.close."""
        self._idle.close()
        self._drop()

    def _drop(self) -> None:
        with self._loading:
            self._facets = None
            self._parts, self._matrices, self._places = {}, {}, {}
        give_back()

    def _passing(self, uow: UnitOfWork, space: Space, where: TrackFilter) -> tuple[Matrix, Mask]:
        matrix = self._matrix(uow, space)
        facets, mask = self._masked(uow, where)
        held = self._places.get(space.name)
        if held is None or held[0] is not matrix or held[1] is not facets:
            held = (matrix, facets, facets.places(matrix.ids))
            if not uow.writes:
                self._places[space.name] = held
        return matrix, matrix.passing(mask, held[2])

    def _masked(self, uow: UnitOfWork, where: TrackFilter) -> tuple[Facets, Mask | None]:
        facets = self._catalogue(uow)
        return facets, facets.mask(where, [self._part(uow, facets, name) for name in columns.asked(where)])

    def _catalogue(self, uow: UnitOfWork) -> Facets:
        def make(_old: Facets | None) -> Facets:
            return columns.load(uow)

        def keep(held: _Held[Facets]) -> None:
            self._facets = held

        return self._in_step(uow, ("catalogue",), lambda: self._facets, make, keep)

    def _part(self, uow: UnitOfWork, facets: Facets, name: str) -> Part:
        read, counter = columns.PARTS[name]

        def held() -> _Held[tuple[Facets, Part]] | None:
            kept = self._parts.get(name)
            return kept if kept and kept.value[0] is facets else None

        def make(_old: Any) -> tuple[Facets, Part]:
            return facets, read(uow, facets.ids)

        def keep(made: _Held[tuple[Facets, Part]]) -> None:
            self._parts[name] = made

        return self._in_step(uow, (counter,), held, make, keep)[1]

    def _matrix(self, uow: UnitOfWork, space: Space) -> Matrix:
        names = (store.counter(space.name), store.removals(space.name))

        def held() -> _Held[Matrix] | None:
            kept = self._matrices.get(space.name)
            return kept if kept and kept.value.space == space else None

        def make(old: Matrix | None) -> Matrix:
            removals = _counters(uow, names)[1]
            grown = vector_cache.newer(uow, old) if old and old.removals == removals else None
            return grown or vector_cache.load(uow, space, removals)

        def keep(made: _Held[Matrix]) -> None:
            self._matrices[space.name] = made

        return self._in_step(uow, names, held, make, keep)

    def _standard(self, uow: UnitOfWork, space: Space) -> Standard | None:
        return self._matrix(uow, space).standard if space.name in STANDARDISED else None

    def _in_step(
        self,
        uow: UnitOfWork,
        names: tuple[str, ...],
        held: Callable[[], _Held[T] | None],
        make: Callable[[T | None], T],
        keep: Callable[[_Held[T]], None],
    ) -> T:
        """What is held if no counter has grown; else made anew, and kept unless `uow` may roll back."""
        self._idle.touch()
        mark = _counters(uow, names)
        found = held()
        if found and found.serves(mark):
            return found.value
        with self._loading:
            found = held()
            if found and found.serves(mark):
                return found.value
            made = make(found.value if found else None)
            if not uow.writes:
                keep(_Held(mark, made))
        give_back()
        return made


def _counters(uow: UnitOfWork, names: tuple[str, ...]) -> Mark:
    rows = uow.execute(select(version.c.name, version.c.value).where(version.c.name.in_(names)))
    values = {row.name: row.value for row in rows}
    return tuple(values.get(name, 0) for name in names)


def _candidates(matrix: Matrix, queries: Vector, count: int, passing: Mask) -> list[list[str]]:
    """Tracks to compare exactly with each query."""
    rows = np.flatnonzero(passing)
    if len(rows) <= count:
        return [unpacked(matrix.ids[rows])] * len(queries)
    best = matrix.rows.best(queries, count, None if passing.all() else passing)
    return [unpacked(matrix.ids[own[own >= 0]]) for own in best]
