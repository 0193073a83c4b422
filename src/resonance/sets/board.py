"""A set and its pool as numbers: what it costs to put any track into any slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from resonance.core.errors import NotFound
from resonance.model.dj_set import SlotPlace
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


@dataclass(frozen=True)
class Board:
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


def laid_out(
    uow: UnitOfWork, caller: Caller, index: VectorIndex, likeness: Likeness, made_of: Document
) -> Board:
    """A set laid out, with what else its pool has. A pool that is gone has nothing else."""
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
    return Board([*known, *view.items(uow, caller, index, outside, made_of.curve.of)], slots, made_of)
