"""Albums and artists like one: by the middle of their tracks' sound, by their genres and years, or both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from resonance.core.text import fold
from resonance.library import catalogue
from resonance.library.catalogue.access import mask
from resonance.library.catalogue.cache import marks, remembered
from resonance.model.similar import SimilarAlbum, SimilarAlbums, SimilarArtist, SimilarArtists
from resonance.recommend import reasons, store, tagged
from resonance.recommend.geometry import Floats, unit
from resonance.recommend.similar import RANK, By
from resonance.recommend.spacing import spaced
from resonance.search.filters import TrackFilter
from resonance.search.vectors.facets import Ids, packed, places, unpacked
from resonance.search.vectors.ports import TIMBRE, VectorIndex
from resonance.search.vectors.store import counter, removals

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.recommend.store import Facts

Kind = Literal["album", "artist"]
LOOKED_AT = 60  # tracks of one album or artist that reasons are made of
UNHEARD = "None of its tracks has been listened to yet, so only tags were compared."
NOTHING = "Nothing is known yet of its sound, genres or years."


@dataclass(frozen=True)
class Groups:
    """All albums or artists that somebody may see, by code. Rows of `sound` are of unit length, or 0."""

    names: list[str]
    links: tagged.Links  # rows are places among `ids`
    ids: Ids
    sound: Floats
    profile: tuple[
        NDArray[np.int64], NDArray[np.int64], Floats
    ]  # group, genre, weight; each group's norm is 1
    year: Floats  # the mean; NaN where none is known

    def tracks(self, code: int) -> list[str]:
        """Ids of up to LOOKED_AT tracks."""
        return unpacked(self.ids[self.links.rows[self.links.codes == code][:LOOKED_AT]])

    @property
    def nbytes(self) -> int:
        """Bytes held beyond what the tags hold."""
        return self.sound.nbytes + sum(part.nbytes for part in self.profile) + 80 * len(self.names)


def albums(
    uow: UnitOfWork, caller: Caller, index: VectorIndex, album_id: str, *, by: By = "mixed", limit: int = 20
) -> SimilarAlbums:
    """Albums like this one among those the caller may see, never itself in another encoding. NotFound."""
    catalogue.must_see(uow, caller, "album", [album_id])
    seed = catalogue.albums_by_ids(uow, caller, [album_id])[0]
    groups = _of(uow, caller, index, "album")
    ranked, used, note = _ranked(groups, album_id, by)
    best = catalogue.albums_by_ids(uow, caller, list(ranked)[: limit * 4])
    twin = (fold(seed.title), fold(seed.artist))
    others = [item for item in best if (fold(item.title), fold(item.artist)) != twin]

    def artist(item: Any) -> str:
        return "" if item.compilation or not item.artists else item.artists[0].id

    chosen = spaced(others, artist, limit=limit)
    told = _reasons(uow, groups, album_id, [item.id for item in chosen])
    items = [SimilarAlbum(item, round(ranked[item.id], 4), told[item.id]) for item in chosen]
    return SimilarAlbums(items, used, note)


def artists(
    uow: UnitOfWork, caller: Caller, index: VectorIndex, artist_id: str, *, by: By = "mixed", limit: int = 20
) -> SimilarArtists:
    """Artists like this one among those the caller may see. NotFound."""
    catalogue.must_see(uow, caller, "artist", [artist_id])
    groups = _of(uow, caller, index, "artist")
    ranked, used, note = _ranked(groups, artist_id, by)
    chosen = catalogue.artists_by_ids(uow, caller, list(ranked)[: limit * 2])[:limit]
    told = _reasons(uow, groups, artist_id, [item.id for item in chosen])
    items = [SimilarArtist(item, round(ranked[item.id], 4), told[item.id]) for item in chosen]
    return SimilarArtists(items, used, note)


def _of(uow: UnitOfWork, caller: Caller, index: VectorIndex, kind: Kind) -> Groups:
    state = marks(uow, "catalogue", counter(TIMBRE), removals(TIMBRE))
    key = ("recommend", kind, mask(caller))
    return remembered(uow, key, state, lambda: _made(uow, caller, index, kind), lambda made: made.nbytes)


def _made(uow: UnitOfWork, caller: Caller, index: VectorIndex, kind: Kind) -> Groups:
    library = tagged.of_library(uow)
    every = library.albums if kind == "album" else library.artists
    open_to = np.ones(len(library.ids), np.bool_)
    if caller.libraries is not None:
        at = places(library.ids, packed(index.passing(uow, TrackFilter(caller.libraries))))
        open_to = np.zeros(len(library.ids), np.bool_)
        open_to[at[at >= 0]] = True
    seen = open_to[every.rows]
    rows, codes = every.rows[seen], every.codes[seen]
    count = len(every.names)
    return Groups(
        every.names,
        tagged.Links(rows, codes, every.names),
        library.ids,
        _middles(uow, caller, index, library, (rows, codes), count),
        _profiles(library, rows, codes),
        _years(library, rows, codes, count),
    )


def _middles(
    uow: UnitOfWork,
    caller: Caller,
    index: VectorIndex,
    library: tagged.Tagged,
    members: tuple[NDArray[np.int32], NDArray[np.int32]],
    count: int,
) -> Floats:
    ids, vectors = index.matrix(uow, TIMBRE, TrackFilter(caller.libraries))
    if not ids:
        return np.zeros((count, 1), np.float32)
    rows, codes = members
    where = np.full(len(library.ids), -1)
    at = places(library.ids, packed(ids))
    where[at[at >= 0]] = np.flatnonzero(at >= 0)
    heard = where[rows] >= 0
    source, target = where[rows[heard]], codes[heard]
    order = np.argsort(target, kind="stable")
    source, target = source[order], target[order]
    middles = np.zeros((count, vectors.shape[1]), np.float32)
    if len(target):
        firsts = np.flatnonzero(np.r_[True, target[1:] != target[:-1]])
        # A column at a time: all members' vectors at once would double the memory of the index.
        for column in range(vectors.shape[1]):
            middles[target[firsts], column] = np.add.reduceat(vectors[source, column], firsts)
    return unit(middles)


def _profiles(
    library: tagged.Tagged, rows: NDArray[np.int32], codes: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """The genres of each group, rare ones counting more."""
    starts = np.searchsorted(library.genres.rows, rows)
    sizes = np.searchsorted(library.genres.rows, rows, "right") - starts
    group = np.repeat(codes.astype(np.int64), sizes)
    offsets = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    genre = library.genres.codes[np.repeat(starts, sizes) + offsets].astype(np.int64)
    width = max(len(library.rarity), 1)
    pairs, often = np.unique(group * width + genre, return_counts=True)
    group, genre = pairs // width, pairs % width
    weight = often * library.rarity[genre] if len(genre) else np.empty(0)
    norm = np.sqrt(np.bincount(group, weight**2)) if len(group) else np.empty(0)
    return group, genre, (weight / norm[group]).astype(np.float32) if len(group) else np.empty(0, np.float32)


def _years(library: tagged.Tagged, rows: NDArray[np.int32], codes: NDArray[np.int32], count: int) -> Floats:
    dated = library.year[rows] != tagged.NO_YEAR
    number = np.bincount(codes[dated], minlength=count)
    total = np.bincount(codes[dated], library.year[rows[dated]].astype(float), count)
    with np.errstate(invalid="ignore"):
        return np.where(number > 0, total / np.maximum(number, 1), np.nan).astype(np.float32)


def _ranked(groups: Groups, item_id: str, by: By) -> tuple[dict[str, float], By, str | None]:
    """Scores of the others by id, best first; what was compared; a note."""
    if item_id not in groups.names:
        return {}, by, NOTHING
    code = groups.names.index(item_id)
    present = np.zeros(len(groups.names), np.bool_)
    present[groups.links.codes] = True
    present[code] = False
    sound = groups.sound @ groups.sound[code]
    heard = np.abs(groups.sound).sum(axis=1) > 0
    sound = np.where(heard & present, sound, -2.0)
    tags = np.where(present, _by_tags(groups, code), -2.0)
    note = None
    if not heard[code] and by != "tags":
        by, note = "tags", UNHEARD
    if by == "mixed":
        scores = _fusion(sound, -1.0) + _fusion(tags, 0.0)
    else:
        scores = np.clip((1 + sound) / 2, 0, 1) if by == "sound" else np.clip(tags, 0, 1)
    best = np.argsort(-scores, kind="stable")
    found = {groups.names[place]: float(scores[place]) for place in best[:2000] if scores[place] > 0}
    return found, by, note if found or note is None else NOTHING


def _fusion(values: Floats, over: float) -> Floats:
    """Half a reciprocal rank for what is above `over`, else nothing."""
    order = np.argsort(-values, kind="stable")
    rank = np.empty(len(values))
    rank[order] = np.arange(len(values))
    share: Floats = np.where(values > over, (RANK + 1) / (RANK + 1 + rank) / 2, 0.0).astype(np.float32)
    return share


def _by_tags(groups: Groups, code: int) -> Floats:
    group, genre, weight = groups.profile
    total, asked = np.zeros(len(groups.names), np.float32), 0.0
    own = group == code
    if own.any():
        wanted = np.zeros(int(genre.max()) + 1)
        wanted[genre[own]] = weight[own]
        total += 0.75 * np.bincount(group, weight * wanted[genre], len(groups.names))
        asked += 0.75
    if not np.isnan(groups.year[code]):
        apart = np.abs(groups.year - groups.year[code])
        total += 0.25 * np.nan_to_num(np.exp(-apart / tagged.NEAR_YEARS))
        asked += 0.25
    return total / asked if asked else total


def _reasons(uow: UnitOfWork, groups: Groups, seed: str, others: Sequence[str]) -> dict[str, list[Any]]:
    if not others:
        return {}
    code = {name: place for place, name in enumerate(groups.names)}
    members = {name: groups.tracks(code[name]) for name in (seed, *others)}
    known = store.facts(uow, (track for tracks in members.values() for track in tracks))

    def pick(name: str) -> list[Facts]:
        return [known[item] for item in members[name] if item in known]

    own = pick(seed)
    told: dict[str, list[Any]] = {}
    for name in others:
        likeness = float(groups.sound[code[seed]] @ groups.sound[code[name]])
        found = reasons.between_many(own, pick(name), likeness)
        # An artist is of course credited on tracks of their own.
        told[name] = [reason for reason in found if reason.kind != "artist" or name not in _credited(own)]
    return told


def _credited(facts: Sequence[Facts]) -> set[str]:
    return {artist_id for one in facts for artist_id, _ in one.artists}
