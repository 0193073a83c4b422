"""What the library needs from rooms that it does not know by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from resonance.db.engine import UnitOfWork
from resonance.search.text import Document, Kind


class NameIndex(Protocol):
    """The writing half of the text search."""

    def index(self, uow: UnitOfWork, documents: Iterable[Document]) -> None: ...
    def remove(self, uow: UnitOfWork, kind: Kind, ids: Collection[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class WantedLyrics:
    """The track whose words are looked for. `artists` are spellings of whom it is by, likeliest first."""

    title: str
    artists: tuple[str, ...]
    album: str | None
    duration_s: float | None


@dataclass(frozen=True, slots=True)
class FoundLyrics:
    """A provider's words as it gives them: LRC, plain, or both."""

    synced: str | None
    plain: str | None


class LyricsProvider(Protocol):
    """Somebody who knows the words of songs."""

    @property
    def name(self) -> str:
        """The word that stands for it as a text's source."""

    def find(self, wanted: WantedLyrics) -> FoundLyrics | None:
        """The words, None when it has none. Slow. Raises Unavailable when it does not answer."""

    def close(self) -> None: ...
