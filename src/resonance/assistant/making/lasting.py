"""Choosing tracks that last as long as was asked for: exactly, where the search for an order missed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 20_000  # parts of the wanted length that lengths are counted in
TOLERANCE = 0.02


@dataclass(frozen=True)
class Choice:
    """Places of the chosen tracks, and how long they are."""

    places: list[int]
    length_ms: int


def close_enough(length_ms: float, wanted_ms: float) -> bool:
    """Whether that is the wanted length."""
    return abs(length_ms - wanted_ms) <= TOLERANCE * wanted_ms


def most_ms(lengths_ms: Sequence[int], artists: Sequence[str | None], cap: int | None) -> int:
    """How long all of them are with at most `cap` of each artist."""
    return sum(lengths_ms[at] for at in _longest(lengths_ms, artists, cap))


def _longest(lengths_ms: Sequence[int], artists: Sequence[str | None], cap: int | None) -> list[int]:
    kept: dict[str, int] = {}
    chosen = []
    for at in sorted(range(len(lengths_ms)), key=lambda at: (-lengths_ms[at], at)):
        artist = artists[at]
        if artist is not None and cap is not None:
            if kept.get(artist, 0) >= cap:
                continue
            kept[artist] = kept.get(artist, 0) + 1
        chosen.append(at)
    return sorted(chosen)


def nearest(
    lengths_ms: Sequence[int],
    artists: Sequence[str | None],
    wanted_ms: int,
    *,
    cap: int | None = None,
    must: Sequence[int] = (),
) -> Choice:
    """The choice whose length is nearest to the wanted one, with what must be in it.

    There is none where all tracks are longer than twice that. The first tracks are taken where there is a
    choice. Lengths are counted in steps, so the nearest may be missed by some milliseconds a track.
    """
    step = max(wanted_ms / STEPS, 1.0)
    groups = _groups(lengths_ms, artists, cap, must)
    least = sum(lengths_ms[at] for at in must)
    room = max(0, wanted_ms - least)
    top = round(room * 2 / step) + 1
    mask = (1 << (top + 1)) - 1
    sums = [1]  # bit s: some choice of the groups so far is s steps long
    for places, most in groups:
        sums.append(_with(sums[-1], [round(lengths_ms[at] / step) for at in places], most, mask)[-1])
    some = sums[-1] if must or sums[-1] == 1 else sums[-1] & ~1  # nothing at all is no choice
    goal = _nearest_bit(some, round(room / step))
    chosen = list(must)
    for (places, most), before in zip(reversed(groups), reversed(sums[:-1]), strict=True):
        taken, goal = _taken([round(lengths_ms[at] / step) for at in places], most, before, goal, mask)
        chosen += [places[at] for at in taken]
    return Choice(sorted(chosen), sum(lengths_ms[at] for at in chosen))


def _groups(
    lengths_ms: Sequence[int], artists: Sequence[str | None], cap: int | None, must: Sequence[int]
) -> list[tuple[list[int], int]]:
    """Tracks that share a cap, with it; the last are the first to be taken."""
    held = set(must)
    taken: dict[str, int] = {}
    for at in must:
        if (artist := artists[at]) is not None:
            taken[artist] = taken.get(artist, 0) + 1
    groups: dict[object, list[int]] = {}
    for at in range(len(lengths_ms)):
        if at not in held:
            alone = cap is None or artists[at] is None
            groups.setdefault(at if alone else artists[at], []).append(at)
    found = []
    for key, places in groups.items():
        most = 1 if cap is None or not isinstance(key, str) else cap - taken.get(key, 0)
        if most > 0:
            found.append((places, min(most, len(places))))
    return found[::-1]


def _with(before: int, steps: Sequence[int], most: int, mask: int) -> list[int]:
    """The sums with up to `most` of a group's tracks: after each track, all counts together."""
    layers = [before] + [0] * most
    after = []
    for length in steps:
        for count in range(most, 0, -1):
            layers[count] |= (layers[count - 1] << length) & mask
        whole = 0
        for layer in layers:
            whole |= layer
        after.append(whole)
    return after or [before]


def _taken(steps: Sequence[int], most: int, before: int, goal: int, mask: int) -> tuple[list[int], int]:
    """Which of a group were taken to come to `goal`, and the goal of those before; as many as can be."""
    states = [[before] + [0] * most]
    for length in steps:
        layers = list(states[-1])
        for count in range(most, 0, -1):
            layers[count] |= (layers[count - 1] << length) & mask
        states.append(layers)
    count = next(count for count in range(most, -1, -1) if states[-1][count] >> goal & 1)
    taken = []
    for at in range(len(steps) - 1, -1, -1):
        if states[at][count] >> goal & 1:
            continue  # it comes out without this one
        taken.append(at)
        goal -= steps[at]
        count -= 1
    return taken, goal


def _nearest_bit(bits: int, wanted: int) -> int:
    """The set bit nearest to a place; of two the lower one."""
    below = bits & ((1 << (wanted + 1)) - 1)
    low = below.bit_length() - 1
    above = bits >> (wanted + 1)
    if not above:
        return low
    high = wanted + 1 + ((above & -above).bit_length() - 1)
    return low if low >= 0 and wanted - low <= high - wanted else high
