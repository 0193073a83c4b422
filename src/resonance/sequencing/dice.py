"""Chance that falls alike on every machine and in every version of Python and numpy."""

from __future__ import annotations

import random


class Dice:
    """Of a seed; only `getrandbits` is used, whose sequence Python keeps."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nothing secret

    def below(self, count: int) -> int:
        """A number from 0 to count - 1."""
        return (self._random.getrandbits(32) * count) >> 32

    def some(self, count: int, of: int) -> list[int]:
        """`count` different numbers below `of`, ascending."""
        chosen: set[int] = set()
        while len(chosen) < min(count, of):
            chosen.add(self.below(of))
        return sorted(chosen)
