"""First orders: what is pinned and locked laid out, the holes filled by the cheapest next track."""

from __future__ import annotations

import numpy as np

from resonance.core.errors import Invalid
from resonance.sequencing.costs import Ints
from resonance.sequencing.dice import Dice
from resonance.sequencing.problem import Problem

_HOLE = -1
_TRIES = 200
_WORK = 40_000  # starts times tracks looked at in each step
_BARRED = 2**50


def greedy(problem: Problem, count: int, dice: Dice) -> list[Ints]:
    """Orders of `count` tracks that keep everything, from many first tracks, cheapest first, none twice."""
    layouts = [layout(problem, count, dice) for _ in range(3 if problem.runs else 1)]
    orders = np.concatenate([_filled(problem, template) for template in layouts])
    prices = problem.price(orders)
    seen: set[bytes] = set()
    found = []
    for row in np.argsort(prices, kind="stable"):
        mark = orders[row].tobytes()
        if mark not in seen:
            seen.add(mark)
            found.append(orders[row])
    return found


def layout(problem: Problem, count: int, dice: Dice) -> Ints:
    """`count` places with what is pinned and locked in them, -1 elsewhere. Invalid if that cannot be."""
    template = np.full(count, _HOLE, np.int64)
    for place, track in problem.pins.items():
        if not -count <= place < count or template[place] != _HOLE:
            raise Invalid("Two tracks are pinned to one place, or one beyond the end.", field="pins")
        template[place] = track
    floating = []
    for run in problem.runs:
        starts = {
            int(place) - step for step, track in enumerate(run) for place in np.flatnonzero(template == track)
        }
        if not starts:
            floating.append(run)
        elif len(starts) > 1 or not _fits(template, run, start := starts.pop()):
            raise Invalid("A locked run and the pinned places contradict each other.", field="locked")
        else:
            template[start : start + len(run)] = run
    if not floating:
        return template
    floating.sort(key=len, reverse=True)
    for attempt in range(_TRIES):
        laid = _laid(template, floating, None if attempt == 0 else dice, problem.places(count))
        if laid is not None:
            return laid
    raise Invalid("The locked runs do not fit between the pinned tracks.", field="locked")


def _fits(template: Ints, run: list[int], start: int) -> bool:
    if start < 0 or start + len(run) > len(template):
        return False
    there = template[start : start + len(run)]
    return bool(((there == _HOLE) | (there == run)).all())


def _laid(template: Ints, floating: list[list[int]], dice: Dice | None, places: Ints) -> Ints | None:
    """The runs in holes: where the curve likes them best, or anywhere by the dice."""
    laid = template.copy()
    for run in floating:
        length = len(run)
        free = [
            start for start in range(len(laid) - length + 1) if (laid[start : start + length] == _HOLE).all()
        ]
        if not free:
            return None
        if dice is None:
            prices = [
                sum(int(places[track, start + step]) for step, track in enumerate(run)) for start in free
            ]
            start = free[prices.index(min(prices))]
        else:
            start = free[0] if dice.below(2) else free[dice.below(len(free))]
        laid[start : start + length] = run
    return laid


def _filled(problem: Problem, template: Ints) -> Ints:
    """The template filled from different first tracks, a row each."""
    count, size = len(template), problem.size
    holes = np.flatnonzero(template == _HOLE)
    if not len(holes):
        return template[None, :]
    places, joints = problem.places(count), problem.joints
    open_tracks = np.ones(size, bool)
    open_tracks[template[template != _HOLE]] = False
    starts = np.flatnonzero(open_tracks)
    first = places[starts, holes[0]]
    starts = starts[np.argsort(first, kind="stable")[: max(4, _WORK // size)]]
    rows = np.arange(len(starts))
    orders = np.repeat(template[None, :], len(starts), axis=0)
    barred = np.repeat(np.where(open_tracks, 0, _BARRED)[None, :], len(starts), axis=0)
    quota = _Quota(problem, template, len(starts))
    for place in range(count):
        if template[place] != _HOLE:
            continue
        if place == holes[0]:
            chosen = starts
        else:
            price = barred + places[:, place] + quota.barred()
            if place:
                price += joints[orders[:, place - 1], :size]
            if place + 1 < count and template[place + 1] != _HOLE:
                price += joints[:size, template[place + 1]]
            for distance, table in problem.spread:
                if distance <= place:
                    price += table[orders[:, place - distance], :size]
            chosen = price.argmin(axis=1)
        orders[:, place] = chosen
        barred[rows, chosen] = _BARRED
        quota.took(chosen)
    return orders


class _Quota:
    """How many of each artist each row may still take."""

    def __init__(self, problem: Problem, template: Ints, rows: int) -> None:
        self._codes = problem.traits.artist
        self._rows = np.arange(rows)
        self._left: Ints | None = None
        if problem.cap is not None:
            left = np.full(int(self._codes.max(initial=0)) + 1, problem.cap, np.int64)
            for artist, taken in problem.artist_counts(template[template != _HOLE]).items():
                left[artist] -= taken
            self._left = np.repeat(left[None, :], rows, axis=0)

    def barred(self) -> Ints | int:
        if self._left is None:
            return 0
        full = (self._left[:, np.maximum(self._codes, 0)] <= 0) & (self._codes >= 0)
        return np.where(full, _BARRED // 4, 0)

    def took(self, chosen: Ints) -> None:
        if self._left is not None:
            codes = self._codes[chosen]
            self._left[self._rows[codes >= 0], codes[codes >= 0]] -= 1
