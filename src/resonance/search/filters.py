"""Which tracks a question is about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from resonance.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class TrackFilter:
    """Conditions that all hold; the empty filter is every present track.

    Tempo, key and energy are the effective ones (edited, else measured, else tagged); a track that has none
    does not pass a condition on it. Likes and ratings are given as `among`.
    """

    libraries: frozenset[str] | None = None  # None: all; a track needs a present file in one of them
    genres: frozenset[str] = frozenset()  # ids, any of them; empty: no condition
    year_from: int | None = None
    year_to: int | None = None
    bpm_min: float | None = None
    bpm_max: float | None = None
    half_double: bool = False  # a tempo of twice or half the range passes too
    keys: frozenset[tuple[int, str]] = frozenset()  # (tonic 0..11, "major" | "minor"), any of them
    energy_min: float | None = None
    energy_max: float | None = None
    among: Collection[str] | None = None  # track ids; empty: nothing passes
    without: Collection[str] = frozenset()  # track ids

    def __post_init__(self) -> None:
        for field, low, high in (
            ("year_from", self.year_from, self.year_to),
            ("bpm_min", self.bpm_min, self.bpm_max),
            ("energy_min", self.energy_min, self.energy_max),
        ):
            if low is not None and high is not None and low > high:
                raise Invalid("The range ends before it begins.", field=field)


EVERYTHING = TrackFilter()
