"""Other tracks for a slot, and ways to mend a weak joint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from resonance.core.errors import NotFound
from resonance.library import catalogue
from resonance.model.dj_set import MendProposal, SlotAlternative, SlotPlace
from resonance.sequencing import costs, score
from resonance.sequencing.costs import Ints
from resonance.sequencing.curve import SCALE
from resonance.sequencing.items import Item, Joint
from resonance.sequencing.joints import levels, of_pairs
from resonance.sets import document, pools, view

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.playlists.ports import Likeness
    from resonance.search.vectors.ports import VectorIndex
    from resonance.sets.document import Document

MOST_PROPOSALS = 8
_EACH_KIND = 3
_LOOKED_AT = 12  # the cheapest of each kind, of which those that mend are shown


@dataclass(frozen=True)
class Desk:
    """A set's tracks, numbered by slot, and after them those of its pool that are not in it."""

    items: list[Item]
    slots: list[SlotPlace]
    made_of: Document

    @property
    def count(self) -> int:
        """How many slots there are."""
        return len(self.slots)

    @cached_property
    def _traits(self) -> costs.Traits:
        return replace(costs.traits(self.items), percentile=levels(self.items))

    @cached_property
    def off_curve(self) -> Ints:
        """[track, slot]: what it costs to have that level there."""
        found = [document.level(self.made_of.levels, item.energy) for item in self.items]
        of_pool = np.array([-1 if one is None else round(one * SCALE) for one in found], np.int64)
        wanted = np.array(document.drawn(self.made_of.curve).levels(max(self.count, 1)), np.int64)
        return costs.of_curve(of_pool, wanted)

    def onto(self, track: int) -> Ints:
        """What it costs to go from a track to each; nothing where there is none before."""
        return self._price(track, after=True)

    def into(self, track: int) -> Ints:
        """What it costs to come from each to a track; nothing where there is none behind."""
        return self._price(track, after=False)

    def _price(self, track: int, *, after: bool) -> Ints:
        total = np.zeros(len(self.items), np.int64)
        if 0 <= track < self.count:
            one, every = self._traits.take(np.full(len(self.items), track)), self._traits
            terms = costs.terms(one, every) if after else costs.terms(every, one)
            for name, term in terms.items():
                if name not in self.made_of.settings.ignore:
                    total += term
        return total

    def joint(self, a: int, b: int) -> Joint:
        """The joint of two tracks."""
        return of_pairs([self.items[a], self.items[b]], [0], [1], self.made_of.settings.ignore)[0]

    def score(self, a: int, b: int) -> int:
        """Its score."""
        return score.score(self.joint(a, b)).points

    def crowding(self, order: Sequence[int]) -> int:
        """How many pairs by one artist stand nearer to each other than wanted."""
        gap, last = self.made_of.settings.artist_gap, len(order)
        artists = [self.items[track].artist for track in order]
        return sum(
            artists[place] is not None and artists[place] == artists[other]
            for place in range(last)
            for other in range(place + 1, min(place + 1 + gap, last))
        )


def desk(uow: UnitOfWork, caller: Caller, index: VectorIndex, likeness: Likeness, made_of: Document) -> Desk:
    """The set on the desk, with what else its pool has. A pool that is gone has nothing else."""
    slots = made_of.slots
    inside = [slot.track_id for slot in slots]
    try:
        found = pools.opened(
            uow, caller, likeness, made_of.pool, seed=made_of.settings.seed, kept=inside
        ).track_ids
    except NotFound:
        found = inside
    held = set(inside)
    outside = [id_ for id_ in found if id_ not in held]
    known = view.seen_items(uow, caller, index, inside, made_of.curve.of)
    return Desk([*known, *view.items(uow, caller, index, outside, made_of.curve.of)], slots, made_of)


def alternatives(uow: UnitOfWork, caller: Caller, on: Desk, place: int, limit: int) -> list[SlotAlternative]:
    """The tracks of the pool that would fit best into a slot. NotFound for a slot that is not there."""
    if not 0 <= place < on.count:
        raise NotFound("There is no such slot.")
    outside = np.arange(on.count, len(on.items))
    price = (on.onto(place - 1) + on.into(place + 1) + on.off_curve[:, place])[outside]
    best = [int(track) for track in outside[np.argsort(price, kind="stable")][:limit]]
    tracks = {
        track.id: track
        for track in catalogue.tracks_by_ids(uow, caller, [on.items[track].id for track in best])
    }
    now = _around(on, place, place)
    found = []
    for track in best:
        if on.items[track].id not in tracks:
            continue
        then = _around(on, place, track)
        found.append(
            SlotAlternative(
                track=tracks[on.items[track].id],
                joint_before=view.joint(then[0]) if then[0] is not None else None,
                joint_after=view.joint(then[1]) if then[1] is not None else None,
                level=document.level(on.made_of.levels, on.items[track].energy),
                score=_lowest(then),
                gain=_lowest(then) - _lowest(now),
            )
        )
    return found


def _around(on: Desk, place: int, track: int) -> tuple[Joint | None, Joint | None]:
    before = on.joint(place - 1, track) if place else None
    after = on.joint(track, place + 1) if place + 1 < on.count else None
    return before, after


def _lowest(joints: Sequence[Joint | None]) -> int:
    return min((score.score(one).points for one in joints if one is not None), default=100)


@dataclass(frozen=True)
class _Change:
    """An order that might mend a joint, as numbers of tracks; what was done to come to it."""

    kind: str
    position: int
    other: int | None
    order: list[int]
    newcomer: int | None = None


def mends(uow: UnitOfWork, caller: Caller, on: Desk, place: int) -> list[MendProposal]:
    """Ways to mend the joint after a slot, best first; what is locked or joined stays so.

    NotFound for a joint that is not there.
    """
    if not 0 <= place < on.count - 1:
        raise NotFound("There is no such joint.")
    if on.slots[place].joined:
        return []
    scores = {pair: on.score(*pair) for pair in pairwise(range(on.count))}
    found: dict[str, list[tuple[tuple[int, int], MendProposal, int | None]]] = {}
    crowded = on.crowding(range(on.count))
    for change in _changes(on, place):
        if on.crowding(change.order) > crowded:
            continue
        made = _judged(on, scores, change)
        if made is not None:
            found.setdefault(change.kind, []).append(made)
    best = [
        one
        for kind in found.values()
        for one in sorted(kind, key=lambda each: each[0], reverse=True)[:_EACH_KIND]
    ]
    best.sort(key=lambda each: each[0], reverse=True)
    return _with_tracks(uow, caller, on, [(made, newcomer) for _, made, newcomer in best[:MOST_PROPOSALS]])


def _with_tracks(
    uow: UnitOfWork, caller: Caller, on: Desk, made: Sequence[tuple[MendProposal, int | None]]
) -> list[MendProposal]:
    ids = [on.items[newcomer].id for _, newcomer in made if newcomer is not None]
    tracks = {track.id: track for track in catalogue.tracks_by_ids(uow, caller, ids)}
    found = []
    for proposal, newcomer in made:
        if newcomer is None:
            found.append(proposal)
        elif on.items[newcomer].id in tracks:
            found.append(msgspec.structs.replace(proposal, track=tracks[on.items[newcomer].id]))
    return found


def _judged(
    on: Desk, scores: dict[tuple[int, int], int], change: _Change
) -> tuple[tuple[int, int], MendProposal, int | None] | None:
    """The proposal of a change with what it is ranked by; None when it mends nothing."""
    after = {pair: scores[pair] if pair in scores else on.score(*pair) for pair in pairwise(change.order)}
    gone = [found for pair, found in scores.items() if pair not in after]
    new = [found for pair, found in after.items() if pair not in scores]
    if not gone or min(new, default=100) <= min(gone):
        return None
    average = score.average(list(after.values()))
    proposal = MendProposal(
        kind=change.kind,
        position=change.position,
        other=change.other,
        track=None,
        slots=[_slot(on, track) for track in change.order],
        score_before=min(gone),
        score_after=min(new, default=100),
        average_before=score.average(list(scores.values())),
        average_after=average,
        weak_after=sum(found < score.FAIR for found in after.values()),
    )
    return (proposal.score_after, average or 0), proposal, change.newcomer


def _slot(on: Desk, track: int) -> SlotPlace:
    return on.slots[track] if track < on.count else SlotPlace(track_id=on.items[track].id)


def _changes(on: Desk, place: int) -> Iterator[_Change]:
    """The cheapest changes of each kind that touch the joint after a place."""
    for moving in (place, place + 1):
        if not _fixed(on, moving):
            yield from _swaps(on, moving)
            yield from _moves(on, moving)
            yield from _replacements(on, moving)
    if not any(slot.locked for slot in on.slots[place + 1 :]):
        price = on.onto(place) + on.into(place + 1)
        for track in _cheapest(on, price):
            order = [*range(place + 1), track, *range(place + 1, on.count)]
            yield _Change("insert", place + 1, None, order, track)


def _fixed(on: Desk, place: int) -> bool:
    """Whether a slot's track must stay where it is."""
    joined = on.slots[place].joined or (place > 0 and on.slots[place - 1].joined)
    return on.slots[place].locked or joined


def _swaps(on: Desk, moving: int) -> Iterator[_Change]:
    price = on.onto(moving - 1) + on.into(moving + 1) + on.off_curve[:, moving]
    before, behind = on.into(moving), on.onto(moving)
    for other in range(on.count):
        price[other] += before[other - 1] if other else 0
        price[other] += behind[other + 1] if other + 1 < on.count else 0
        price[other] += on.off_curve[moving, other]
    ranked = [int(other) for other in np.argsort(price[: on.count], kind="stable")]
    free = [other for other in ranked if other != moving and not _fixed(on, other)]
    # Neighbours are priced wrongly above, as if both stood beside themselves.
    near = [other for other in (moving - 1, moving + 1) if other in free]
    for other in dict.fromkeys([*near, *free[:_LOOKED_AT]]):
        order = list(range(on.count))
        order[moving], order[other] = order[other], order[moving]
        yield _Change("swap", min(moving, other), max(moving, other), order)


def _moves(on: Desk, moving: int) -> Iterator[_Change]:
    into, onto = on.into(moving), on.onto(moving)
    rest = [track for track in range(on.count) if track != moving]
    prices = []
    for gap in range(len(rest) + 1):
        low, high = min(gap, moving), max(gap, moving)
        if gap == moving or any(slot.locked for slot in on.slots[low : high + 1]):
            continue
        if 0 < gap <= len(rest) - 1 and on.slots[rest[gap - 1]].joined:
            continue
        price = (into[rest[gap - 1]] if gap else 0) + (onto[rest[gap]] if gap < len(rest) else 0)
        prices.append((int(price + on.off_curve[moving, gap]), gap))
    for _, gap in sorted(prices)[:_LOOKED_AT]:
        yield _Change("move", moving, gap, [*rest[:gap], moving, *rest[gap:]])


def _replacements(on: Desk, moving: int) -> Iterator[_Change]:
    price = on.onto(moving - 1) + on.into(moving + 1) + on.off_curve[:, moving]
    for track in _cheapest(on, price):
        order = list(range(on.count))
        order[moving] = track
        yield _Change("replace", moving, None, order, track)


def _cheapest(on: Desk, price: Ints) -> list[int]:
    """The tracks outside the set of the lowest prices."""
    outside = np.arange(on.count, len(on.items))
    return [int(track) for track in outside[np.argsort(price[outside], kind="stable")][:_LOOKED_AT]]
