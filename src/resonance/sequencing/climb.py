"""Improving an order move by move until no single move helps."""

from __future__ import annotations

import numpy as np

from resonance.sequencing.costs import Ints
from resonance.sequencing.moves import FINE_MOST, REPLACE, Move, Window, made
from resonance.sequencing.problem import Problem

WINDOW = 240  # more places than this are improved piece by piece
_WHOLE = 16  # moves priced whole when tracks may come back too soon
_LEAST = 4000  # what a look around costs, in priced moves, however small


def climb(problem: Problem, order: Ints, low: int = 0, high: int | None = None) -> tuple[Ints, int]:
    """(a local optimum of the places low..high, its price)."""
    high = len(order) if high is None else high
    if high - low <= WINDOW:
        return _climb(problem, order, low, high)
    price = int(problem.price(order)[0])
    while True:
        before = price
        for start in range(low, high - WINDOW // 2, WINDOW // 2):
            order, price = _climb(problem, order, start, min(start + WINDOW, high))
        if price == before:
            return order, price


def _climb(problem: Problem, order: Ints, low: int, high: int) -> tuple[Ints, int]:
    price = int(problem.price(order)[0])
    lengths = tuple(sorted({2, 3, *map(len, problem.runs)}))
    # Of a short order blocks are looked at when nothing else helps; in a long one many moves go together.
    first = (1,) if len(order) <= FINE_MOST else (1, *lengths)
    chooses = problem.size > len(order)
    most = _WHOLE if problem.spread or problem.cap is not None else None
    while True:
        outside = _outside(problem, order) if chooses else None
        window = Window(problem, order, low, high, lengths[-1])
        moves = _paying(problem, order, price, window.best(first, outside, most))
        if not moves and first != (1, *lengths):
            moves = _paying(problem, order, price, window.blocks(lengths, most))
        if not moves:
            return order, price
        order, price = _taken(problem, order, price, moves)


def _paying(problem: Problem, order: Ints, price: int, seen: tuple[list[Move], int]) -> list[Move]:
    moves, priced = seen
    problem.evaluations += max(priced, _LEAST)
    if problem.spread or problem.cap is not None:
        return _whole(problem, order, price, moves)
    return moves


def _outside(problem: Problem, order: Ints) -> Ints:
    there = np.ones(problem.size, bool)
    there[order] = False
    return np.flatnonzero(there)


def _whole(problem: Problem, order: Ints, price: int, moves: list[Move]) -> list[Move]:
    """The moves that still pay when the whole order is priced, best first."""
    if not moves:
        return []
    prices = problem.price(np.stack([made(order, move) for move in moves]))
    exact = [
        Move(int(after) - price, move.kind, move.i, move.j, move.extra)
        for after, move in zip(prices, moves, strict=True)
        if after < price
    ]
    return sorted(exact, key=lambda move: move.added)


def _taken(problem: Problem, order: Ints, price: int, moves: list[Move]) -> tuple[Ints, int]:
    """The order after the best move, and with it all others that do not touch each other."""
    apart = 1 + max((distance for distance, _ in problem.spread), default=1)
    spans: list[tuple[int, int]] = []
    came: set[int] = set()
    after = order
    for move in moves:
        low, high = move.span
        if any(low <= last + apart and first <= high + apart for first, last in spans):
            continue
        if move.kind == REPLACE:
            if move.extra in came or (came and (problem.wanted_ms is not None or problem.cap is not None)):
                continue
            came.add(move.extra)
        spans.append((low, high))
        after = made(after, move)
    alone = price + moves[0].added
    if len(spans) > 1:
        together = int(problem.price(after)[0])
        if together <= alone:
            return after, together
    return made(order, moves[0]), alone
