"""What the search needs from a database's text index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from resonance.db.engine import UnitOfWork
from resonance.search.text import Kind


@dataclass(frozen=True, slots=True)
class Atom:
    """One term that must occur, or the beginning of one."""

    term: str
    prefix: bool = False


# All groups must match; a group matches when one of its alternatives does; an alternative is atoms that
# must all occur.
Alternative = tuple[Atom, ...]
Group = tuple[Alternative, ...]
Expression = tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A stored document: `title` folded, terms separated by spaces."""

    kind: Kind
    item_id: str
    title: str
    name_terms: str
    more_terms: str
    weight: int


class TermIndex(Protocol):
    """Stores rows and finds them by terms. `cap` bounds what is looked at, in the order of storage."""

    def add(self, uow: UnitOfWork, rows: Sequence[Row]) -> None:
        """Store rows that are not there yet."""

    def replace(self, uow: UnitOfWork, rows: Sequence[Row]) -> None:
        """Overwrite rows that are there."""

    def remove(self, uow: UnitOfWork, kind: Kind, ids: Sequence[str]) -> None:
        """Delete rows; unknown ids are ignored."""

    def match(
        self,
        uow: UnitOfWork,
        expression: Expression,
        kind: Kind,
        *,
        names_only: bool,
        libraries: frozenset[str] | None,
        cap: int,
    ) -> list[Row]:
        """Rows whose terms (or only the terms of their own name) satisfy the expression."""

    def rebuild(self, uow: UnitOfWork) -> None:
        """Derive the index again from the stored rows."""
