"""What mixes well with a track, out of a whole library: near in tempo (as it is, halved or doubled), in a key
that goes with it, and of those the cheapest joints.

The database finds the candidates by tempo and key. Tempo, key and energy price them all at once; the rest
(sound, edges, artist, album) is looked up for the cheapest only, as far as it can still change the order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from resonance.library import catalogue
from resonance.recommend import mixing_store, near
from resonance.recommend.items import items
from resonance.sequencing import costs
from resonance.sequencing.costs import NEAR_PCT, Ints
from resonance.sequencing.items import Item
from resonance.sequencing.joints import levels, of_pairs

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.search.vectors.ports import VectorIndex
    from resonance.sequencing.items import Joint

UNKNOWN = "Neither the tempo nor the key of this track is known, so nothing can be said to mix with it."
HALF_KNOWN = {
    "tempo": "The tempo of this track is not known: only keys were compared.",
    "key": "The key of this track is not known: only tempi were compared.",
}
_STEP = 200  # candidates that are looked up whole at a time
_ENOUGH = 600  # by tempo, key and energy; of those behind, sound cannot make much good
_SPARE = 30


def following(
    uow: UnitOfWork,
    caller: Caller,
    index: VectorIndex,
    track_id: str,
    *,
    limit: int,
    among: Collection[str] | None = None,
    without: Collection[str] = (),
) -> tuple[list[Joint], str | None]:
    """(joints from this track to those that follow it best, cheapest first; a note on what was not known).

    NotFound for a track out of sight. Never the track itself, nor another encoding of it.
    """
    catalogue.must_see(uow, caller, "track", [track_id])
    seed = items(uow, [track_id], index)[0]
    if seed.bpm is None and seed.key is None:
        return [], UNKNOWN
    missing = "tempo" if seed.bpm is None else "key" if seed.key is None else None
    found = _candidates(uow, caller, seed, among, {track_id, *without})
    best = _best(uow, index, seed, found, limit)
    return best, HALF_KNOWN[missing] if missing else None


def _candidates(
    uow: UnitOfWork, caller: Caller, seed: Item, among: Collection[str] | None, without: Collection[str]
) -> list[Item]:
    """Tempo, key and energy of all that lie in the windows."""
    rows = mixing_store.in_windows(uow, caller, bpm=seed.bpm, near_pct=NEAR_PCT, key=seed.key, among=among)
    return [
        Item(
            row.track_id,
            bpm=None if seed.bpm is None else row.bpm,
            key=None if seed.key is None or row.key_tonic is None else (row.key_tonic, row.key_mode),
            energy=row.energy,
        )
        for row in rows
        if row.track_id not in without
    ]


def _best(uow: UnitOfWork, index: VectorIndex, seed: Item, found: Sequence[Item], limit: int) -> list[Joint]:
    """The cheapest joints. What is looked up later only adds to a price, so the rest need not be."""
    if not found:
        return []
    found = sorted(found, key=lambda item: item.id)
    lowest = _known_price(seed, found)
    order = np.argsort(lowest, kind="stable")[:_ENOUGH]
    taken: list[Joint] = []
    for start in range(0, len(order), _STEP):
        some = order[start : start + _STEP]
        if len(taken) >= limit and int(lowest[some[0]]) >= taken[limit - 1].cost:
            break
        whole = items(uow, [found[place].id for place in some], index)
        joints = of_pairs([seed, *whole], [0] * len(whole), range(1, len(whole) + 1))
        taken = sorted([*taken, *joints], key=lambda joint: (joint.cost, joint.b))
    # Other encodings of what is there already are few: some more than asked for make up for them.
    first = taken[: limit + _SPARE]
    kept = set(near.one_encoding_each(uow, index, [joint.b for joint in first], [seed.id]))
    return [joint for joint in first if joint.b in kept][:limit]


def _known_price(seed: Item, found: Sequence[Item]) -> Ints:
    every = replace(costs.traits(found), percentile=levels(found))
    one = replace(costs.traits([seed]), percentile=levels([seed]), vector=None)
    first = one.take(np.zeros(len(found), np.int64))
    terms = costs.terms(first, every)
    total: Ints = terms["tempo"] + terms["key"] + terms["jump"]
    return total
