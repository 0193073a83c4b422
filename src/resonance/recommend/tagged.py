"""What tags say of every track, as columns: genres, performers, years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resonance.db.engine import UnitOfWork
from resonance.library.catalogue.cache import catalogue_mark, remembered
from resonance.recommend import store
from resonance.recommend.geometry import Floats, Places
from resonance.search.vectors.facets import Ids, packed, places

NO_YEAR = -32768
NEAR_YEARS = 8.0  # where closeness in time has fallen to a third
GENRE, YEAR, ARTIST = 0.6, 0.25, 0.15  # what each says of likeness


@dataclass(frozen=True)
class Links:
    """Many names to many tracks: `rows` ascend. `names` are ids by code."""

    rows: NDArray[np.int32]
    codes: NDArray[np.int32]
    names: list[str]

    def of(self, row: int) -> NDArray[np.int32]:
        """The codes of one track."""
        first, last = np.searchsorted(self.rows, [row, row + 1])
        return self.codes[first:last]

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self.rows.nbytes + self.codes.nbytes + 80 * len(self.names)


@dataclass(frozen=True)
class Tagged:
    """All present tracks in the order of ids."""

    ids: Ids
    genres: Links
    artists: Links
    albums: Links
    year: NDArray[np.int16]
    rarity: Floats  # of each genre: what is everywhere tells little
    genre_weight: Floats  # of all genres of each track

    def place(self, track_id: str) -> int:
        """Where a track stands; -1 for one that is not here."""
        return int(places(self.ids, packed([track_id]))[0])

    def likeness(self, row: int) -> Floats:
        """How much each track shares with that of `row`, 0..1; what it lacks itself is not asked for."""
        total = np.zeros(len(self.ids), np.float32)
        asked = 0.0
        genres = self.genres.of(row)
        if len(genres):
            total += GENRE * self._genre_overlap(genres, float(self.genre_weight[row]))
            asked += GENRE
        if self.year[row] != NO_YEAR:
            apart = np.abs(self.year.astype(np.float32) - float(self.year[row]))
            total += YEAR * np.where(self.year == NO_YEAR, 0, np.exp(-apart / NEAR_YEARS))
            asked += YEAR
        artists = self.artists.of(row)
        if len(artists):
            total[self.artists.rows[np.isin(self.artists.codes, artists)]] += ARTIST
            asked += ARTIST
        return np.minimum(total / asked, 1.0) if asked else total

    def _genre_overlap(self, genres: NDArray[np.int32], weight: float) -> Floats:
        wanted = np.zeros(len(self.rarity), np.float32)
        wanted[genres] = self.rarity[genres]
        shared = np.bincount(self.genres.rows, wanted[self.genres.codes], len(self.ids))
        either = np.sqrt(np.maximum(self.genre_weight * weight, 1e-9))
        overlap: Floats = (shared / either).astype(np.float32)
        return np.minimum(overlap, 1.0)


def of_library(uow: UnitOfWork) -> Tagged:
    """The columns; read once for each state of the catalogue."""
    return remembered(uow, ("recommend", "tags"), catalogue_mark(uow), lambda: _read(uow), _cost)


def _cost(tagged: Tagged) -> int:
    links = (tagged.genres, tagged.artists, tagged.albums)
    return tagged.ids.nbytes + tagged.year.nbytes * 3 + sum(link.nbytes for link in links)


def _read(uow: UnitOfWork) -> Tagged:
    ids: list[Ids] = [np.empty(0, "S22")]
    years = [np.empty(0, np.int16)]
    albums: list[Any] = []
    for part in store.every_album(uow):
        ids.append(packed([row[0] for row in part]))
        known = [NO_YEAR if row[2] is None else min(max(row[2], -9999), 9999) for row in part]
        years.append(np.array(known, np.int16))
        albums.append([(row[0], row[1]) for row in part if row[1] is not None])
    every = np.concatenate(ids)
    order = np.argsort(every)
    every = every[order]
    genres = _links(every, store.every_genre(uow))
    often = np.bincount(genres.codes, minlength=len(genres.names))
    rarity = np.log1p(len(every) / np.maximum(often, 1)).astype(np.float32)
    weight = np.bincount(genres.rows, rarity[genres.codes], len(every)).astype(np.float32)
    return Tagged(
        every,
        genres,
        _links(every, store.every_artist(uow)),
        _links(every, albums),
        np.concatenate(years)[order],
        rarity,
        weight,
    )


def _links(ids: Ids, parts: Iterable[Sequence[Any]]) -> Links:
    names: dict[str, int] = {}
    rows, codes = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for part in parts:
        at = places(ids, packed([row[0] for row in part]))
        code = np.array([names.setdefault(row[1], len(names)) for row in part], np.int32)
        rows.append(at[at >= 0])
        codes.append(code[at >= 0])
    row, code = np.concatenate(rows), np.concatenate(codes)
    order: Places = np.argsort(row, kind="stable")
    return Links(row[order], code[order], list(names))
