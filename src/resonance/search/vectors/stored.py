"""The part of an index of vectors that is the same for all: what is kept, not what is near."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from resonance.search.vectors import store
from resonance.search.vectors.ports import Space

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.search.vectors.ports import Vector


class StoredVectors:
    """The verbs of VectorIndex that the tables alone answer."""

    def space(self, uow: UnitOfWork, name: str) -> Space | None:
        """See VectorIndex.space."""
        return store.present(uow, name)

    def put(self, uow: UnitOfWork, space: Space, rows: Iterable[tuple[str, Vector, str]]) -> int:
        """See VectorIndex.put."""
        return len(store.put(uow, space, rows))

    def remove(self, uow: UnitOfWork, track_ids: Collection[str], space_name: str | None = None) -> None:
        """See VectorIndex.remove."""
        store.remove(uow, track_ids, space_name)

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
