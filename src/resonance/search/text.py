"""The text search port: what is indexed, what is found, and the four verbs.

How a scan uses it: collect one `Document` per track, album and artist that the batch added or changed, and
call `index(uow, documents)` inside the batch's own writing transaction; documents that did not change are
recognised and cost a lookup. Call `remove(uow, kind, ids)` for what became hidden (tracks marked missing,
albums and artists left without tracks) and `index` again when it comes back. Pass a few hundred or more
documents at once. Search itself checks who may see a hit, so libraries are no part of a document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from resonance.db.engine import UnitOfWork

Kind = Literal["artist", "album", "track"]
KINDS: tuple[Kind, ...] = ("artist", "album", "track")


@dataclass(frozen=True, slots=True)
class Document:
    """A thing to be found.

    `title` is its own name as displayed; `more` are other names it may be found by (a track's artists and
    album, an album's artists, an artist's sort name). `weight` is popularity within the kind (an artist's
    track count, for example): it only decides between otherwise equal hits.
    """

    kind: Kind
    item_id: str
    title: str
    more: tuple[str, ...] = ()
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A found thing. Scores compare within one answer only; higher is better."""

    kind: Kind
    item_id: str
    score: float


class TextSearch(Protocol):
    """Names to ids. Every verb works in the caller's transaction."""

    def index(self, uow: UnitOfWork, documents: Iterable[Document]) -> None:
        """Add the documents, or replace those with the same kind and id."""

    def remove(self, uow: UnitOfWork, kind: Kind, ids: Collection[str]) -> None:
        """Forget these; unknown ids are ignored."""

    def query(
        self,
        uow: UnitOfWork,
        q: str,
        *,
        kinds: Collection[Kind] = KINDS,
        libraries: frozenset[str] | None = None,
        limit: int = 20,
    ) -> list[Hit]:
        """The best hits of all kinds in one order, at most `limit` of each kind.

        The last word may be incomplete; where little is found, misspelt words are forgiven. `libraries`
        None means every library. A query without letters or digits finds names written alike.
        """

    def rebuild(self, uow: UnitOfWork) -> None:
        """Make the index and its vocabulary again from the documents kept."""
