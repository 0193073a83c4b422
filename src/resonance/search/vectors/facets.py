"""What filters ask about, of all present tracks at once: a few bytes a track, as columns of numpy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, case, func, select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import features, track_edit
from resonance.db.tables.library import carrier, track, track_genre
from resonance.search.filters import TrackFilter

Mask = NDArray[np.bool_]
BLOCK = 4096
NO_YEAR = -32768
MODES = ("major", "minor")
TRUSTED = 0.3  # confidence from which a measured tempo or key goes before a tagged one


class Links:
    """Rows to names, many to many: genres, libraries."""

    def __init__(self, rows: NDArray[np.int32], codes: NDArray[np.int16], names: dict[str, int]) -> None:
        self._rows, self._codes, self._names = rows, codes, names

    def mask(self, names: Iterable[str], size: int) -> Mask:
        """The rows that have one of the names."""
        made = np.zeros(size, dtype=bool)
        wanted = [self._names[name] for name in names if name in self._names]
        if wanted:
            asked = np.zeros(len(self._names), dtype=bool)
            asked[wanted] = True
            made[self._rows[asked[self._codes]]] = True
        return made


class Facets:
    """Columns over the present tracks, in the order of their ids."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.ids, self._year, self._bpm, self._key, self._energy = _columns(uow)
        self._genres = self._links(uow, select(track_genre.c.track_id, track_genre.c.genre_id))
        carried = select(carrier.c.track_id, carrier.c.library_id).where(carrier.c.missing_at.is_(None))
        self._libraries = self._links(uow, carried)

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, track_ids: Collection[str]) -> NDArray[np.int64]:
        """Places of these tracks; unknown ones are left out."""
        return self.places(packed(track_ids), drop=True)

    def places(self, wanted: NDArray[np.bytes_], *, drop: bool = False) -> NDArray[np.int64]:
        """Places of these ids; -1 for unknown ones unless they are dropped."""
        if not len(self.ids) or not len(wanted):
            return np.full(0 if drop else len(wanted), -1, dtype=np.int64)
        at = np.searchsorted(self.ids, wanted)
        at[at == len(self.ids)] = 0
        known = self.ids[at] == wanted
        return at[known] if drop else np.where(known, at, -1)

    def mask(self, where: TrackFilter) -> Mask | None:
        """The rows that pass; None when all do."""
        parts = [*self._ranges(where), *self._sets(where)]
        return np.logical_and.reduce(parts) if parts else None

    def _ranges(self, where: TrackFilter) -> Iterable[Mask]:
        if where.year_from is not None or where.year_to is not None:
            yield (self._year != NO_YEAR) & _within(self._year, where.year_from, where.year_to)
        if where.bpm_min is not None or where.bpm_max is not None:
            fits = _within(self._bpm, where.bpm_min, where.bpm_max)
            if where.half_double:
                fits |= _within(self._bpm * 2, where.bpm_min, where.bpm_max)
                fits |= _within(self._bpm / 2, where.bpm_min, where.bpm_max)
            yield fits
        if where.energy_min is not None or where.energy_max is not None:
            yield _within(self._energy, where.energy_min, where.energy_max)

    def _sets(self, where: TrackFilter) -> Iterable[Mask]:
        size = len(self)
        if where.libraries is not None:
            yield self._libraries.mask(where.libraries, size)
        if where.genres:
            yield self._genres.mask(where.genres, size)
        if where.keys:
            yield np.isin(self._key, [key_code(tonic, mode) for tonic, mode in where.keys])
        if where.among is not None:
            among = np.zeros(size, dtype=bool)
            among[self.rows(where.among)] = True
            yield among
        if where.without:
            rest = np.ones(size, dtype=bool)
            rest[self.rows(where.without)] = False
            yield rest

    def _links(self, uow: UnitOfWork, pairs: Select[Any]) -> Links:
        names: dict[str, int] = {}
        rows, codes = [np.empty(0, np.int32)], [np.empty(0, np.int16)]
        for part in uow.execute(pairs.execution_options(yield_per=BLOCK)).partitions():
            at = self.places(packed([row[0] for row in part]))
            code = np.fromiter((names.setdefault(row[1], len(names)) for row in part), np.int16, len(part))
            rows.append(at[at >= 0].astype(np.int32))
            codes.append(code[at >= 0])
        return Links(np.concatenate(rows), np.concatenate(codes), names)


def key_code(tonic: int, mode: str) -> int:
    """A key as one number; a mode that is neither gives one that no track has."""
    return tonic * 2 + MODES.index(mode) if mode in MODES else -2


def packed(track_ids: Collection[str]) -> NDArray[np.bytes_]:
    """Ids as an array that is searched fast; what is no id becomes one that is not found."""
    return np.array([id_.encode("ascii", "replace") for id_ in track_ids], dtype="S22")


def unpacked(track_ids: NDArray[np.bytes_]) -> list[str]:
    """The ids again."""
    return [id_.decode() for id_ in track_ids.tolist()]


def _within(values: NDArray[Any], low: float | None, high: float | None) -> Mask:
    """NaN, the unknown value, is never within."""
    fits: Mask = np.ones(len(values), dtype=bool) if low is None else values >= low
    return fits if high is None else fits & (values <= high)


def _columns(uow: UnitOfWork) -> tuple[Any, ...]:
    rows = uow.execute(_statement().order_by(track.c.id).execution_options(yield_per=BLOCK))
    types: Sequence[Any] = ("S22", np.int16, np.float32, np.int8, np.float32)
    parts: list[list[Any]] = [[np.empty(0, kind)] for kind in types]
    for part in rows.partitions():
        ids, years, bpms, tonics, modes, energies = zip(*part, strict=True)
        parts[0].append(packed(ids))
        parts[1].append(
            np.array([NO_YEAR if year is None else year for year in years])
            .clip(NO_YEAR, 32767)
            .astype(np.int16)
        )
        parts[2].append(np.array(bpms, dtype=np.float32))
        keys = [
            -1 if tonic is None else key_code(tonic, mode or "")
            for tonic, mode in zip(tonics, modes, strict=True)
        ]
        parts[3].append(np.array(keys, dtype=np.int8))
        parts[4].append(np.array(energies, dtype=np.float32))
    return tuple(np.concatenate(each) for each in parts)


def _statement() -> Select[Any]:
    measured = case((features.c.bpm_confidence >= TRUSTED, features.c.bpm))
    bpm = func.coalesce(track_edit.c.bpm, measured, track.c.bpm_tag, features.c.bpm)
    edited = track_edit.c.key_tonic.is_not(None)
    tonic = case((edited, track_edit.c.key_tonic), else_=features.c.key_tonic)
    mode = case((edited, track_edit.c.key_mode), else_=features.c.key_mode)
    joined = track.outerjoin(features, features.c.track_id == track.c.id).outerjoin(
        track_edit, track_edit.c.track_id == track.c.id
    )
    columns = (track.c.id, track.c.year, bpm, tonic, mode, features.c.energy)
    return select(*columns).select_from(joined).where(track.c.missing_at.is_(None))
