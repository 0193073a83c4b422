"""Tracks by what they are like, with filters, as every surface shows them."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from resonance.core.errors import Invalid
from resonance.core.paging import decode_keys, encode_cursor
from resonance.db.engine import UnitOfWork
from resonance.library import catalogue
from resonance.library.catalogue import TrackQuery
from resonance.model import camelot
from resonance.model.caller import Caller
from resonance.model.catalogue import TrackItem
from resonance.search.filters import TrackFilter
from resonance.search.hybrid import Hybrid, Understood
from resonance.search.meaning.asking import Asked
from resonance.search.meaning.reasons import Reason

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """Filters beside the question. Ranges include both ends; `keys` in any spelling ("8A", "F#m")."""

    genre_id: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    bpm_min: float | None = None
    bpm_max: float | None = None
    keys: tuple[str, ...] = ()
    key_compatible: bool = False
    energy_min: float | None = None
    energy_max: float | None = None
    rated_min: int | None = None
    liked: bool | None = None
    analysed: bool | None = None

    @property
    def exact(self) -> list[str]:
        """What is told as reasons because it was asked for."""
        asked = {
            "genre": self.genre_id,
            "year": self.year_from or self.year_to,
            "tempo": self.bpm_min or self.bpm_max,
            "key": self.keys,
            "energy": self.energy_min or self.energy_max,
        }
        return [name for name, value in asked.items() if value]


class FoundTrack(Struct, frozen=True):
    """A track, how well it fits (0..1, within one answer), and why."""

    track: TrackItem
    score: float
    reasons: list[Reason]


class AnsweredBy(Struct, frozen=True):
    """Which embedder answered; `fallback` is why it was not the configured one."""

    embedder: str
    fallback: str | None


class TrackAnswer(Struct, frozen=True):
    """A page of the best tracks. `total` were ranked: a long list has no end that means anything."""

    items: list[FoundTrack]
    understood: list[Understood]
    by: AnsweredBy
    total: int | None
    next: str | None


def ask(
    uow: UnitOfWork,
    caller: Caller,
    hybrid: Hybrid,
    asked: Asked,
    wish: Wish,
    *,
    cursor: str | None = None,
    limit: int = 50,
) -> TrackAnswer:
    """The tracks that fit best among those the caller may hear. Invalid for keys and ranges that are none."""
    offset = _offset(cursor)
    answer = hybrid.search(
        uow,
        asked,
        _filter(uow, caller, wish),
        user_id=caller.user_id,
        exact=wish.exact,
        offset=offset,
        limit=limit,
    )
    tracks = {
        item.id: item for item in catalogue.tracks_by_ids(uow, caller, [i.track_id for i in answer.items])
    }
    items = [
        FoundTrack(tracks[item.track_id], item.score, item.reasons)
        for item in answer.items
        if item.track_id in tracks
    ]
    more = offset + limit < answer.total
    return TrackAnswer(
        items,
        answer.understood,
        AnsweredBy(answer.by.embedder, answer.by.fallback),
        answer.total,
        encode_cursor(offset + limit) if more else None,
    )


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    (offset,) = decode_keys(cursor, int)
    if not isinstance(offset, int) or not 0 <= offset <= 10_000:
        raise Invalid("That page no longer exists.", field="cursor")
    return offset


def _filter(uow: UnitOfWork, caller: Caller, wish: Wish) -> TrackFilter:
    return TrackFilter(
        libraries=caller.libraries,
        genres=frozenset() if wish.genre_id is None else frozenset({wish.genre_id}),
        year_from=wish.year_from,
        year_to=wish.year_to,
        bpm_min=wish.bpm_min,
        bpm_max=wish.bpm_max,
        keys=_keys(wish),
        # Every analysed track has an energy, and only these have.
        energy_min=0.0 if wish.analysed and wish.energy_min is None else wish.energy_min,
        energy_max=wish.energy_max,
        among=_among(uow, caller, wish),
        without=_without(uow, caller, wish),
    )


def _keys(wish: Wish) -> frozenset[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    for text in wish.keys:
        key = camelot.parse(text)
        if key is None:
            raise Invalid(f"{text[:20]} is no key.", field="key")
        found |= camelot.compatible_with(key) if wish.key_compatible else {key}
    return frozenset(found)


def _among(uow: UnitOfWork, caller: Caller, wish: Wish) -> list[str] | None:
    """What only lists know: the caller's own marks, and what is not analysed."""
    chosen = TrackQuery(
        liked=True if wish.liked else None,
        rated_min=wish.rated_min,
        analysed=False if wish.analysed is False else None,
    )
    return _listed(uow, caller, chosen) if chosen.filtered else None


def _without(uow: UnitOfWork, caller: Caller, wish: Wish) -> frozenset[str]:
    return frozenset(_listed(uow, caller, TrackQuery(liked=True)) if wish.liked is False else ())


def _listed(uow: UnitOfWork, caller: Caller, query: TrackQuery) -> list[str]:
    ids = catalogue.track_ids(uow, caller, query)
    return ids.slice(0, len(ids))
