"""From a set and what is asked of it to a request that `sequencing` understands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resonance.core.errors import Invalid
from resonance.library import catalogue
from resonance.model.dj_set import PoolInfo, SetCurve, SetLength, SlotPlace
from resonance.sequencing.items import Item, Request
from resonance.sets import document, pools, view

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.playlists.ports import Likeness
    from resonance.search.vectors.ports import VectorIndex
    from resonance.sets.document import Document

MOST_SECONDS = 120.0


@dataclass(frozen=True)
class Wish:
    """What one arrangement asks for beyond the set; None is as the set has it.

    `pins` puts tracks at places (0 the first, -1 the last), `locks` are runs that stay together, `keep` are
    tracks to have anywhere, `without` ones not to have. The set's own locked and joined slots hold as well,
    unless a pin says otherwise.
    """

    length: SetLength | None = None
    curve: SetCurve | None = None
    pins: Sequence[tuple[str, int]] = ()
    locks: Sequence[Sequence[str]] = ()
    keep: Sequence[str] = ()
    without: Sequence[str] = ()
    seed: int | None = None
    time_limit_s: float | None = None


@dataclass(frozen=True)
class Posed:
    """A request, and what is needed to show its answer."""

    request: Request
    made_of: Document
    info: PoolInfo
    locked: frozenset[str]
    joined: frozenset[str]


def posed(
    uow: UnitOfWork, caller: Caller, index: VectorIndex, likeness: Likeness, made_of: Document, wish: Wish
) -> Posed:
    """The request. Invalid, with the field, for what cannot be; NotFound for tracks out of sight."""
    length = made_of.length if wish.length is None else document.checked_length(wish.length)
    curve = made_of.curve if wish.curve is None else document.checked_curve(wish.curve)
    settings = made_of.settings
    seed = settings.seed if wish.seed is None else wish.seed
    if not 0 <= seed <= document.MOST_SEED:
        raise Invalid(f"A seed is 0 to {document.MOST_SEED}.", field="seed")
    if wish.time_limit_s is not None and not 0 < wish.time_limit_s <= MOST_SECONDS:
        raise Invalid(f"The time limit is up to {MOST_SECONDS:.0f} s.", field="time_limit_s")
    asked = [id_ for id_, _ in wish.pins] + [id_ for run in wish.locks for id_ in run] + list(wish.keep)
    catalogue.must_see(uow, caller, "track", asked)
    slots = _heard(uow, caller, made_of.slots)
    pins = _pins(slots, wish, length)
    runs = _runs(slots, wish)
    kept = list(dict.fromkeys([*asked, *pins, *(id_ for run in runs for id_ in run)]))
    unwanted = set(wish.without)
    for id_ in kept:
        if id_ in unwanted:
            raise Invalid("A track cannot be both kept and left out.", field="without")
    chooses = length.tracks is not None or length.minutes is not None
    pool = pools.opened(
        uow, caller, likeness, made_of.pool, seed=seed, kept=kept, without=unwanted, whole=not chooses
    )
    items = view.items(uow, caller, index, pool.track_ids, curve.of)
    return Posed(
        request=_request(items, made_of, length, curve, pins, runs, wish.keep, seed, wish.time_limit_s),
        made_of=_with(made_of, length, curve, items),
        info=pools.described(uow, caller, pool, items),
        locked=frozenset(slot.track_id for slot in slots if slot.locked),
        joined=frozenset(a for run in runs for a in run[:-1]),
    )


def _request(
    items: Sequence[Item],
    made_of: Document,
    length: SetLength,
    curve: SetCurve,
    pins: dict[str, int],
    runs: Sequence[Sequence[str]],
    keep: Sequence[str],
    seed: int,
    time_limit_s: float | None,
) -> Request:
    settings = made_of.settings
    return Request(
        pool=items,
        pick=length.tracks,
        minutes=length.minutes,
        curve=document.drawn(curve),
        pins=pins,
        locked=runs,
        kept=list(dict.fromkeys(keep)),
        ignored=frozenset(settings.ignore),
        max_per_artist=settings.max_per_artist,
        artist_gap=settings.artist_gap,
        album_gap=settings.album_gap,
        seed=seed,
        time_limit_s=time_limit_s,
    )


def _with(made_of: Document, length: SetLength, curve: SetCurve, items: Sequence[Item]) -> Document:
    known = [item.energy for item in items if item.energy is not None]
    return document.Document(
        pool=made_of.pool,
        length=length,
        curve=curve,
        settings=made_of.settings,
        slots=made_of.slots,
        levels=document.thinned(known),
    )


def _heard(uow: UnitOfWork, caller: Caller, slots: Sequence[SlotPlace]) -> list[SlotPlace]:
    """The slots with tracks that can be played now, as they stand."""
    seen = catalogue.visible(uow, caller, "track", [slot.track_id for slot in slots])
    return [slot for slot in slots if slot.track_id in seen]


def _pins(slots: Sequence[SlotPlace], wish: Wish, length: SetLength) -> dict[str, int]:
    """Where tracks must stand. The last slot, when locked, stays the last whatever the length."""
    asked = dict(wish.pins)
    if len(asked) < len(wish.pins):
        raise Invalid("A track is pinned twice.", field="pins")
    pins: dict[str, int] = {}
    taken = set(asked.values())
    for place, slot in enumerate(slots):
        at = -1 if place == len(slots) - 1 and place else place
        if slot.locked and slot.track_id not in asked and at not in taken:
            pins[slot.track_id] = at
    if length.tracks is not None and any(place >= length.tracks for place in pins.values()):
        raise Invalid("A locked track stands beyond the end of so short a set.", field="length.tracks")
    return {**pins, **asked}


def _runs(slots: Sequence[SlotPlace], wish: Wish) -> list[tuple[str, ...]]:
    """Runs that stay together: those asked for, and those of the set that share no track with them."""
    runs = [tuple(run) for run in wish.locks]
    asked = {id_ for run in runs for id_ in run}
    current: list[str] = []
    for slot in slots:
        current.append(slot.track_id)
        if not slot.joined:
            if len(current) > 1 and not asked.intersection(current):
                runs.append(tuple(current))
            current = []
    return runs
