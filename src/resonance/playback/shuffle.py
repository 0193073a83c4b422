"""The order of a shuffled queue: random to the ear, so an artist's tracks keep their distance.

Each artist's tracks are laid evenly along the queue from a random start (within an artist, each album's the
same way) and shaken a little; then the queue is read off without two neighbours of one artist, wherever
that can be done.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from heapq import heapify, heappop, heappush, heapreplace
from random import Random

_SHAKE = 0.3  # of the distance between two tracks of one artist


def shuffled(tracks: Sequence[tuple[Hashable, Hashable]], seed: int) -> list[int]:
    """The positions of `tracks`, given as (artist, album), in playing order.

    The same tracks and seed always give the same order.
    """
    # Only random() is promised to stay the same over versions of Python.
    draw = Random(seed).random  # noqa: S311 - music, not secrets
    by_artist: dict[Hashable, list[int]] = {}
    for place, (artist, _) in enumerate(tracks):
        by_artist.setdefault(artist, []).append(place)
    lanes: list[list[tuple[float, int]]] = []
    for some in by_artist.values():
        if len(some) == 1:
            lanes.append([(draw(), some[0])])
        else:
            own = _by_album(tracks, some, draw)
            lanes.append(list(zip(_places(len(own), draw), own, strict=True)))
    return _joined(lanes, len(tracks))


def _by_album(
    tracks: Sequence[tuple[Hashable, Hashable]], places: list[int], draw: Callable[[], float]
) -> list[int]:
    """One artist's tracks with each album's spread over them."""
    by_album: dict[Hashable, list[int]] = {}
    for place in places:
        by_album.setdefault(tracks[place][1], []).append(place)
    spread: list[tuple[float, int]] = []
    for some in by_album.values():
        mixed = [place for _, place in sorted([(draw(), place) for place in some])]
        spread += zip(_places(len(some), draw), mixed, strict=True)
    return [place for _, place in sorted(spread)]


def _places(count: int, draw: Callable[[], float]) -> list[float]:
    """`count` points of 0..1, evenly apart but for a little shaking, in order."""
    start = draw()
    return [(start + number + _SHAKE * (draw() - 0.5)) / count for number in range(count)]


def _joined(lanes: list[list[tuple[float, int]]], total: int) -> list[int]:
    # With more than half of all tracks an artist cannot be kept apart: its tracks are broken up evenly.
    crowd = max(lanes, key=len, default=[])
    if len(crowd) <= (total + 1) // 2:
        return _read_off(lanes, total)
    others = _read_off([lane for lane in lanes if lane is not crowd], total - len(crowd))
    order = [place for _, place in crowd]
    for number in range(len(others) - 1, -1, -1):
        order.insert(1 + (2 * number + 1) * (len(crowd) - 1) // (2 * len(others)), others[number])
    return order


def _read_off(lanes: list[list[tuple[float, int]]], total: int) -> list[int]:
    """Merge the lanes by place; of two tracks of one artist the second waits for another's."""
    merge = _Merge(lanes)
    order: list[int] = []
    lane: int | None = None
    for rest in range(total, 0, -1):
        due = merge.due(rest)
        lane = due if due is not None and due != lane else merge.next_but(lane)
        order.append(merge.take(lane))
    return order


class _Merge:
    """The lanes' heads, soonest first, and which lane has most left. Stale heap entries are skipped."""

    def __init__(self, lanes: list[list[tuple[float, int]]]) -> None:
        self._lanes = lanes
        self.left = [len(lane) for lane in lanes]
        self._heads = [(lane[0], number) for number, lane in enumerate(lanes)]
        heapify(self._heads)
        self._counts = [(-len(lane), number) for number, lane in enumerate(lanes)]  # may be too high
        heapify(self._counts)
        self._stale = 0  # entries of _heads that were taken out of turn

    def due(self, rest: int) -> int | None:
        """The lane that must have every other track from now on, so much of the `rest` is its."""
        while -2 * self._counts[0][0] > rest:
            count, lane = self._counts[0]
            if -count == self.left[lane]:
                return lane
            heapreplace(self._counts, (-self.left[lane], lane))
        return None

    def next_but(self, avoided: int | None) -> int:
        """The lane whose head is soonest; `avoided` only when nothing else is left."""
        heads = self._heads
        self._drop_stale()
        first = heads[0]
        if first[1] != avoided:
            return first[1]
        heappop(heads)
        self._drop_stale()
        second = heads[0][1] if heads else first[1]
        heappush(heads, first)
        return second

    def take(self, lane: int) -> int:
        """The lane's head; the next of the lane moves up."""
        heads, entries = self._heads, self._lanes[lane]
        head = entries[len(entries) - self.left[lane]]
        self.left[lane] -= 1
        following = (entries[len(entries) - self.left[lane]], lane) if self.left[lane] else None
        if heads[0] == (head, lane):
            if following:
                heapreplace(heads, following)
            else:
                heappop(heads)
        else:
            self._stale += 1
            if following:
                heappush(heads, following)
        return head[1]

    def _drop_stale(self) -> None:
        while self._stale and self._heads:
            head, lane = self._heads[0]
            entries = self._lanes[lane]
            if self.left[lane] and entries[len(entries) - self.left[lane]] == head:
                return
            heappop(self._heads)
            self._stale -= 1
