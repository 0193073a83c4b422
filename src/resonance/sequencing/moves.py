"""Every small change of an order, priced at once by what it changes.

A window is a stretch of places that may change. Four kinds of move, as arrays of (what it adds to the price):
turn a stretch round (2-opt), carry a block elsewhere (Or-opt), exchange two tracks, replace a track by one
that is not there. What tracks cost that come back too soon (`apart`) is only nearly right in these prices:
the caller prices the few best moves whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from resonance.sequencing.apart import Apart
from resonance.sequencing.costs import Ints
from resonance.sequencing.problem import OVER_CAP, Problem

TURN, CARRY, EXCHANGE, REPLACE = range(4)
NEVER = 2**60
# Longer orders are searched better by more moves than by truer prices of turned stretches and blocks.
FINE_MOST = 100


@dataclass(frozen=True)
class Move:
    """`added` to the price by a move of a kind: places i and j, block length, or the track that comes in."""

    added: int
    kind: int
    i: int
    j: int
    extra: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """First and last place that it changes."""
        if self.kind == REPLACE:
            return self.i, self.i
        low, high = min(self.i, self.j), max(self.i, self.j)
        return (low, high + self.extra - 1) if self.kind == CARRY else (low, high)


def made(order: Ints, move: Move) -> Ints:
    """The order after a move."""
    after = order.copy()
    i, j = move.i, move.j
    if move.kind == TURN:
        after[i : j + 1] = order[i : j + 1][::-1]
    elif move.kind == EXCHANGE:
        after[i], after[j] = order[j], order[i]
    elif move.kind == REPLACE:
        after[i] = move.extra
    elif j > i:
        after[i:j] = order[i + move.extra : j + move.extra]
        after[j : j + move.extra] = order[i : i + move.extra]
    else:
        after[j + move.extra : i + move.extra] = order[j:i]
        after[j : j + move.extra] = order[i : i + move.extra]
    return after


class Window:
    """The prices around the places `low` to `high` (not included) of an order."""

    def __init__(self, problem: Problem, order: Ints, low: int, high: int, longest: int = 3) -> None:
        self.problem, self.order, self.low, self.high = problem, order, low, high
        self.width = high - low
        none = problem.size
        self.row = np.empty(self.width + 2, np.int64)
        self.row[1:-1] = order[low:high]
        self.row[0] = order[low - 1] if low else none
        self.row[-1] = order[high] if high < len(order) else none
        self.joint = problem.joints[self.row[:, None], self.row]
        self.place = problem.places(len(order))[order[low:high], low:high]
        self.here = self.place.diagonal()
        self.moved = self.place - self.here[:, None]
        self.back = np.ascontiguousarray(self.joint.T)
        self.forward = self.joint.diagonal(1)
        self.fine = len(order) <= FINE_MOST
        self.apart = Apart(problem, order, low, high, longest) if problem.spread else None

    def best(
        self, lengths: tuple[int, ...], outside: Ints | None, most: int | None
    ) -> tuple[list[Move], int]:
        """(the best move of each kind at each place that could pay, best first; how many were priced)."""
        tables = [(TURN, 0, self.turns()), (EXCHANGE, 0, self.exchanges()), *self._carried(lengths)]
        found = [self._improving(*table, None) for table in tables]
        if outside is not None and outside.size:
            tables.append((REPLACE, 0, self.replacements(outside)))
            found.append(self._improving(*tables[-1], outside))
        return _first(found, most), sum(table.size for *_, table in tables)

    def blocks(self, lengths: tuple[int, ...], most: int | None) -> tuple[list[Move], int]:
        """The same of blocks of these lengths alone."""
        tables = self._carried(lengths)
        found = [self._improving(*table, None) for table in tables]
        return _first(found, most) if found else [], sum(table.size for *_, table in tables)

    def _carried(self, lengths: tuple[int, ...]) -> list[tuple[int, int, Ints]]:
        return [(CARRY, length, self.carries(length)) for length in lengths if length < self.width]

    def turns(self) -> Ints:
        """[i, j]: places i to j backwards."""
        grid = _grid(self.width)
        joint, forward = self.joint, self.forward
        inner = np.zeros(self.width + 2, np.int64)
        np.cumsum(joint.diagonal(-1) - forward, out=inner[1:])
        table = joint[:-2, 1:-1] + joint[1:-1, 2:]
        table -= (forward[:-1] + inner[1:-1])[:, None]
        table += (inner[1:-1] - forward[1:])[None, :]
        # A turned stretch lies on a diagonal from top right to bottom left; slanted, those are columns.
        slanted = np.zeros((self.width + 1, 2 * self.width), np.int64)
        flat = slanted[1:].reshape(-1)
        flat[grid.slant] = self.place
        np.cumsum(slanted, axis=0, out=slanted)
        flat = slanted.reshape(-1)
        table += flat[grid.turn_end] - flat[grid.turn_start]
        still = np.zeros(self.width + 1, np.int64)
        np.cumsum(self.here, out=still[1:])
        table += still[:-1, None] - still[None, 1:]
        if self.apart is not None and self.fine:
            table += self.apart.turns()
        table[grid.not_above] = NEVER
        return table

    def carries(self, length: int) -> Ints:
        """[i, j]: the `length` tracks from i so that they start at j."""
        width, joint, forward = self.width, self.joint, self.forward
        count = width - length + 1
        grid = _grid(count)
        moved = self.moved
        table = moved[:count, :count].copy()
        for step in range(1, length):
            table += moved[step : step + count, step : step + count]
        ends = joint[np.arange(count), np.arange(length + 1, length + 1 + count)]
        table += (ends - forward[:count] - forward[length:])[:, None]
        # What is jumped over moves up or down by the block's length.
        down, up = np.zeros(width + 1, np.int64), np.zeros(width + 1, np.int64)
        np.cumsum(moved.diagonal(-length), out=down[length + 1 :])
        np.cumsum(moved.diagonal(length), out=up[1:count])
        firsts, lasts = slice(1, count + 1), slice(length, width + 1)
        right = self.back[firsts, length : width + 1] + joint[lasts, length + 1 :]
        right += (down[length:] - forward[length:])[None, :] - down[length:][:, None]
        left = self.back[firsts, :count] + joint[lasts, 1 : count + 1]
        left -= (up[:count] + forward[:count])[None, :]
        left += up[:count][:, None]
        table += np.where(grid.above, right, left)
        if self.apart is not None and (self.fine or length == 1):
            table += self.apart.carries(length)
        np.fill_diagonal(table, NEVER)
        return table

    def exchanges(self) -> Ints:
        """[i, j]: the tracks at i and j, which are no neighbours."""
        grid = _grid(self.width)
        joint, forward = self.joint, self.forward
        into = joint[:-2, 1:-1] + self.back[2:, 1:-1] + self.place.T
        table = into + into.T
        alone = forward[:-1] + forward[1:] + self.here
        table -= alone[:, None]
        table -= alone[None, :]
        if self.apart is not None:
            table += self.apart.exchanges()
        table[grid.near_or_below] = NEVER
        return table

    def replacements(self, outside: Ints) -> Ints:
        """[i, x]: the track at i replaced by outside[x]."""
        problem = self.problem
        joints = problem.joints
        table = joints[self.row[:-2][:, None], outside] + joints[outside[:, None], self.row[2:]].T
        table += problem.places(len(self.order))[outside, self.low : self.high].T
        table -= (self.forward[:-1] + self.forward[1:] + self.here)[:, None]
        if self.apart is not None:
            table += self.apart.replacements(outside)
        tracks = self.row[1:-1]
        if problem.wanted_ms is not None:
            length = problem.durations_ms[self.order].sum()
            after = length - problem.durations_ms[tracks][:, None] + problem.durations_ms[outside]
            table += problem.overtime(after) - problem.overtime(length)
        if problem.cap is not None:
            counts = problem.artist_counts(self.order)
            codes = problem.traits.artist
            full = np.array([counts.get(int(code), 0) >= problem.cap for code in codes[outside]])
            over = np.array([counts.get(int(code), 0) > problem.cap for code in codes[tracks]])
            same = codes[tracks][:, None] == codes[outside]
            table += np.where(same, 0, full[None, :] * OVER_CAP - over[:, None] * OVER_CAP)
        return table

    def _improving(self, kind: int, extra: int, table: Ints, outside: Ints | None) -> Ints:
        """The best of each row that pays, a column each: the fields of `Move`."""
        best = table.argmin(axis=1)
        added = table[np.arange(len(best)), best]
        rows = np.flatnonzero(added < 0)
        moves = np.empty((5, len(rows)), np.int64)
        moves[0], moves[1], moves[2] = added[rows], kind, rows + self.low
        moves[3] = best[rows] + self.low if outside is None else 0
        moves[4] = extra if outside is None else outside[best[rows]]
        return moves


def _first(found: list[Ints], most: int | None) -> list[Move]:
    """The best of all, best first."""
    moves = np.concatenate(found, axis=1)
    chosen = np.lexsort(moves[::-1])[:most]
    return [Move(*move) for move in moves[:, chosen].T.tolist()]


@dataclass(frozen=True)
class _Grid:
    above: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    not_above: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    near_or_below: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    slant: Ints
    turn_start: Ints
    turn_end: Ints


@lru_cache(maxsize=32)
def _grid(width: int) -> _Grid:
    """Index tables of one width."""
    rows, columns = np.arange(width)[:, None], np.arange(width)[None, :]
    together = rows + columns
    return _Grid(
        above=columns > rows,
        not_above=columns <= rows,
        near_or_below=columns <= rows + 1,
        slant=rows * 2 * width + together,
        turn_start=rows * 2 * width + together,
        turn_end=(columns + 1) * 2 * width + together,
    )
