"""What counts of a track's tempo, key and energy: the edit, else what was measured surely, else the tag, else what
was measured.

The table `trait` holds it; library.traits makes its rows. A statement joins it by `own(track.c.id)` as an outer
join, and sees NULL where nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from resonance.db.tables.analysis import trait

TRUSTED = 0.3  # below this confidence a tag counts more than a measurement

BPM: ColumnElement[Any] = trait.c.bpm
KEY_TONIC: ColumnElement[Any] = trait.c.key_tonic
KEY_MODE: ColumnElement[Any] = trait.c.key_mode
KEY_PLACE: ColumnElement[Any] = trait.c.key_place
ENERGY: ColumnElement[Any] = trait.c.energy
COLUMNS = (
    *(trait.c.bpm, trait.c.bpm_source, trait.c.bpm_confidence, trait.c.key_tonic, trait.c.key_mode),
    *(trait.c.key_source, trait.c.key_confidence, trait.c.energy),
)


def own(track_id: Any) -> ColumnElement[bool]:
    """The join condition of a track's traits."""
    same: ColumnElement[bool] = trait.c.track_id == track_id
    return same


def bpm_between(low: float | None, high: float | None, *, half_double: bool = False) -> ColumnElement[bool]:
    """The tempo lies within (both ends included); with `half_double` its half or double may."""
    folds = (1.0, 2.0, 0.5) if half_double else (1.0,)
    return or_(*(_between(trait.c.bpm, low, high, fold) for fold in folds))


def energy_between(low: float | None, high: float | None) -> ColumnElement[bool]:
    """The energy (0..1) lies within."""
    return _between(trait.c.energy, low, high)


def in_keys(keys: Iterable[tuple[int, str]]) -> ColumnElement[bool]:
    """The key is one of these (tonic 0..11, "major" | "minor")."""
    return trait.c.key_place.in_(sorted(key_place(tonic, mode) for tonic, mode in keys))


def key_place(tonic: int, mode: str) -> int:
    """Where a key stands in the order of the Camelot wheel: 2 for 1A, 3 for 1B, up to 25 for 12B."""
    of_major = tonic if mode == "major" else (tonic + 3) % 12
    return 2 * ((of_major * 7 + 7) % 12 + 1) + (mode == "major")


def _between(
    column: ColumnElement[Any], low: float | None, high: float | None, factor: float = 1.0
) -> ColumnElement[bool]:
    ends: list[ColumnElement[bool]] = [column.is_not(None)]
    if low is not None:
        ends.append(column >= low * factor)
    if high is not None:
        ends.append(column <= high * factor)
    return and_(*ends)
