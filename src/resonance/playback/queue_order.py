"""Shuffle a queue: artists and albums from the catalogue, the order from playback.shuffle."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from msgspec import Struct

from resonance.core.errors import Invalid
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue.batches import credits_of_tracks
from resonance.model.caller import Caller
from resonance.playback.shuffle import shuffled

MOST_TRACKS = 10_000
LARGEST_SEED = 2**53 - 1  # what every JSON reader takes


class QueueOrder(Struct, frozen=True):
    """`order` are positions in the list that was sent; `seed` gives the same order again."""

    order: list[int]
    seed: int


def order(uow: UnitOfWork, caller: Caller, track_ids: Sequence[str], seed: int | None = None) -> QueueOrder:
    """An order in which artists and albums keep their distance.

    What the caller cannot see stands at the end as it was. The same tracks and seed give the same order.
    Invalid for too many tracks or a seed outside 0..2^53-1.
    """
    if len(track_ids) > MOST_TRACKS:
        raise Invalid(f"A queue has up to {MOST_TRACKS} tracks.", field="track_ids")
    if seed is not None and not 0 <= seed <= LARGEST_SEED:
        raise Invalid("A seed lies between 0 and 2^53-1.", field="seed")
    chosen = secrets.randbelow(2**32) if seed is None else seed
    credits = credits_of_tracks(uow, caller, track_ids)
    seen = [place for place, id_ in enumerate(track_ids) if id_ in credits]
    unseen = [place for place, id_ in enumerate(track_ids) if id_ not in credits]
    mixed = shuffled([credits[track_ids[place]] for place in seen], chosen)
    return QueueOrder([seen[number] for number in mixed] + unseen, chosen)
