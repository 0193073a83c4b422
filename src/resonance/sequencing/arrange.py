"""Choosing and ordering in one: `arrange` takes a request and gives the order with its joints explained."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from resonance.core.errors import Invalid
from resonance.sequencing import costs, exact
from resonance.sequencing.check import check
from resonance.sequencing.costs import Ints
from resonance.sequencing.curve import SCALE
from resonance.sequencing.dice import Dice
from resonance.sequencing.items import Arrangement, Item, Joint, Request
from resonance.sequencing.problem import Problem
from resonance.sequencing.search import search
from resonance.sequencing.start import layout
from resonance.sequencing.wheel import COMPATIBLE, relation

Progress = Callable[[float, int], None]
Cancelled = Callable[[], bool]

_BUDGET = 6_000_000
_MINUTE_MS = 60_000


def arrange(
    request: Request, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Arrangement:
    """The best order found. Invalid, with the field, for what cannot be done.

    `progress` hears the share of the search done (0..1) and the best cost so far; `cancelled` is asked as
    often, and once it is true the best order so far is the answer. A seed gives one answer on every machine,
    whatever the sequence of the pool.
    """
    check(request)
    pool = sorted(request.pool, key=lambda item: item.id)
    problem, pool = _posed(request, pool)
    counts, first = _lengths(request, problem)
    watch = _Watch(request.time_limit_s, progress, cancelled)
    small = problem.size <= exact.TRACKS_MOST - (len(counts) > 1)
    if small:
        _check_layout(problem, counts)
        order = exact.cheapest(problem, counts)
    else:
        budget = request.budget or _BUDGET
        order = search(problem, counts, first, Dice(request.seed), budget, watch).order
    if progress is not None:
        progress(1.0, int(problem.price(order)[0]))
    return _explained(problem, pool, order, reproducible=not watch.cut, every=small)


class _Watch:
    """Tells how far the search is, and when it has to stop."""

    def __init__(self, limit_s: float | None, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._until = None if limit_s is None else time.monotonic() + limit_s
        self._progress, self._cancelled = progress, cancelled
        self._told = -1
        self.cut = False

    def __call__(self, share: float, price: int) -> bool:
        per_cent = min(int(share * 100), 99)
        if self._progress is not None and per_cent > self._told:
            self._told = per_cent
            self._progress(per_cent / 100, price)
        late = self._until is not None and time.monotonic() >= self._until
        self.cut = self.cut or late or (self._cancelled is not None and self._cancelled())
        return self.cut


def _posed(request: Request, pool: list[Item]) -> tuple[Problem, list[Item]]:
    """The request in numbers, and the tracks that the numbers stand for."""
    if request.minutes is not None:
        kept = set(request.pins) | {id_ for run in request.locked for id_ in run}
        for item in pool:
            if item.duration_s is None and item.id in kept:
                raise Invalid(
                    f"The length of {item.id!r} is not known, so minutes cannot be met.", field="minutes"
                )
        pool = [item for item in pool if item.duration_s is not None]
        if not pool:
            raise Invalid("The length of no track is known, so minutes cannot be met.", field="minutes")
    number = {item.id: place for place, item in enumerate(pool)}
    count = None if request.minutes is not None else request.pick or len(pool)
    problem = Problem(
        traits=costs.traits(pool),
        curve=request.curve,
        durations_ms=np.array([round((item.duration_s or 0) * 1000) for item in pool], np.int64),
        pins=_pins(request, number, count),
        runs=[[number[id_] for id_ in run] for run in request.locked],
        artist_gap=request.artist_gap,
        album_gap=request.album_gap,
        wanted_ms=None if request.minutes is None else round(request.minutes * _MINUTE_MS),
        cap=request.max_per_artist,
    )
    return problem, pool


def _pins(request: Request, number: dict[str, int], count: int | None) -> dict[int, int]:
    pins: dict[int, int] = {}
    for id_, place in sorted(request.pins.items()):
        at = place + count if count is not None and place < 0 else place
        if count is not None and not 0 <= at < count:
            raise Invalid(f"{id_!r} is pinned to place {place} of {count}.", field="pins")
        if at in pins:
            raise Invalid(f"Two tracks are pinned to place {place}.", field="pins")
        pins[at] = number[id_]
    return pins


def _lengths(request: Request, problem: Problem) -> tuple[range, int]:
    """How many tracks the answer may have, and with how many to start. Invalid if there are too few."""
    most = problem.size
    if request.max_per_artist is not None:
        most = _most(problem, request.max_per_artist)
    ahead = max((place + 1 for place in problem.pins if place >= 0), default=0)
    behind = max((-place for place in problem.pins if place < 0), default=0)
    least = max(1, len(problem.must), ahead + behind)
    if problem.wanted_ms is None:
        count = request.pick or problem.size
        if count > most:
            raise Invalid(
                f"With so few by one artist the pool gives {most} tracks, not {count}.", field="pick"
            )
        if count < len(problem.must):
            raise Invalid(
                f"{len(problem.must)} tracks are pinned or locked, more than {count}.", field="pick"
            )
        return range(count, count + 1), count
    lengths = np.sort(problem.durations_ms)
    if int(lengths[::-1][:most].sum()) * 100 < problem.wanted_ms * 98:
        minutes = int(lengths[::-1][:most].sum()) / _MINUTE_MS
        raise Invalid(f"The pool gives at most {minutes:.0f} minutes.", field="minutes")
    fewest = 1 + int(np.searchsorted(np.cumsum(lengths[::-1]), problem.wanted_ms * 98 // 100))
    largest = max(1, int(np.searchsorted(np.cumsum(lengths), problem.wanted_ms * 102 // 100, side="right")))
    low = max(least, min(fewest, most))
    high = max(low, min(largest, most))
    if low > most:
        raise Invalid(f"{least} places are pinned or locked; the pool gives {most} tracks.", field="pins")
    middle = round(problem.wanted_ms * problem.size / int(lengths.sum()))
    return range(low, high + 1), min(max(middle, low), high)


def _most(problem: Problem, cap: int) -> int:
    named = Counter(int(artist) for artist in problem.traits.artist if artist >= 0)
    kept = problem.artist_counts(sorted(problem.must))
    if kept and max(kept.values()) > cap:
        raise Invalid(f"More than {cap} of one artist are pinned or locked.", field="max_per_artist")
    return problem.size - sum(max(0, count - cap) for count in named.values())


def _check_layout(problem: Problem, counts: range) -> None:
    """Invalid if what is pinned and locked fits no length."""
    for count in counts:
        try:
            layout(problem, count, Dice(0))
        except Invalid:
            if count == counts[-1]:
                raise
        else:
            return


def _explained(
    problem: Problem, pool: Sequence[Item], order: Ints, *, reproducible: bool, every: bool
) -> Arrangement:
    chosen = [pool[track] for track in order]
    rows = problem.traits.take(order)
    levels = problem.curve.levels(len(order))
    known = rows.percentile >= 0
    off = np.abs(rows.percentile - np.array(levels))[known]
    lengths = [item.duration_s for item in chosen]
    curve_cost = costs.of_curve(rows.percentile, np.array(levels, np.int64)).diagonal().sum()
    return Arrangement(
        order=tuple(item.id for item in chosen),
        joints=_joints(problem, chosen, order),
        cost=int(problem.price(order)[0]),
        curve_cost=int(curve_cost),
        energy_error=float(off.sum()) / SCALE / len(off) if len(off) else None,
        duration_s=None if None in lengths else sum(length for length in lengths if length is not None),
        levels=tuple(levels),
        reproducible=reproducible,
        exact=every,
        evaluations=problem.evaluations,
    )


def _joints(problem: Problem, chosen: Sequence[Item], order: Ints) -> tuple[Joint, ...]:
    if len(order) < 2:
        return ()
    before, after = problem.traits.take(order[:-1]), problem.traits.take(order[1:])
    terms = {name: np.broadcast_to(term, len(order) - 1) for name, term in costs.terms(before, after).items()}
    change, counted = costs.tempo_change(before.bpm, after.bpm)
    joints = []
    for place, (a, b) in enumerate(pairwise(chosen)):
        kind = None if a.key is None or b.key is None else relation(a.key, b.key)
        known = a.bpm is not None and b.bpm is not None
        joints.append(
            Joint(
                a=a.id,
                b=b.id,
                costs={name: int(term[place]) for name, term in terms.items()},
                tempo_change_pct=round(float(change[place]), 2) if known else None,
                tempo_factor=float(counted[place]) if known else None,
                relation=kind,
                compatible=None if kind is None else kind in COMPATIBLE,
            )
        )
    return tuple(joints)
