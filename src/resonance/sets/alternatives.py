"""Other tracks for a slot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from resonance.core.errors import NotFound
from resonance.library import catalogue
from resonance.model.dj_set import SlotAlternative
from resonance.sequencing import score
from resonance.sets import document, view

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.sequencing.items import Joint
    from resonance.sets.board import Board


def best(uow: UnitOfWork, caller: Caller, on: Board, place: int, limit: int) -> list[SlotAlternative]:
    """The tracks of the pool that would fit best into a slot. NotFound for a slot that is not there."""
    if not 0 <= place < on.count:
        raise NotFound("There is no such slot.")
    outside = np.arange(on.count, len(on.items))
    price = (on.onto(place - 1) + on.into(place + 1) + on.off_curve[:, place])[outside]
    chosen = [int(track) for track in outside[np.argsort(price, kind="stable")][:limit]]
    tracks = {
        track.id: track
        for track in catalogue.tracks_by_ids(uow, caller, [on.items[track].id for track in chosen])
    }
    now = _around(on, place, place)
    found = []
    for track in chosen:
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


def _around(on: Board, place: int, track: int) -> tuple[Joint | None, Joint | None]:
    before = on.joint(place - 1, track) if place else None
    after = on.joint(track, place + 1) if place + 1 < on.count else None
    return before, after


def _lowest(joints: Sequence[Joint | None]) -> int:
    return min((score.score(one).points for one in joints if one is not None), default=100)
