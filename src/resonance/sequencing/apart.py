"""What moves add to the price of artists and albums that come back too soon.

Beside `moves.Window`: the same moves, the same shapes. Exact where what is moved goes further than the pairs
that matter reach; nearer than that the few best moves are priced whole anyway.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from resonance.sequencing.costs import Ints
from resonance.sequencing.problem import Problem


class Apart:
    """The pairs in and around the places `low` to `high` (not included) of an order."""

    def __init__(self, problem: Problem, order: Ints, low: int, high: int, longest: int) -> None:
        self.width = high - low
        self.reach = max(distance for distance, _ in problem.spread)
        self.border = self.reach + longest
        ends = np.full(self.border, problem.size, np.int64)
        around = np.concatenate([ends, order, ends])[low : high + 2 * self.border]
        self.around = around
        self.problem = problem
        self.tables = {
            distance: pairs
            for distance, table in problem.spread
            if (pairs := table[around[:, None], around]).any()
        }

    def turns(self) -> Ints:
        """[i, j]: places i to j backwards."""
        table = np.zeros((self.width, self.width), np.int64)
        for distance in self.tables:
            for before in range(1, distance + 1):
                inside = distance - before
                table += self._pairs(distance, -before, -inside)
                table += self._pairs(distance, inside, before)
                table -= self._pairs(distance, -before, inside).diagonal()[:, None]
                table -= self._pairs(distance, -inside, before).diagonal()[None, :]
        return table

    def carries(self, length: int) -> Ints:
        """[i, j]: the `length` tracks from i so that they start at j."""
        width, count = self.width, self.width - length + 1
        into = np.zeros((count, width + 1), np.int64)  # [i, h]: the block from i between places h - 1 and h
        out = np.zeros(count, np.int64)
        for distance in self.tables:
            for step in range(min(length, distance)):
                beyond, last = distance - step, length - 1 - step
                into += self._slice(distance, step, count, -beyond, width + 1)
                into += self._slice(distance, last, count, beyond - 1, width + 1)
                out += self._slice(distance, step, count, -beyond, count).diagonal()
                out += self._slice(distance, last, count, length - 1 + beyond, count).diagonal()
        opened, closed = self._gaps(length)
        into += opened[None, :]
        into += (closed - out)[:, None]
        places = np.arange(count)
        return np.where(places[None, :] > places[:, None], into[:, length:], into[:, :count])

    def exchanges(self) -> Ints:
        """[i, j]: the tracks at i and j."""
        alone = self._elsewhere.diagonal()
        table = self._elsewhere + self._elsewhere.T
        table -= alone[:, None]
        table -= alone[None, :]
        for distance in self.tables:
            if distance < self.width:
                places = np.arange(self.width - distance)
                near = self._pairs(distance, 0, distance).diagonal()[: self.width - distance]
                table[places, places + distance] += 2 * near
        return table

    def replacements(self, outside: Ints) -> Ints:
        """[i, x]: the track at i replaced by outside[x]."""
        table = np.zeros((self.width, len(outside)), np.int64)
        for distance, prices in self.problem.spread:
            for side in (-distance, distance):
                start = self.border + side
                table += prices[self.around[start : start + self.width, None], outside]
        return table - self._elsewhere.diagonal()[:, None]

    @cached_property
    def _elsewhere(self) -> Ints:
        """[i, j]: what the track at i would pay at j, all others as they are."""
        table = np.zeros((self.width, self.width), np.int64)
        for distance in self.tables:
            table += self._pairs(distance, 0, -distance)
            table += self._pairs(distance, 0, distance)
        return table

    def _gaps(self, length: int) -> tuple[Ints, Ints]:
        """What pairs around a block pay more: (with it put between h - 1 and h, with it taken from i)."""
        width, count = self.width, self.width - length + 1
        opened, closed = np.zeros(width + 1, np.int64), np.zeros(count, np.int64)
        for before in range(1, self.reach + 1):
            for after in range(1, self.reach + 2 - before):
                near = before + after - 1
                for distance, sign in ((near, -1), (near + length, 1)):
                    if distance not in self.tables:
                        continue
                    opened += (
                        sign * self._slice(distance, -before, width + 1, after - 1, width + 1).diagonal()
                    )
                    end = length - 1 + after
                    if end <= self.border:
                        closed -= sign * self._slice(distance, -before, count, end, count).diagonal()
        return opened, closed

    def _pairs(self, distance: int, row: int, column: int) -> Ints:
        """[i, j]: the price of the tracks at i + row and j + column, so far apart."""
        return self._slice(distance, row, self.width, column, self.width)

    def _slice(self, distance: int, row: int, rows: int, column: int, columns: int) -> Ints:
        top, left = self.border + row, self.border + column
        part: Ints = self.tables[distance][top : top + rows, left : left + columns]
        return part
