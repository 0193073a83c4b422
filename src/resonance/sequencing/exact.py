"""Small pools: every order is compared."""

from __future__ import annotations

import numpy as np

from resonance.sequencing.costs import Ints
from resonance.sequencing.problem import Problem

TRACKS_MOST = 9
_AT_ONCE = 50_000


def cheapest(problem: Problem, counts: range) -> Ints:
    """The cheapest order of any of these lengths, for its length; of equals the first by number."""
    best: tuple[int, Ints] | None = None
    for count in counts:
        every = orders(problem.size, count)
        for start in range(0, len(every), _AT_ONCE):
            some = every[start : start + _AT_ONCE].astype(np.int64)
            prices = problem.price(some)
            row = int(prices.argmin())
            price = int(prices[row])
            if best is None or price * len(best[1]) < best[0] * count:
                best = price, some[row]
        problem.evaluations += len(every)
    assert best is not None
    return best[1]


def orders(size: int, count: int) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    """All orders of `count` of `size` tracks, ascending."""
    rows = np.zeros((1, 0), np.int8)
    for _ in range(count):
        wider = np.empty((len(rows), size, rows.shape[1] + 1), np.int8)
        wider[:, :, :-1] = rows[:, None, :]
        wider[:, :, -1] = np.arange(size)
        new = (wider[:, :, :-1] != wider[:, :, -1:]).all(axis=2)
        rows = wider[new]
    return rows
