"""LRCLIB's records, and which of them is the track that was asked for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from resonance.audio.clean import split_featured
from resonance.core.text import fold
from resonance.library.ports import FoundLyrics, WantedLyrics

TOLERANCE_S = 2.0


@dataclass(frozen=True, slots=True)
class Record:
    """One song of theirs. `duration_s` is None where they do not know it."""

    title: str
    artist: str
    album: str
    duration_s: float | None
    synced: str | None
    plain: str | None


def record(value: Any) -> Record | None:
    """A record from an answer's JSON; None when it is no record."""
    if not isinstance(value, dict):
        return None
    title = _text(value.get("trackName")) or _text(value.get("name"))
    artist = _text(value.get("artistName"))
    if not title or not artist:
        return None
    duration = value.get("duration")
    known = isinstance(duration, int | float) and not isinstance(duration, bool) and math.isfinite(duration)
    return Record(
        title=title,
        artist=artist,
        album=_text(value.get("albumName")) or "",
        duration_s=float(duration) if known and duration is not None else None,
        synced=_text(value.get("syncedLyrics")),
        plain=_text(value.get("plainLyrics")),
    )


def records(value: Any) -> list[Record]:
    """The records of a search's JSON."""
    return [found for item in value if (found := record(item))] if isinstance(value, list) else []


def matches(found: Record, wanted: WantedLyrics) -> bool:
    """Whether the record is the wanted track: names equal but for spelling, length within two seconds."""
    if wanted.duration_s is not None and (
        found.duration_s is None or abs(found.duration_s - wanted.duration_s) > TOLERANCE_S
    ):
        return False
    if not _titles(found.title) & _titles(wanted.title):
        return False
    ours = {name for artist in wanted.artists for name in _artists(artist)}
    return bool(ours & _artists(found.artist))


def best(candidates: Iterable[Record], wanted: WantedLyrics) -> FoundLyrics | None:
    """The words of the best matching record that has any: synced first, then of the same album."""
    fitting = [found for found in candidates if (found.synced or found.plain) and matches(found, wanted)]
    if not fitting:
        return None

    def rank(found: Record) -> tuple[bool, bool, float]:
        other_album = wanted.album is not None and fold(found.album) != fold(wanted.album)
        return not found.synced, other_album, abs((found.duration_s or 0) - (wanted.duration_s or 0))

    chosen = min(fitting, key=rank)
    return FoundLyrics(chosen.synced, chosen.plain)


def _titles(title: str) -> set[str]:
    return {form for form in (fold(title), fold(split_featured(title)[0])) if form} or {title.strip()}


def _artists(artist: str) -> set[str]:
    return {form for form in (fold(artist), fold(split_featured(artist)[0])) if form} or {artist.strip()}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
