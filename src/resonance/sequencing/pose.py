"""A request in whole numbers, and which lengths its answer may have."""

from __future__ import annotations

from collections import Counter

import numpy as np

from resonance.core.errors import Invalid
from resonance.sequencing import costs
from resonance.sequencing.dice import Dice
from resonance.sequencing.items import Item, Request
from resonance.sequencing.problem import Problem
from resonance.sequencing.start import layout

_MINUTE_MS = 60_000


def posed(request: Request) -> tuple[Problem, list[Item]]:
    """The request in numbers, and the tracks that these stand for: by id, whatever their sequence was."""
    pool = sorted(request.pool, key=lambda item: item.id)
    if request.minutes is not None:
        kept = {*request.pins, *request.kept} | {id_ for run in request.locked for id_ in run}
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
        leaning=_leaning(pool),
        kept={number[id_] for id_ in request.kept},
        ignored=request.ignored,
    )
    return problem, pool


def _leaning(pool: list[Item]) -> costs.Ints | None:
    if not any(item.at_start or item.at_end for item in pool):
        return None
    return np.array([[item.at_start for item in pool], [item.at_end for item in pool]], np.int64)


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


def lengths(request: Request, problem: Problem) -> tuple[range, int]:
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
            raise Invalid(f"{len(problem.must)} tracks are to be kept, more than {count}.", field="pick")
        return range(count, count + 1), count
    each = np.sort(problem.durations_ms)
    if int(each[::-1][:most].sum()) * 100 < problem.wanted_ms * 98:
        minutes = int(each[::-1][:most].sum()) / _MINUTE_MS
        raise Invalid(f"The pool gives at most {minutes:.0f} minutes.", field="minutes")
    fewest = 1 + int(np.searchsorted(np.cumsum(each[::-1]), problem.wanted_ms * 98 // 100))
    largest = max(1, int(np.searchsorted(np.cumsum(each), problem.wanted_ms * 102 // 100, side="right")))
    low = max(least, min(fewest, most))
    high = max(low, min(largest, most))
    if low > most:
        raise Invalid(f"{least} places are pinned or locked; the pool gives {most} tracks.", field="pins")
    middle = round(problem.wanted_ms * problem.size / int(each.sum()))
    return range(low, high + 1), min(max(middle, low), high)


def _most(problem: Problem, cap: int) -> int:
    named = Counter(int(artist) for artist in problem.traits.artist if artist >= 0)
    kept = problem.artist_counts(sorted(problem.must))
    if kept and max(kept.values()) > cap:
        raise Invalid(f"More than {cap} of one artist are pinned or locked.", field="max_per_artist")
    return problem.size - sum(max(0, count - cap) for count in named.values())


def check_layout(problem: Problem, counts: range) -> None:
    """Invalid if what is pinned and locked fits no length."""
    for count in counts:
        try:
            layout(problem, count, Dice(0))
        except Invalid:
            if count == counts[-1]:
                raise
        else:
            return
