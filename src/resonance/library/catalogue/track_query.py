"""Which tracks a list has: the query and its conditions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from resonance.core.errors import Invalid
from resonance.db import traits
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import features, trait
from resonance.db.tables.library import carrier, genre, track, track_artist, track_genre
from resonance.db.tables.listens import like, rating, track_tag
from resonance.library.catalogue import store
from resonance.library.catalogue.access import track_seen
from resonance.library.catalogue.album_pages import Order
from resonance.model import camelot
from resonance.model.caller import Caller

TrackSort = Literal[
    "title",
    "artist",
    "album",
    "added",
    "year",
    "duration",
    "play_count",
    "rating",
    "random",
    "liked",
    "bpm",
    "key",
    "energy",
]
# Above this many tracks a genre is tested row by row along the order, below it is looked up and then sorted.
BROAD = 4000
_MOST_FIRST = frozenset({"added", "play_count", "rating", "liked"})


@dataclass(frozen=True, slots=True)
class TrackQuery:
    """Which tracks, and in which order.

    `tag` is one of the caller's own; `folder` (relative to its library) takes in everything below it. "liked"
    lists only what the caller liked. `order` None is the natural one: newest and most first, else ascending.
    `keys` are any of these keys in any spelling ("8A", "F#m"), with `key_compatible` those that mix with them
    too. Tempo (BPM), key and energy (0..1) are what counts of edit, measurement and tag. Sorted by "key" they
    follow the Camelot wheel. `analysed` asks whether the file was measured.
    """

    sort: TrackSort = "title"
    order: Order | None = None
    genre_id: str | None = None
    artist_id: str | None = None
    album_id: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    liked: bool | None = None
    rated_min: int | None = None
    tag: str | None = None
    folder: str | None = None
    library_id: str | None = None
    bpm_min: float | None = None
    bpm_max: float | None = None
    keys: tuple[str, ...] = ()
    key_compatible: bool = False
    energy_min: float | None = None
    energy_max: float | None = None
    analysed: bool | None = None

    @property
    def descending(self) -> bool:
        """Whether the order runs downwards."""
        return self.order == "desc" if self.order else self.sort in _MOST_FIRST

    @property
    def own(self) -> bool:
        """Whether the caller's likes, ratings, plays or tags decide what is listed or in which order."""
        chosen = self.liked is not None or self.rated_min is not None or self.tag is not None
        return chosen or self.sort in ("play_count", "rating", "liked")

    @property
    def heard(self) -> bool:
        """Whether tempo, key, energy or the analysis decide what is listed or in which order."""
        ranges = (self.bpm_min, self.bpm_max, self.energy_min, self.energy_max)
        chosen = bool(self.keys) or any(end is not None for end in ranges)
        return chosen or self.analysed is not None or self.sort in ("bpm", "key", "energy")

    @property
    def filtered(self) -> bool:
        """Whether this is less than everything."""
        return replace(self, sort="title", order=None) != TrackQuery()


def source(query: TrackQuery) -> Any:
    """What a query selects from."""
    return track.outerjoin(trait, traits.own(track.c.id)) if query.heard else track


def conditions(uow: UnitOfWork, caller: Caller, query: TrackQuery) -> list[ColumnElement[bool]]:
    """On `track`, and on what `source` joins to it. Statements bind the caller as "me"."""
    found = track_seen(caller)
    if query.genre_id is not None:
        found.append(_of_genre(uow, query.genre_id))
    if query.artist_id is not None:
        theirs = select(track_artist.c.track_id).where(
            track_artist.c.artist_id == query.artist_id, track_artist.c.role == "artist"
        )
        found.append(track.c.id.in_(theirs))
    if query.album_id is not None:
        found.append(track.c.album_id == query.album_id)
    if query.year_from is not None or query.year_to is not None:
        found.append(_of_years(uow, query))
    if query.folder is not None or query.library_id is not None:
        found.append(track.c.id.in_(_under(caller, query.library_id, query.folder)))
    return found + _own_conditions(query) + _heard_conditions(uow, query)


def _own_conditions(query: TrackQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.liked is not None:
        mine = select(like.c.item_id).where(like.c.user_id == store.ME, like.c.item_kind == "track")
        conditions.append(track.c.id.in_(mine) if query.liked else track.c.id.not_in(mine))
    if query.rated_min is not None:
        if not 1 <= query.rated_min <= 5:
            raise Invalid("Stars are 1 to 5.", field="rated_min")
        rated = select(rating.c.item_id).where(
            rating.c.user_id == store.ME, rating.c.item_kind == "track", rating.c.stars >= query.rated_min
        )
        conditions.append(track.c.id.in_(rated))
    if query.tag is not None:
        tagged = select(track_tag.c.track_id).where(
            track_tag.c.user_id == store.ME, track_tag.c.tag == query.tag
        )
        conditions.append(track.c.id.in_(tagged))
    return conditions


def _heard_conditions(uow: UnitOfWork, query: TrackQuery) -> list[ColumnElement[bool]]:
    """Conditions on `trait`, which the statement joins, and on the analysis."""
    asked: dict[str, tuple[ColumnElement[Any], traits.Condition]] = {}
    if query.bpm_min is not None or query.bpm_max is not None:
        asked["bpm"] = traits.BPM, traits.within(query.bpm_min, query.bpm_max)
    if query.energy_min is not None or query.energy_max is not None:
        asked["energy"] = traits.ENERGY, traits.within(query.energy_min, query.energy_max)
    if query.keys:
        asked["key"] = traits.KEY_PLACE, _in_keys(query)
    plain = [condition(column) for column, condition in asked.values()]
    if plain and _are_broad(uow, select(trait.c.track_id).where(*plain)):
        # The sum keeps SQLite from an index that is not the order's, as in `_of_years`.
        plain = [
            condition(column if query.sort == name else column + 0)
            for name, (column, condition) in asked.items()
        ]
    return plain + ([] if query.analysed is None else [_analysed(uow, query.analysed)])


def _analysed(uow: UnitOfWork, wanted: bool) -> ColumnElement[bool]:
    fine = (features.c.timbre_version > 0, features.c.problem.is_(None))
    done = select(features.c.track_id).where(*fine)
    if not wanted:
        # One walk over each index; asking track by track takes far longer where nearly all are analysed.
        present = select(track.c.id).where(track.c.missing_at.is_(None))
        return track.c.id.in_(present.except_(done))
    if _are_broad(uow, done):
        return exists().where(features.c.track_id == track.c.id, *fine)
    return track.c.id.in_(done)


def _are_broad(uow: UnitOfWork, ids: Select[Any]) -> bool:
    some = ids.limit(BROAD + 1).subquery()
    return bool(uow.execute(select(func.count()).select_from(some)).scalar_one() > BROAD)


def _in_keys(query: TrackQuery) -> traits.Condition:
    wanted: set[camelot.Key] = set()
    for text in query.keys:
        key = camelot.parse(text)
        if key is None:
            raise Invalid(f"{text[:20]} is no key.", field="key")
        wanted |= camelot.compatible_with(key) if query.key_compatible else {key}
    return traits.in_keys(wanted)


def _of_genre(uow: UnitOfWork, genre_id: str) -> ColumnElement[bool]:
    size = uow.execute(select(genre.c.track_count).where(genre.c.id == genre_id)).scalar()
    if size is not None and size > BROAD:
        return exists().where(track_genre.c.track_id == track.c.id, track_genre.c.genre_id == genre_id)
    return track.c.id.in_(select(track_genre.c.track_id).where(track_genre.c.genre_id == genre_id))


def _of_years(uow: UnitOfWork, query: TrackQuery) -> ColumnElement[bool]:
    first, last = query.year_from or 0, 9999 if query.year_to is None else query.year_to
    within = track.c.year.between(first, last)
    if query.sort != "year" and _are_broad(uow, select(track.c.id).where(within)):
        # The sum keeps SQLite from taking the index on years and sorting most of the library.
        return (track.c.year + 0).between(first, last)
    return within


def _under(caller: Caller, library_id: str | None, folder: str | None) -> Select[Any]:
    statement = select(carrier.c.track_id).where(carrier.c.missing_at.is_(None))
    if library_id is not None:
        statement = statement.where(carrier.c.library_id == library_id)
    if caller.libraries is not None:
        statement = statement.where(carrier.c.library_id.in_(sorted(caller.libraries)))
    if folder:
        below = (carrier.c.folder >= f"{folder}/") & (carrier.c.folder < f"{folder}0")  # "0" follows "/"
        statement = statement.where(or_(carrier.c.folder == folder, below))
    return statement
