"""Ways to mend a weak joint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from resonance.core.errors import NotFound
from resonance.library import catalogue
from resonance.model.dj_set import MendProposal, SlotPlace
from resonance.sequencing import score

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.sequencing.costs import Ints
    from resonance.sets.board import Board

MOST_PROPOSALS = 8
_EACH_KIND = 3
_LOOKED_AT = 12  # the cheapest of each kind, of which those that mend are shown


@dataclass(frozen=True)
class _Change:
    """An order that might mend a joint, as numbers of tracks; what was done to come to it."""

    kind: str
    position: int
    other: int | None
    order: list[int]
    newcomer: int | None = None


def mends(uow: UnitOfWork, caller: Caller, on: Board, place: int) -> list[MendProposal]:
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
    uow: UnitOfWork, caller: Caller, on: Board, made: Sequence[tuple[MendProposal, int | None]]
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
    on: Board, scores: dict[tuple[int, int], int], change: _Change
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


def _slot(on: Board, track: int) -> SlotPlace:
    return on.slots[track] if track < on.count else SlotPlace(track_id=on.items[track].id)


def _changes(on: Board, place: int) -> Iterator[_Change]:
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


def _fixed(on: Board, place: int) -> bool:
    """Whether a slot's track must stay where it is."""
    joined = on.slots[place].joined or (place > 0 and on.slots[place - 1].joined)
    return on.slots[place].locked or joined


def _swaps(on: Board, moving: int) -> Iterator[_Change]:
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


def _moves(on: Board, moving: int) -> Iterator[_Change]:
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


def _replacements(on: Board, moving: int) -> Iterator[_Change]:
    price = on.onto(moving - 1) + on.into(moving + 1) + on.off_curve[:, moving]
    for track in _cheapest(on, price):
        order = list(range(on.count))
        order[moving] = track
        yield _Change("replace", moving, None, order, track)


def _cheapest(on: Board, price: Ints) -> list[int]:
    """The tracks outside the set of the lowest prices."""
    outside = np.arange(on.count, len(on.items))
    return [int(track) for track in outside[np.argsort(price[outside], kind="stable")][:_LOOKED_AT]]
