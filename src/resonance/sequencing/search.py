"""The search: greedy starts, local optima, children of two of them, small kicks, until the budget is used.

A step may make things a little worse, ever less so as the budget is used up. Orders of different lengths are
compared by their price for each track.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from resonance.sequencing.climb import climb
from resonance.sequencing.costs import Ints
from resonance.sequencing.dice import Dice
from resonance.sequencing.problem import Problem
from resonance.sequencing.start import greedy

# A short order has deep hollows, which kin from other starts lead out of; a long one has room to improve all
# along its length, and needs the whole budget for itself.
SHORT_MOST = 100
_KIN_SHORT, _KIN_LONG = 5, 1
# How much worse a step may at first be and still be taken: of a clash of keys, 2000.
_PATIENCE_SHORT, _PATIENCE_LONG = 500, 1000
_THROWS_SHORT, _THROWS_LONG = 1, 3  # cuts thrown for one that is taken, the dearest joint
_REACH_SHORT, _REACH_LONG = 50, 40  # places either way of a kick that may settle anew
_SHAKEN_SHORT, _SHAKEN_LONG = 50, 20  # places either way that a kick may cut


@dataclass(frozen=True)
class Found:
    """An order and its price."""

    order: Ints
    price: int

    def beats(self, other: Found) -> bool:
        """Whether it is cheaper for its length."""
        return self.price * len(other.order) < other.price * len(self.order)


def search(
    problem: Problem,
    counts: range,
    first: int,
    dice: Dice,
    budget: int,
    tick: Callable[[float, Found], bool],
) -> Found:
    """The best order of one of `counts` lengths, starting with `first`.

    `tick(share of the budget used, the best so far)` is asked before every step; True ends the search.
    """
    short = first <= SHORT_MOST
    patience = _PATIENCE_SHORT if short else _PATIENCE_LONG
    family: list[Found] = []
    starts = greedy(problem, first, dice)
    for start in starts[:: -(-len(starts) // (_KIN_SHORT if short else _KIN_LONG))]:
        if family and (problem.evaluations * 3 > budget or tick(problem.evaluations / budget, _best(family))):
            break
        family.append(Found(*climb(problem, start)))
    best = _best(family)
    kin = 0
    while problem.evaluations < budget and not tick(problem.evaluations / budget, best):
        kin = (kin + 1) % len(family)
        child = _next(problem, counts, family, kin, dice)
        if child is None:
            problem.evaluations += 1000
            continue
        slack = patience * max(0, budget - problem.evaluations) * dice.below(1000) // (1000 * budget)
        if (child.price - slack) * len(family[kin].order) <= family[kin].price * len(child.order):
            family[kin] = child
            if child.beats(best):
                best = child
    return best


def _best(family: list[Found]) -> Found:
    best = family[0]
    for other in family[1:]:
        if other.beats(best):
            best = other
    return best


def _next(problem: Problem, counts: range, family: list[Found], kin: int, dice: Dice) -> Found | None:
    """A child of one of the family, settled in a local optimum."""
    parent = family[kin].order
    throw = dice.below(8)
    if dice.below(3) == 0 and 3 < len(parent) <= SHORT_MOST and len(family) > 1:
        other = family[(kin + 1 + dice.below(len(family) - 1)) % len(family)].order
        child = crossed(parent, other, dice)
        if child is None or not problem.keeps(child):
            return None
        return Found(*climb(problem, child))
    if throw <= 3 and len(counts) > 1:
        child = _resized(problem, counts, parent, dice)
        return None if child is None else Found(*climb(problem, child))
    if throw <= 4 and problem.size > len(parent):
        place = dice.below(len(parent))
        child = _replaced(problem, parent, place, dice)
    else:
        place = dice.below(len(parent))
        child = _scrambled(parent, place, dice) if throw == 7 else _bridged(problem, parent, place, dice)
    if child is None or not problem.keeps(child):
        return None
    reach = _REACH_SHORT if len(child) <= SHORT_MOST else _REACH_LONG
    return Found(*climb(problem, child, max(0, place - reach), min(len(child), place + reach)))


def crossed(a: Ints, b: Ints, dice: Dice) -> Ints | None:
    """Order crossover: a stretch of `a` where it is, round it what else `b` has, in the order of `b`."""
    start, end = dice.some(2, len(a) + 1)
    kept = a[start:end]
    rest = b[~np.isin(b, kept)]
    if len(rest) < len(a) - len(kept):
        return None
    rest = (
        rest[: len(a) - len(kept)]
        if len(b) <= len(a)
        else np.delete(rest, dice.some(len(rest) - len(a) + len(kept), len(rest)))
    )
    return np.concatenate([rest[:start], kept, rest[start:]])


def _bridged(problem: Problem, order: Ints, place: int, dice: Dice) -> Ints | None:
    """Two neighbouring stretches near a place exchanged (a double bridge), cut where joints are dear."""
    shaken = _SHAKEN_SHORT if len(order) <= SHORT_MOST else _SHAKEN_LONG
    low, high = max(0, place - shaken), min(len(order), place + shaken)
    if high - low < 3:
        return None
    dear = np.zeros(len(order) + 1, np.int64)
    dear[1:-1] = problem.joints[order[:-1], order[1:]]
    throws = _THROWS_SHORT if len(order) <= SHORT_MOST else _THROWS_LONG
    cuts: set[int] = set()
    while len(cuts) < 3:
        thrown = [low + dice.below(high - low + 1) for _ in range(throws)]
        cuts.add(max(thrown, key=lambda cut: int(dear[cut])))
    a, b, c = sorted(cuts)
    return np.concatenate([order[:a], order[b:c], order[a:b], order[c:]])


def _scrambled(order: Ints, place: int, dice: Dice) -> Ints:
    """A few tracks near a place change seats."""
    shaken = _SHAKEN_SHORT if len(order) <= SHORT_MOST else _SHAKEN_LONG
    low, high = max(0, place - shaken), min(len(order), place + shaken)
    seats = [low + seat for seat in dice.some(3 + dice.below(3), high - low)]
    tracks = list(order[seats])
    child = order.copy()
    for seat in seats:
        child[seat] = tracks.pop(dice.below(len(tracks)))
    return child


def _replaced(problem: Problem, order: Ints, place: int, dice: Dice) -> Ints | None:
    """Up to three tracks near a place replaced by others."""
    there = np.ones(problem.size, bool)
    there[order] = False
    outside = np.flatnonzero(there)
    child = order.copy()
    for step in range(1 + dice.below(3)):
        at = place + step
        if at >= len(order) or step >= len(outside) or int(order[at]) in problem.must:
            break
        chosen = dice.below(len(outside))
        child[at] = outside[chosen]
        outside = np.delete(outside, chosen)
    return child


def _resized(problem: Problem, counts: range, order: Ints, dice: Dice) -> Ints | None:
    """One track more or less."""
    place = dice.below(len(order))
    if dice.below(2):
        there = np.ones(problem.size, bool)
        there[order] = False
        outside = np.flatnonzero(there)
        if not len(outside) or len(order) + 1 not in counts:
            return None
        child = np.insert(order, place, outside[dice.below(len(outside))])
    else:
        if len(order) - 1 not in counts or int(order[place]) in problem.must:
            return None
        child = np.delete(order, place)
    return child if problem.keeps(child) else None
