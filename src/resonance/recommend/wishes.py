"""What people may ask for beside a track to go by. Imports nothing heavy: surfaces load it at their start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from resonance.core.errors import Invalid
from resonance.model import camelot
from resonance.search.filters import EVERYTHING, TrackFilter

SHORTEST, LONGEST = 3, 100
MAP = "map.draw"  # the job that keeps the map


@dataclass(frozen=True, slots=True)
class PathWish:
    """How to go. `bpm_step` is the most that tempo may change from track to track, a share of it (0.06);
    with `keys_mix` each key must mix with the one before."""

    length: int = 20
    per_artist: int | None = None
    bpm_step: float | None = None
    keys_mix: bool = False
    filters: TrackFilter = EVERYTHING


def narrowed(
    *,
    genre_id: str | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    bpm_min: float | None = None,
    bpm_max: float | None = None,
    keys: Sequence[str] = (),
) -> TrackFilter:
    """Conditions on every track of an answer.

    Keys in any spelling ("8A", "F#m"); Invalid for what is none.
    """
    known: set[camelot.Key] = set()
    for text in keys:
        key = camelot.parse(text)
        if key is None:
            raise Invalid(f"'{text[:20]}' is no musical key.", field="key")
        known.add(key)
    return TrackFilter(
        genres=frozenset() if genre_id is None else frozenset({genre_id}),
        year_from=year_from,
        year_to=year_to,
        bpm_min=bpm_min,
        bpm_max=bpm_max,
        keys=frozenset(known),
    )
