"""An ordering problem in whole numbers: prices of joints and places, and what must hold."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from resonance.sequencing import costs
from resonance.sequencing.costs import Ints, Traits
from resonance.sequencing.curve import Curve

# A pin or a locked joint that is kept earns this; no sum of terms comes near, so none is ever given up.
KEPT = 10**9
OVER_CAP = 10**6
OVERTIME = 400  # for each thousandth of the wanted length beyond the tolerance
TOLERANCE_PERMILLE = 5


@dataclass
class Problem:
    """Tracks are numbers 0..n-1; an order is an array of them.

    `pins` maps places (negative: from the end) to tracks. `runs` are tracks that follow each other.
    `wanted_ms` is the length to reach (None: any), `cap` the most tracks of one artist. `leaning` is what a
    track costs in the first place and in the last (two rows of n). Tracks of `kept` stand somewhere; terms
    of joints named in `ignored` cost nothing.
    """

    traits: Traits
    curve: Curve
    durations_ms: Ints
    pins: dict[int, int]
    runs: list[list[int]]
    artist_gap: int
    album_gap: int
    wanted_ms: int | None
    cap: int | None
    leaning: Ints | None = None
    kept: Set[int] = frozenset()
    ignored: Set[str] = frozenset()
    evaluations: int = 0
    _places: dict[int, Ints] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many tracks there are to choose from."""
        return len(self.durations_ms)

    @cached_property
    def joints(self) -> Ints:
        """[a, b]: the price of b after a. One row and column more, of nought: before and after all."""
        n = self.size
        every = np.arange(n)
        table = np.zeros((n + 1, n + 1), np.int64)
        if n:
            found = costs.terms(self.traits.take(every[:, None]), self.traits.take(every[None, :]))
            for name, term in found.items():
                if name not in self.ignored:
                    table[:n, :n] += term
        np.fill_diagonal(table, 0)
        for run in self.runs:
            table[run[:-1], run[1:]] -= KEPT
        return table

    @cached_property
    def spread(self) -> list[tuple[int, Ints]]:
        """(distance >= 2, price [a, b] at that distance): artists and albums that come back too soon."""
        found = []
        for distance in range(2, max(self.artist_gap, self.album_gap) + 1):
            table = np.zeros((self.size + 1, self.size + 1), np.int64)
            for codes, gap, price in (
                (self.traits.artist, self.artist_gap, costs.ARTIST),
                (self.traits.album, self.album_gap, costs.ALBUM),
            ):
                if distance <= gap:
                    table[:-1, :-1] += (codes[:, None] == codes[None, :]) * (
                        price * (gap + 2 - distance) // (gap + 1)
                    )
            np.fill_diagonal(table, 0)
            if table.any():
                found.append((distance, table))
        return found

    @cached_property
    def must(self) -> set[int]:
        """The tracks that cannot be left out."""
        return set(self.pins.values()) | self.kept | {track for run in self.runs for track in run}

    def places(self, count: int) -> Ints:
        """[track, place]: the price of a track at a place of `count`."""
        if count not in self._places:
            table = costs.of_curve(self.traits.percentile, np.array(self.curve.levels(count), np.int64))
            if self.leaning is not None:
                at, last = np.arange(count), max(count - 1, 1)
                first, final = self.leaning[0][:, None], self.leaning[1][:, None]
                table = table + (first * (last - at) + final * at) // last
            for place, track in self.pins.items():
                table[track, place] -= KEPT
            table[sorted(self.kept)] -= KEPT
            if len(self._places) > 16:
                self._places.clear()
            self._places[count] = table
        return self._places[count]

    def price(self, orders: Ints) -> Ints:
        """What orders (rows of equal length) cost. One that keeps everything pays just its terms."""
        orders = np.atleast_2d(orders)
        count = orders.shape[1]
        total: Ints = self.places(count)[orders, np.arange(count)].sum(axis=1)
        total += self.joints[orders[:, :-1], orders[:, 1:]].sum(axis=1)
        for distance, table in self.spread:
            if distance < count:
                total += table[orders[:, :-distance], orders[:, distance:]].sum(axis=1)
        total += self.kept_bonus
        if self.wanted_ms is not None:
            total += self.overtime(self.durations_ms[orders].sum(axis=1))
        if self.cap is not None:
            total += OVER_CAP * self._over_cap(orders)
        return total

    @cached_property
    def kept_bonus(self) -> int:
        """What an order earns that keeps everything."""
        return KEPT * (len(self.pins) + len(self.kept) + sum(len(run) - 1 for run in self.runs))

    def overtime(self, lengths_ms: Ints) -> Ints:
        """The price of being longer or shorter than wanted."""
        assert self.wanted_ms is not None
        off = np.abs(lengths_ms - self.wanted_ms) * 1000 // self.wanted_ms
        price: Ints = np.maximum(off - TOLERANCE_PERMILLE, 0) * OVERTIME
        return price

    def keeps(self, order: Ints) -> bool:
        """Whether pins and runs hold and nothing is missing that is to be kept."""
        if any(order[place] != track for place, track in self.pins.items()):
            return False
        if not self.kept <= set(order.tolist()):
            return False
        if not self.runs:
            return True
        where = {int(track): place for place, track in enumerate(order)}
        return all(
            where.get(run[0], -2) + step == where.get(track, -1)
            for run in self.runs
            for step, track in enumerate(run)
        )

    def artist_counts(self, order: Sequence[int] | Ints) -> dict[int, int]:
        """How many there are of each named artist."""
        counts: dict[int, int] = {}
        for track in order:
            artist = int(self.traits.artist[track])
            if artist >= 0:
                counts[artist] = counts.get(artist, 0) + 1
        return counts

    def _over_cap(self, orders: Ints) -> Ints:
        assert self.cap is not None
        codes = np.sort(self.traits.artist[orders], axis=1)
        if codes.shape[1] <= self.cap:
            return np.zeros(len(codes), np.int64)
        later = codes[:, self.cap :]
        over: Ints = ((later == codes[:, : -self.cap]) & (later >= 0)).sum(axis=1)
        return over
