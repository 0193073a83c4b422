"""A filter of tracks as conditions on the table `track`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, any_, bindparam, exists, false, or_

from resonance.db.tables.analysis import trait
from resonance.db.tables.library import carrier, track, track_genre
from resonance.db.traits import key_place
from resonance.search.filters import TrackFilter


def conditions(where: TrackFilter) -> list[ColumnElement[bool]]:
    """All of them hold for the present tracks that pass."""
    return [track.c.missing_at.is_(None), *_catalogue(where), *_sound(where)]


def _catalogue(where: TrackFilter) -> Iterator[ColumnElement[bool]]:
    if where.libraries is not None:
        here = (carrier.c.track_id == track.c.id, carrier.c.missing_at.is_(None))
        yield (
            exists().where(*here, carrier.c.library_id.in_(sorted(where.libraries)))
            if where.libraries
            else false()
        )
    if where.genres:
        of = track_genre.c.genre_id.in_(sorted(where.genres))
        yield exists().where(track_genre.c.track_id == track.c.id, of)
    yield from _range(track.c.year, where.year_from, where.year_to)
    if where.among is not None:
        yield track.c.id == any_(_ids("among", where.among))
    if where.without:
        yield ~(track.c.id == any_(_ids("without", where.without)))


def _sound(where: TrackFilter) -> Iterator[ColumnElement[bool]]:
    asked = [*_tempo(where), *_range(trait.c.energy, where.energy_min, where.energy_max)]
    if where.keys:
        asked.append(trait.c.key_place.in_(sorted(key_place(tonic, mode) for tonic, mode in where.keys)))
    if asked:
        yield exists().where(trait.c.track_id == track.c.id, *asked)


def _tempo(where: TrackFilter) -> Iterator[ColumnElement[bool]]:
    folds = (1.0, 2.0, 0.5) if where.half_double else (1.0,)
    either = [list(_range(trait.c.bpm * fold, where.bpm_min, where.bpm_max)) for fold in folds]
    if either[0]:
        yield or_(*(_all(ends) for ends in either))


def _range(value: ColumnElement[Any], low: float | None, high: float | None) -> Iterator[ColumnElement[bool]]:
    if low is not None:
        yield value >= low
    if high is not None:
        yield value <= high


def _all(ends: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    return ends[0] if len(ends) == 1 else ends[0] & ends[1]


def _ids(name: str, track_ids: Collection[str]) -> ColumnElement[Any]:
    return bindparam(name, list(track_ids), type_=ARRAY(Text))
