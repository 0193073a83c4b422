"""Joints with what they cost and what they are to a DJ."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from resonance.model.camelot import compatible_with, relation
from resonance.sequencing import costs
from resonance.sequencing.costs import Ints, Traits
from resonance.sequencing.items import Item, Joint


def of_pairs(
    items: Sequence[Item], before: Sequence[int], after: Sequence[int], ignored: Collection[str] = ()
) -> list[Joint]:
    """The joints from items[before[i]] to items[after[i]], alike whatever else there is.

    Energies are compared as they are, not by their place in a pool. Terms of `ignored` cost nothing.
    """
    if not len(before):
        return []
    found = replace(costs.traits(items), percentile=levels(items))
    return priced(found, items, np.array(before, np.int64), np.array(after, np.int64), ignored)


def along(items: Sequence[Item], ignored: Collection[str] = ()) -> list[Joint]:
    """The joints of an order."""
    return of_pairs(items, range(len(items) - 1), range(1, len(items)), ignored)


def levels(items: Sequence[Item]) -> Ints:
    """Energies in thousandths, -1 unknown."""
    return np.array([-1 if item.energy is None else round(item.energy * 1000) for item in items], np.int64)


def priced(
    traits: Traits, items: Sequence[Item], before: Ints, after: Ints, ignored: Collection[str] = ()
) -> list[Joint]:
    """The joints between rows of `traits`, which are those of `items`."""
    one, other = traits.take(before), traits.take(after)
    shape = before.shape
    terms = {
        name: np.broadcast_to(np.int64(0) if name in ignored else term, shape)
        for name, term in costs.terms(one, other).items()
    }
    change, counted = costs.tempo_change(one.bpm, other.bpm)
    return [
        _joint(
            items[a],
            items[b],
            {name: int(term[place]) for name, term in terms.items()},
            float(change[place]),
            float(counted[place]),
        )
        for place, (a, b) in enumerate(zip(before.tolist(), after.tolist(), strict=True))
    ]


def _joint(a: Item, b: Item, terms: dict[str, int], change: float, counted: float) -> Joint:
    kind, fits = None, None
    if a.key is not None and b.key is not None:
        kind, fits = relation(a.key, b.key), b.key in compatible_with(a.key)
    known = a.bpm is not None and b.bpm is not None
    return Joint(
        a=a.id,
        b=b.id,
        costs=terms,
        tempo_change_pct=round(change, 2) if known else None,
        tempo_factor=counted if known else None,
        relation=kind,
        compatible=fits,
    )
