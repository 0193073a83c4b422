"""What counts of a track's tempo, key and energy.

That is the edit, else what was measured surely, else the tag, else what was measured. The table `trait` holds
it; library.traits makes its rows. A statement joins it by `own(track.c.id)` as an outer join, and sees NULL
where nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, or_

from resonance.db.tables.analysis import trait

TRUSTED = 0.3  # below this confidence a tag counts more than a measurement

# What is asked of a column.
Condition: TypeAlias = Callable[[ColumnElement[Any]], ColumnElement[bool]]

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


def within(low: float | None, high: float | None, *, half_double: bool = False) -> Condition:
    """Between both ends, which belong to it; with `half_double` the double or the half may be."""
    folds = (1.0, 2.0, 0.5) if half_double else (1.0,)

    def condition(column: ColumnElement[Any]) -> ColumnElement[bool]:
        return or_(*(_between(column, low, high, fold) for fold in folds))

    return condition


def in_keys(keys: Iterable[tuple[int, str]]) -> Condition:
    """For KEY_PLACE: one of these keys (tonic 0..11, "major" | "minor")."""
    places = sorted(key_place(tonic, mode) for tonic, mode in keys)
    return lambda column: column.in_(places)


def key_place(tonic: int, mode: str) -> int:
    """Where a key stands in the order of the Camelot wheel: 2 for 1A, 3 for 1B, up to 25 for 12B."""
    of_major = tonic if mode == "major" else (tonic + 3) % 12
    return 2 * ((of_major * 7 + 7) % 12 + 1) + (mode == "major")


def _between(
    column: ColumnElement[Any], low: float | None, high: float | None, factor: float
) -> ColumnElement[bool]:
    ends: list[ColumnElement[bool]] = [column.is_not(None)]
    if low is not None:
        ends.append(column >= low * factor)
    if high is not None:
        ends.append(column <= high * factor)
    return and_(*ends)
