"""Choosing and ordering in one: `arrange` takes a request and gives the order with its joints explained."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from resonance.sequencing import costs, exact, joints
from resonance.sequencing.check import check
from resonance.sequencing.costs import Ints
from resonance.sequencing.curve import SCALE
from resonance.sequencing.dice import Dice
from resonance.sequencing.items import Arrangement, Item, Request
from resonance.sequencing.pose import check_layout, lengths, posed
from resonance.sequencing.problem import Problem
from resonance.sequencing.search import Found, search

Progress = Callable[[float, int], None]
Cancelled = Callable[[], bool]
Best = Callable[[float, int, tuple[str, ...]], None]

# Moves to price. Clashes can be left out when there is a choice; in a short list each weighs more.
_CHOOSING, _SHORT, _LONG = 10_000_000, 20_000_000, 26_000_000
_SHORT_MOST = 100


def arrange(
    request: Request,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    best: Best | None = None,
) -> Arrangement:
    """The best order found. Invalid, with the field, for what cannot be done.

    `progress` hears the share of the search done (0..1) and the best cost so far, `best` that order as well;
    `cancelled` is asked before every step, and once it is true the best order so far is the answer. A seed
    gives one answer on every machine, whatever the sequence of the pool.
    """
    check(request)
    problem, pool = posed(request)
    counts, first = lengths(request, problem)
    watch = _Watch(request.time_limit_s, _telling(pool, progress, best), cancelled)
    small = problem.size <= exact.TRACKS_MOST - (len(counts) > 1)
    if small:
        check_layout(problem, counts)
        order = exact.cheapest(problem, counts)
    else:
        budget = request.budget or _budget(problem.size, counts)
        order = search(problem, counts, first, Dice(request.seed), budget, watch).order
    if progress is not None:
        progress(1.0, int(problem.price(order)[0]))
    return explained(problem, pool, order, reproducible=not watch.cut, every=small)


def check_wishes(request: Request) -> None:
    """Invalid, with the field, for what `arrange` would refuse; nothing is searched."""
    check(request)
    problem, _ = posed(request)
    counts, _ = lengths(request, problem)
    check_layout(problem, counts)


def _budget(size: int, counts: range) -> int:
    if counts[0] < size:
        return _CHOOSING
    return _SHORT if size <= _SHORT_MOST else _LONG


def _telling(
    pool: Sequence[Item], progress: Progress | None, best: Best | None
) -> Callable[[float, Found], None]:
    def tell(share: float, found: Found) -> None:
        if progress is not None:
            progress(share, found.price)
        if best is not None:
            best(share, found.price, tuple(pool[track].id for track in found.order))

    return tell


class _Watch:
    """Tells how far the search is, and when it has to stop."""

    def __init__(
        self, limit_s: float | None, tell: Callable[[float, Found], None], cancelled: Cancelled | None
    ) -> None:
        self._until = None if limit_s is None else time.monotonic() + limit_s
        self._tell, self._cancelled = tell, cancelled
        self._told = -1
        self.cut = False

    def __call__(self, share: float, best: Found) -> bool:
        per_cent = min(int(share * 100), 99)
        if per_cent > self._told:
            self._told = per_cent
            self._tell(per_cent / 100, best)
        late = self._until is not None and time.monotonic() >= self._until
        self.cut = self.cut or late or (self._cancelled is not None and self._cancelled())
        return self.cut


def explained(
    problem: Problem, pool: Sequence[Item], order: Ints, *, reproducible: bool, every: bool
) -> Arrangement:
    """An order with its joints; `every` says that all orders were compared."""
    chosen = [pool[track] for track in order]
    rows = problem.traits.take(order)
    levels = problem.curve.levels(len(order))
    known = rows.percentile >= 0
    off = np.abs(rows.percentile - np.array(levels))[known]
    durations = [item.duration_s for item in chosen]
    curve_cost = costs.of_curve(rows.percentile, np.array(levels, np.int64)).diagonal().sum()
    return Arrangement(
        order=tuple(item.id for item in chosen),
        joints=tuple(joints.priced(problem.traits, pool, order[:-1], order[1:], problem.ignored)),
        cost=int(problem.price(order)[0]),
        curve_cost=int(curve_cost),
        energy_error=float(off.sum()) / SCALE / len(off) if len(off) else None,
        duration_s=None if None in durations else sum(length or 0 for length in durations),
        levels=tuple(levels),
        reproducible=reproducible,
        exact=every,
        evaluations=problem.evaluations,
    )
