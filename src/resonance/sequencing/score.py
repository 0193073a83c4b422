"""How good a joint is, 0 to 100, from what its terms cost.

A joint loses a share of each term's points: nothing where the term costs nothing, all of them where it costs
the most. One clash of keys, or a tempo beyond what a pitch fader bridges, is enough to make a joint weak.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from resonance.sequencing import costs
from resonance.sequencing.costs import Ints
from resonance.sequencing.items import Joint

GOOD, FAIR = 85, 60  # from these on; below FAIR a joint is weak
# Name of the term: (points that it can take, what it costs at most).
_POINTS = {
    "tempo": (50, costs.TEMPO),
    "key": (50, costs.KEY),
    "jump": (25, costs.JUMP),
    "sound": (10, costs.SOUND),
    "mix": (5, costs.MIX),
    "artist": (45, costs.ARTIST),
    "album": (10, costs.ALBUM),
}
_REASONS = {"jump": "energy"}


@dataclass(frozen=True)
class Score:
    """0..100, and why a weak one is weak: tempo, key, energy, artist, album, sound, mix or unknown."""

    points: int
    weak_reason: str | None


def score(joint: Joint) -> Score:
    """The score of a joint."""
    lost = lost_points(joint.costs)
    points = max(0, 100 - -(-sum(lost.values()) // 1000))
    if points >= FAIR:
        return Score(points, None)
    term = max(lost, key=lambda name: lost[name])
    unknown = (term == "tempo" and joint.tempo_change_pct is None) or (
        term == "key" and joint.relation is None
    )
    return Score(points, "unknown" if unknown else _REASONS.get(term, term))


def lost_points(costs_of_terms: Mapping[str, int]) -> dict[str, int]:
    """What each term takes away, in thousandths of a point."""
    return {
        name: points * 1000 * min(costs_of_terms.get(name, 0), most) // most
        for name, (points, most) in _POINTS.items()
    }


def points(terms: Mapping[str, Ints]) -> Ints:
    """The scores of many joints, of what each term costs them."""
    lost = sum(
        most_points * 1000 * np.minimum(terms[name], most) // most
        for name, (most_points, most) in _POINTS.items()
        if name in terms
    )
    return np.maximum(0, 100 + -np.asarray(lost, np.int64) // 1000)


def average(scores: Sequence[int]) -> int | None:
    """The mean as a whole number; None of nothing."""
    return (2 * sum(scores) + len(scores)) // (2 * len(scores)) if scores else None
