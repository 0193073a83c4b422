"""Keeping one artist from crowding a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def spaced(
    items: Sequence[T],
    artist_of: Callable[[T], str],
    *,
    limit: int,
    per_artist: int | None = None,
    before: str = "",
) -> list[T]:
    """Up to `limit` of `items` in their order, no two neighbours by one artist while another is left.

    At most `per_artist` of each; "" stands for an unknown artist, who is never counted. `before` is the
    artist of what comes just before the list.
    """
    waiting = list(items)
    taken: list[T] = []
    count: Counter[str] = Counter()
    last = before
    while waiting and len(taken) < limit:
        place = next((index for index, item in enumerate(waiting) if not last or artist_of(item) != last), 0)
        item = waiting.pop(place)
        artist = artist_of(item)
        if artist and per_artist is not None and count[artist] >= per_artist:
            continue
        taken.append(item)
        count[artist] += 1
        last = artist
    return taken
