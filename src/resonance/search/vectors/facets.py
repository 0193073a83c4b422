"""What filters ask about, of all present tracks at once: a few bytes a track, as columns of numpy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, select

from resonance.core.ids import LENGTH
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import trait
from resonance.db.tables.library import carrier, track, track_genre
from resonance.db.traits import key_place
from resonance.search.filters import TrackFilter

Mask = NDArray[np.bool_]
Places = NDArray[np.int32]
Ids = NDArray[np.bytes_]

BLOCK = 2000  # rows read at a time
NO_YEAR = -32768
NO_KEY = -1


class Part(Protocol):
    """Columns about the tracks in the order of their ids, read when a filter first asks about them."""

    def masks(self, where: TrackFilter) -> Iterator[Mask]:
        """One for each condition that the part knows of."""


@dataclass(frozen=True)
class Facets:
    """The present tracks in the order of their ids, with their years."""

    ids: Ids
    year: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.ids)

    def places(self, wanted: Ids) -> Places:
        """Where these ids stand; -1 for those that are not here."""
        return places(self.ids, wanted)

    def mask(self, where: TrackFilter, parts: Iterable[Part]) -> Mask | None:
        """The rows that pass; None when all do. `parts` are those that `asked` names."""
        masks = [*self._masks(where), *(mask for part in parts for mask in part.masks(where))]
        return np.logical_and.reduce(masks) if masks else None

    def _masks(self, where: TrackFilter) -> Iterator[Mask]:
        if where.year_from is not None or where.year_to is not None:
            yield (self.year != NO_YEAR) & _within(self.year, where.year_from, where.year_to)
        if where.among is not None:
            yield self._marked(where.among, True)
        if where.without:
            yield self._marked(where.without, False)

    def _marked(self, track_ids: Collection[str], value: bool) -> Mask:
        made = np.full(len(self), not value)
        at = self.places(packed(track_ids))
        made[at[at >= 0]] = value
        return made


@dataclass(frozen=True)
class Traits:
    """Effective tempo, key and energy. NaN and NO_KEY: unknown."""

    bpm: NDArray[np.float32]
    key: NDArray[np.int8]
    energy: NDArray[np.float32]

    def masks(self, where: TrackFilter) -> Iterator[Mask]:
        """See Part."""
        if where.bpm_min is not None or where.bpm_max is not None:
            fits = _within(self.bpm, where.bpm_min, where.bpm_max)
            if where.half_double:
                fits |= _within(self.bpm * 2, where.bpm_min, where.bpm_max)
                fits |= _within(self.bpm / 2, where.bpm_min, where.bpm_max)
            yield fits
        if where.energy_min is not None or where.energy_max is not None:
            yield _within(self.energy, where.energy_min, where.energy_max)
        if where.keys:
            yield np.isin(self.key, [key_place(tonic, mode) for tonic, mode in where.keys])


@dataclass(frozen=True)
class Links:
    """Tracks to names, many to many: genres, or libraries with a present file."""

    size: int
    rows: NDArray[np.int32]
    codes: NDArray[np.int16]
    names: dict[str, int]
    wanted: Callable[[TrackFilter], frozenset[str] | None]

    def masks(self, where: TrackFilter) -> Iterator[Mask]:
        """See Part."""
        wanted = self.wanted(where)
        if wanted is None:
            return
        made = np.zeros(self.size, dtype=bool)
        codes = [self.names[name] for name in wanted if name in self.names]
        if codes:
            asked = np.zeros(len(self.names), dtype=bool)
            asked[codes] = True
            made[self.rows[asked[self.codes]]] = True
        yield made


def asked(where: TrackFilter) -> Iterator[str]:
    """The parts that a filter needs, of PARTS."""
    ends = (where.bpm_min, where.bpm_max, where.energy_min, where.energy_max)
    if where.keys or any(end is not None for end in ends):
        yield "traits"
    if where.genres:
        yield "genres"
    if where.libraries is not None:
        yield "libraries"


def load(uow: UnitOfWork) -> Facets:
    """Read the present tracks."""
    ids, years = [np.empty(0, "S22")], [np.empty(0, np.int16)]
    for part in _parts(uow, select(track.c.id, track.c.year).where(track.c.missing_at.is_(None))):
        ids.append(packed([row[0] for row in part]))
        known = [NO_YEAR if row[1] is None else row[1] for row in part]
        years.append(np.clip(known, NO_YEAR, 32767).astype(np.int16))
    every = np.concatenate(ids)
    order = np.argsort(every)
    return Facets(every[order], np.concatenate(years)[order])


def load_traits(uow: UnitOfWork, ids: Ids) -> Traits:
    """Read what counts of these tracks' sound."""
    bpm, energy = np.full((2, len(ids)), np.nan, dtype=np.float32)
    key = np.full(len(ids), NO_KEY, dtype=np.int8)
    for part in _parts(uow, select(trait.c.track_id, trait.c.bpm, trait.c.key_place, trait.c.energy)):
        at = places(ids, packed([row[0] for row in part]))
        here = at >= 0
        at = at[here]
        bpm[at] = np.array([row[1] for row in part], dtype=np.float32)[here]
        key[at] = np.array([NO_KEY if row[2] is None else row[2] for row in part], dtype=np.int8)[here]
        energy[at] = np.array([row[3] for row in part], dtype=np.float32)[here]
    return Traits(bpm, key, energy)


def load_genres(uow: UnitOfWork, ids: Ids) -> Links:
    """Read the genres of these tracks."""
    pairs = select(track_genre.c.track_id, track_genre.c.genre_id)
    return _links(uow, ids, pairs, lambda where: where.genres or None)


def load_libraries(uow: UnitOfWork, ids: Ids) -> Links:
    """Read where these tracks have a present file."""
    pairs = select(carrier.c.track_id, carrier.c.library_id).where(carrier.c.missing_at.is_(None))
    return _links(uow, ids, pairs, lambda where: where.libraries)


# How each part is read, and the version row that tells when it has changed.
PARTS: dict[str, tuple[Callable[[UnitOfWork, Ids], Part], str]] = {
    "traits": (load_traits, "features"),
    "genres": (load_genres, "catalogue"),
    "libraries": (load_libraries, "catalogue"),
}


def packed(track_ids: Collection[str]) -> Ids:
    """Ids as an array that is searched fast; what is no id becomes one that is not found."""
    joined = "".join(track_ids)
    if len(joined) == LENGTH * len(track_ids) and joined.isascii() and set(map(len, track_ids)) <= {LENGTH}:
        return np.frombuffer(joined.encode(), "S22")
    return np.array(
        [id_.encode("ascii", "replace") if len(id_) <= LENGTH else b"" for id_ in track_ids], "S22"
    )


def unpacked(track_ids: Ids) -> list[str]:
    """The ids again."""
    return [id_.decode() for id_ in track_ids.tolist()]


def places(ordered: Ids, wanted: Ids) -> Places:
    """Where `wanted` stand among `ordered` ids; -1 for those that do not."""
    if not len(ordered):
        return np.full(len(wanted), -1, dtype=np.int32)
    at = np.searchsorted(ordered, wanted)
    at[at == len(ordered)] = 0
    return np.where(ordered[at] == wanted, at, -1).astype(np.int32)


def _links(
    uow: UnitOfWork, ids: Ids, pairs: Select[Any], wanted: Callable[[TrackFilter], frozenset[str] | None]
) -> Links:
    names: dict[str, int] = {}
    rows, codes = [np.empty(0, np.int32)], [np.empty(0, np.int16)]
    for part in _parts(uow, pairs):
        at = places(ids, packed([row[0] for row in part]))
        code = np.fromiter((names.setdefault(row[1], len(names)) for row in part), np.int16, len(part))
        rows.append(at[at >= 0])
        codes.append(code[at >= 0])
    return Links(len(ids), np.concatenate(rows), np.concatenate(codes), names, wanted)


def _parts(uow: UnitOfWork, statement: Select[Any]) -> Iterator[Any]:
    return uow.execute(statement.execution_options(yield_per=BLOCK)).partitions()


def _within(values: NDArray[Any], low: float | None, high: float | None) -> Mask:
    """NaN, the unknown value, is never within."""
    fits: Mask = np.ones(len(values), dtype=bool) if low is None else values >= low
    return fits if high is None else fits & (values <= high)
