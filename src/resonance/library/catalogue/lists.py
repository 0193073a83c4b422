"""Ordered id lists: what offset pages, random picks and orders without an index read from.

Made once per (version, caller's libraries, query) and then sliced.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import gcd
from typing import Any

from sqlalchemy import Select

from resonance.core.paging import decode_cursor, encode_cursor
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue.access import mask
from resonance.library.catalogue.cache import Ids, list_mark, remembered
from resonance.library.catalogue.pages import checked_limit, stale
from resonance.model.caller import Caller

_LARGEST = 2**31


def ordered_ids(
    uow: UnitOfWork,
    caller: Caller,
    key: Hashable,
    *,
    own: bool,
    heard: bool = False,
    select: Callable[[], Select[Any]],
) -> Ids:
    """The ids that `select()` gives, in its order.

    `own`: the list depends on the caller's likes or plays; `heard`: on the analysis.
    """
    version = list_mark(uow, caller, own=own, heard=heard)
    who = caller.user_id if own else None

    def make() -> Ids:
        return Ids(uow.execute(select(), {"me": caller.user_id}).scalars())

    return remembered(uow, ("ids", key, mask(caller), who), version, make, lambda ids: ids.cost)


@dataclass(frozen=True)
class Slice:
    """Some ids of a list and the cursor of the next ones."""

    ids: list[str]
    next: str | None


def list_page(ids: Ids, *, name: str, cursor: str | None, limit: int) -> Slice:
    """A page of an ordered list. When the list changed meanwhile, it continues after the last id shown."""
    limit = checked_limit(limit)
    start = 0
    if cursor is not None:
        label, offset, last = decode_cursor(cursor, 3)
        if label != name or not _index(offset) or not isinstance(last, str):
            raise stale()
        assert isinstance(offset, int)
        start = offset
        if last and ids.at(offset - 1) != last:
            place = ids.find(last)
            start = offset if place is None else place + 1
    some = ids.slice(start, limit)
    end = start + len(some)
    return Slice(some, encode_cursor(name, end, some[-1]) if some and end < len(ids) else None)


def random_page(ids: Ids, *, name: str, cursor: str | None, limit: int) -> Slice:
    """A page of a shuffled list; the cursor carries the seed, so pages of one walk never repeat a row."""
    limit = checked_limit(limit)
    seed, start = random.randrange(1, _LARGEST), 0  # noqa: S311 - a playing order, not a secret
    if cursor is not None:
        label, given, offset = decode_cursor(cursor, 3)
        if label != name or not _index(given) or not _index(offset):
            raise stale()
        assert isinstance(given, int)
        assert isinstance(offset, int)
        seed, start = given, offset
    end = min(start + limit, len(ids))
    step, shift = _permutation(seed, len(ids))
    some = [ids.at((index * step + shift) % len(ids)) for index in range(start, end)]
    return Slice(some, encode_cursor(name, seed, end) if end < len(ids) else None)


def sample(ids: Ids, count: int) -> list[str]:
    """`count` different ids at random, all of them shuffled when there are fewer."""
    picked = random.sample(range(len(ids)), min(max(count, 0), len(ids)))
    return [ids.at(index) for index in picked]


def _permutation(seed: int, length: int) -> tuple[int, int]:
    """Step and shift of a walk that meets each of `length` places once.

    The ids underneath stand in id order, which is random already; the walk only has to differ by seed.
    """
    dice = random.Random(seed)  # noqa: S311 - as above
    step = dice.randrange(1, max(length, 2))
    while gcd(step, length) != 1:
        step = step % length + 1
    return step, dice.randrange(max(length, 1))


def _index(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST
