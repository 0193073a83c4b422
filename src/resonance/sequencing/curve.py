"""The energy that a set should have from its beginning to its end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from resonance.core.errors import Invalid

SCALE = 1000
_POINTS_MOST = 500


@dataclass(frozen=True)
class Curve:
    """Points (share of the set 0..1, level 0..1), joined by straight lines, level beyond the ends.

    A level is a percentile of the pool's energies: 0 its calmest track, 1 its most energetic one.
    """

    name: str
    points: tuple[tuple[float, float], ...]

    def levels(self, count: int) -> list[int]:
        """The level at each of `count` places, in thousandths."""
        last = max(count - 1, 1)
        return [round(self.level(place / last) * SCALE) for place in range(count)]

    def level(self, share: float) -> float:
        """The level at a share of the set."""
        before = self.points[0]
        for point in self.points:
            if share <= point[0]:
                width = point[0] - before[0]
                along = (share - before[0]) / width if width > 0 else 1.0
                return before[1] + (point[1] - before[1]) * along
            before = point
        return before[1]


NAMED = {
    "rise": ((0.0, 0.15), (1.0, 0.95)),
    "fall": ((0.0, 0.95), (1.0, 0.15)),
    "arc": ((0.0, 0.3), (0.65, 0.95), (1.0, 0.45)),
    "wave": ((0.0, 0.3), (0.2, 0.8), (0.4, 0.45), (0.6, 0.9), (0.8, 0.5), (1.0, 0.85)),
    "flat": ((0.0, 0.5), (1.0, 0.5)),
}


def named(name: str) -> Curve:
    """One of the curves that have a name. Invalid for another."""
    if name not in NAMED:
        raise Invalid(f"A curve is one of {', '.join(NAMED)}, or a list of points.", field="curve")
    return Curve(name, NAMED[name])


def drawn(points: Sequence[Sequence[float]]) -> Curve:
    """A curve of one's own. Invalid unless the points go forward and lie within 0..1."""
    if not 1 <= len(points) <= _POINTS_MOST:
        raise Invalid(f"A curve has 1 to {_POINTS_MOST} points.", field="curve")
    made: list[tuple[float, float]] = []
    for point in points:
        if len(point) != 2 or not all(math.isfinite(value) and 0 <= value <= 1 for value in point):
            raise Invalid("A point of a curve is two numbers from 0 to 1: place and level.", field="curve")
        made.append((float(point[0]), float(point[1])))
    if any(after[0] <= before[0] for before, after in pairwise(made)):
        raise Invalid("The points of a curve go forward.", field="curve")
    return Curve("drawn", tuple(made))
