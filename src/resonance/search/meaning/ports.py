"""What turns texts and tracks into vectors of one space, and what is known of a track for that."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from resonance.search.vectors.ports import Space


@dataclass(frozen=True, slots=True)
class TrackDocument:
    """What is known of a track, from tags, measurements and people. Unknown is None or empty, never a guess.

    `words` are mood words as tags write them; `moods` (name, 0..1, source) are those of the table `mood`, one
    of each name. Loudness in LUFS, tempo in BPM, tonic 0 (C) to 11 (B), the other
    numbers 0..1.
    """

    track_id: str
    title: str = ""
    artist: str = ""
    album: str = ""
    genres: tuple[str, ...] = ()
    year: int | None = None
    moods: tuple[tuple[str, float, str], ...] = ()
    words: tuple[str, ...] = ()
    bpm: float | None = None
    bpm_confidence: float | None = None  # None where the tempo was not measured but told
    key_tonic: int | None = None
    key_mode: str | None = None  # major | minor
    key_confidence: float | None = None  # as of the tempo
    energy: float | None = None
    danceability: float | None = None
    brightness: float | None = None
    acousticness: float | None = None
    loudness_lufs: float | None = None
    loudness_range: float | None = None  # LU
    onset_rate: float | None = None  # a second
    instrumental: bool | None = None
    lyrics: str = field(default="", repr=False)  # the first few hundred letters, for models that read

    def mark(self) -> str:
        """Changes with anything that a vector is made of: 16 hex digits."""
        return hashlib.blake2b(repr(astuple(self)[1:]).encode(), digest_size=8).hexdigest()

    def text(self) -> str:
        """The document in plain words, for models that read: only what is known."""
        parts = [f"{self.title} by {self.artist}" if self.artist else self.title]
        if self.album:
            parts.append(f"from the album {self.album}")
        if self.genres:
            parts.append("genre: " + ", ".join(self.genres))
        moods = [name for name, value, _ in self.moods if value >= 0.5]
        if moods or self.words:
            parts.append("mood: " + ", ".join(dict.fromkeys((*moods, *self.words))))
        parts += _measured(self)
        if self.year:
            parts.append(f"year {self.year}, {self.year // 10 * 10}s")
        if self.instrumental:
            parts.append("instrumental, no vocals")
        if self.lyrics:
            parts.append("lyrics: " + self.lyrics)
        return ". ".join(part for part in parts if part)


def _measured(document: TrackDocument) -> list[str]:
    parts: list[str] = []
    if document.bpm is not None:
        pace = "slow" if document.bpm < 85 else "fast" if document.bpm > 130 else "medium tempo"
        parts.append(f"{pace}, {document.bpm:.0f} BPM")
    if document.key_mode:
        parts.append(f"{document.key_mode} key")
    for name, value in (("energy", document.energy), ("brightness", document.brightness)):
        if value is not None:
            parts.append(f"{'low' if value < 0.35 else 'high' if value > 0.65 else 'medium'} {name}")
    return parts


class TextEmbedder(Protocol):
    """Texts and tracks to vectors of one space. Vectors are float32 of unit length.

    All three may raise `core.errors.Unavailable` when the model cannot be reached or loaded; whoever asks
    falls back on the built-in embedder and says so.
    """

    def space(self) -> Space:
        """The space: its version changes with whatever makes vectors incomparable (model, quantisation)."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """What somebody asks for: (dimensions,)."""

    def embed_documents(self, documents: Sequence[TrackDocument]) -> NDArray[np.float32]:
        """Tracks: (documents, dimensions), in their order."""

    def describe(self) -> str:
        """For people, in the answers: "built-in", "Ollama: nomic-embed-text"."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Who answered. `fallback` says why it was not the configured one; None when it was."""

    embedder: str
    fallback: str | None = None
