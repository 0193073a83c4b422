"""Vectors in memory: exact comparison with all of them, over the tables of any database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from resonance.core.errors import Invalid
from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.search.filters import EVERYTHING, TrackFilter
from resonance.search.vectors import store
from resonance.search.vectors.facets import Facets, packed, unpacked
from resonance.search.vectors.ports import STANDARDISED, Hit, Space

if TYPE_CHECKING:
    from resonance.search.vectors.ports import Vector


@dataclass(frozen=True)
class _Loaded:
    ids: NDArray[np.bytes_]
    matrix: Vector
    mean: Vector
    scale: Vector

    def compared(self, raw: Vector) -> Vector:
        return _unit((raw - self.mean) / self.scale)


class MemoryVectors:
    """VectorIndex."""

    def __init__(self) -> None:
        self._facets: tuple[Any, Facets] | None = None
        self._spaces: dict[str, tuple[Any, _Loaded]] = {}

    def space(self, uow: UnitOfWork, name: str) -> Space | None:
        """See VectorIndex.space."""
        return store.present(uow, name)

    def put(self, uow: UnitOfWork, space: Space, rows: Iterable[tuple[str, Vector, str]]) -> int:
        """See VectorIndex.put."""
        return len(store.put(uow, space, rows))

    def remove(self, uow: UnitOfWork, track_ids: Collection[str], space_name: str | None = None) -> None:
        """See VectorIndex.remove."""
        store.remove(uow, track_ids, space_name)

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
        if space is None:
            return [[] for _ in queries]
        loaded, rows = self._passing(uow, space, where)
        asked = _unit(store.checked(queries, (len(queries), space.dimensions)))
        found: list[list[Hit]] = []
        for query in asked:
            if k <= 0 or not len(rows) or not query.any():
                found.append([])
                continue
            scores = loaded.matrix[rows] @ query
            best = np.lexsort((loaded.ids[rows], -scores))[:k]
            found.append(
                [
                    Hit(id_, float(scores[at]))
                    for id_, at in zip(unpacked(loaded.ids[rows[best]]), best, strict=True)
                ]
            )
        return found

    def vectors(self, uow: UnitOfWork, space_name: str, track_ids: Sequence[str]) -> dict[str, Vector]:
        """See VectorIndex.vectors."""
        space = store.present(uow, space_name)
        if space is None:
            return {}
        raw = store.fetch(uow, space, track_ids)
        if not raw:
            return {}
        made = self._loaded(uow, space).compared(np.stack(list(raw.values())))
        return dict(zip(raw, made, strict=True))

    def matrix(
        self, uow: UnitOfWork, space_name: str, where: TrackFilter = EVERYTHING
    ) -> tuple[list[str], Vector]:
        """See VectorIndex.matrix."""
        space = store.present(uow, space_name)
        if space is None:
            return [], np.empty((0, 0), dtype=np.float32)
        loaded, rows = self._passing(uow, space, where)
        rows = rows[np.argsort(loaded.ids[rows])]
        return unpacked(loaded.ids[rows]), loaded.matrix[rows]

    def compared(self, uow: UnitOfWork, space_name: str, raw: Vector) -> Vector:
        """See VectorIndex.compared."""
        space = store.present(uow, space_name)
        if space is None:
            return _unit(np.asarray(raw, dtype=np.float32))
        return self._loaded(uow, space).compared(store.checked(raw, (*np.shape(raw)[:-1], space.dimensions)))

    def passing(self, uow: UnitOfWork, where: TrackFilter) -> list[str]:
        """See VectorIndex.passing."""
        facets = self._present(uow)
        mask = facets.mask(where)
        return unpacked(facets.ids if mask is None else facets.ids[mask])

    def count(self, uow: UnitOfWork, space_name: str) -> int:
        """See VectorIndex.count."""
        space = store.present(uow, space_name)
        return store.count_present(uow, space) if space else 0

    def marks(self, uow: UnitOfWork, space: Space, track_ids: Sequence[str]) -> dict[str, str]:
        """See VectorIndex.marks."""
        return store.marks(uow, space, track_ids)

    def stale(self, uow: UnitOfWork, space: Space, limit: int) -> list[str]:
        """See VectorIndex.stale."""
        return store.stale(uow, space, limit)

    def close(self) -> None:
        """See VectorIndex.close."""
        self._facets = None
        self._spaces = {}

    def _passing(
        self, uow: UnitOfWork, space: Space, where: TrackFilter
    ) -> tuple[_Loaded, NDArray[np.int64]]:
        loaded, facets = self._loaded(uow, space), self._present(uow)
        at = facets.places(loaded.ids)
        mask = facets.mask(where)
        here = (at >= 0) & loaded.matrix.any(axis=1)
        if mask is not None and len(mask):
            here &= mask[at]
        return loaded, np.flatnonzero(here)

    def _present(self, uow: UnitOfWork) -> Facets:
        mark = tuple(versions.current(uow, name) for name in ("catalogue", "features"))
        if self._facets and self._facets[0] == mark:
            return self._facets[1]
        facets = Facets(uow)
        if not uow.writes:
            self._facets = (mark, facets)
        return facets

    def _loaded(self, uow: UnitOfWork, space: Space) -> _Loaded:
        mark = (space.version, space.dimensions, versions.current(uow, store.counter(space.name)))
        held = self._spaces.get(space.name)
        if held and held[0] == mark:
            return held[1]
        loaded = _load(uow, space)
        if not uow.writes:
            self._spaces[space.name] = (mark, loaded)
        return loaded


def _load(uow: UnitOfWork, space: Space) -> _Loaded:
    parts = list(store.blocks(uow, space))
    empty = np.empty((0, space.dimensions), dtype=np.float32)
    raw = np.concatenate([empty, *(part.raw for part in parts)])
    mean, scale = np.zeros(space.dimensions, np.float32), np.ones(space.dimensions, np.float32)
    if space.name in STANDARDISED and len(raw) > 1:
        mean, scale = raw.mean(axis=0), raw.std(axis=0)
        scale[scale < 1e-6] = 1.0
    ids = packed([id_ for part in parts for id_ in part.track_ids])
    loaded = _Loaded(ids, empty, mean, scale)
    return _Loaded(ids, loaded.compared(raw), mean, scale)


def _unit(vectors: Vector) -> Vector:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    made: Vector = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-12)
    return made
