"""Shuffle a queue: artists and albums from the catalogue, the order from playback.shuffle."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import and_, select

from resonance.core.errors import Invalid
from resonance.core.ids import is_id
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import track, track_artist
from resonance.library.catalogue.access import chunks, track_seen
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
    credits = _credits(uow, caller, track_ids)
    seen = [place for place, id_ in enumerate(track_ids) if id_ in credits]
    unseen = [place for place, id_ in enumerate(track_ids) if id_ not in credits]
    mixed = shuffled([credits[track_ids[place]] for place in seen], chosen)
    return QueueOrder([seen[number] for number in mixed] + unseen, chosen)


def _credits(uow: UnitOfWork, caller: Caller, track_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """(first artist, album) of the tracks that the caller sees; names and ids stand in where ids lack."""
    first = and_(
        track_artist.c.track_id == track.c.id,
        track_artist.c.role == "artist",
        track_artist.c.position == 0,
    )
    statement = select(track.c.id, track.c.artist_sort, track.c.album_id, track_artist.c.artist_id).outerjoin(
        track_artist, first
    )
    found: dict[str, tuple[str, str]] = {}
    for some in chunks([id_ for id_ in dict.fromkeys(track_ids) if is_id(id_)]):
        for row in uow.execute(statement.where(track.c.id.in_(some), *track_seen(caller))):
            found[row.id] = (row.artist_id or row.artist_sort or row.id, row.album_id or "")
    return found
