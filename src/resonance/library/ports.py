"""What the library needs from rooms that it does not know by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from resonance.db.engine import UnitOfWork
from resonance.search.text import Document, Kind


class NameIndex(Protocol):
    """The writing half of the text search."""

    def index(self, uow: UnitOfWork, documents: Iterable[Document]) -> None: ...
    def remove(self, uow: UnitOfWork, kind: Kind, ids: Collection[str]) -> None: ...


class Unindexed:
    """For a library that nobody searches."""

    def index(self, uow: UnitOfWork, documents: Iterable[Document]) -> None:
        """Forget the documents."""

    def remove(self, uow: UnitOfWork, kind: Kind, ids: Collection[str]) -> None:
        """Nothing is there."""
