"""What a joint between two tracks costs, and a track at a place of the curve: whole numbers, term by term.

Each term is worked out with additions, products and quotients only (no logarithms, whose last digit differs
between machines) and rounded once; everything after that is arithmetic of integers. The weights are tuned on
made-up pools by bench/sequencing.py: 30 of 200, and 60 as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from resonance.model.camelot import KEYS, relation
from resonance.sequencing.items import Item

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

TEMPO, KEY, JUMP, SOUND, MIX, ARTIST, ALBUM = 1000, 2000, 200, 200, 150, 3000, 800
CURVE = 3000
UNKNOWN_PERMILLE = 500
TERMS = ("tempo", "key", "jump", "sound", "mix", "artist", "album")

NEAR_PCT = 6.0  # what a pitch fader bridges without being heard as one
FAR_PCT = 16.0
HALF_OR_DOUBLE = 150
MIX_S = 16.0
JUMP_FROM = 250
_VECTOR_STEPS = 2**15 - 1

_OF_RELATION = {
    "same": 0,
    "relative": 60,
    "up_one": 60,
    "down_one": 60,
    "energy_boost": 600,
    "diagonal": 650,
    "none": 1000,
}
_NO_KEY = len(KEYS)


def _key_table() -> Ints:
    table = np.full((_NO_KEY + 1, _NO_KEY + 1), UNKNOWN_PERMILLE, np.int64)
    table[:_NO_KEY, :_NO_KEY] = [[_OF_RELATION[relation(a, b)] for b in KEYS] for a in KEYS]
    return table


_OF_KEYS = _key_table()


@dataclass(frozen=True)
class Traits:
    """What is known of n tracks, column by column; NaN or a code beyond the last is unknown.

    `percentile` is thousandths of the pool, -1 unknown. `artist` and `album` are numbers of equal names, each
    unknown one a number of its own.
    """

    bpm: Floats
    key: Ints
    percentile: Ints
    vector: Floats | None
    head_s: Floats
    tail_s: Floats
    artist: Ints
    album: Ints

    def take(self, rows: Any) -> Traits:
        """The same of some of the tracks; an index of more dimensions gives columns of that shape."""
        vector = None if self.vector is None else self.vector[rows]
        return Traits(
            self.bpm[rows],
            self.key[rows],
            self.percentile[rows],
            vector,
            self.head_s[rows],
            self.tail_s[rows],
            self.artist[rows],
            self.album[rows],
        )


def traits(items: Sequence[Item]) -> Traits:
    """The columns of some tracks."""
    nan = float("nan")
    tails = [
        nan if item.outro_start_s is None or item.duration_s is None else item.duration_s - item.outro_start_s
        for item in items
    ]
    return Traits(
        np.array([nan if item.bpm is None else item.bpm for item in items]),
        np.array([_NO_KEY if item.key is None else KEYS.index(item.key) for item in items], np.int64),
        percentiles([item.energy for item in items]),
        _vectors(items),
        np.array([nan if item.intro_end_s is None else item.intro_end_s for item in items]),
        np.array(tails),
        _numbered([item.artist for item in items]),
        _numbered([item.album for item in items]),
    )


def percentiles(values: Sequence[float | None]) -> Ints:
    """Where each lies among the known ones: 0 the lowest, 1000 the highest, ties between; -1 unknown."""
    known = sorted(value for value in values if value is not None)
    last = max(len(known) - 1, 1)
    first: dict[float, int] = {}
    final: dict[float, int] = {}
    for place, value in enumerate(known):
        first.setdefault(value, place)
        final[value] = place
    return np.array(
        [
            -1
            if value is None
            else (first[value] + final[value]) * 1000 // (2 * last)
            if len(known) > 1
            else 500
            for value in values
        ],
        np.int64,
    )


def terms(a: Traits, b: Traits) -> dict[str, Ints]:
    """What each term costs from the tracks `a` to the tracks `b`, shapes broadcast against each other."""
    same_artist = np.where(a.artist == b.artist, ARTIST, 0)
    same_album = np.where(a.album == b.album, ALBUM, 0)
    return {
        "tempo": _tempo(a.bpm, b.bpm) * TEMPO // 1000,
        "key": _OF_KEYS[a.key, b.key] * KEY // 1000,
        "jump": _jump(a.percentile, b.percentile) * JUMP // 1000,
        "sound": _sound(a.vector, b.vector) * SOUND // 1000,
        "mix": _mix(a.tail_s, b.head_s) * MIX // 1000,
        "artist": same_artist.astype(np.int64),
        "album": same_album.astype(np.int64),
    }


def of_curve(percentile: Ints, levels: Ints) -> Ints:
    """What each track (rows) costs at each place (columns): its squared distance from the level there.

    A track of unknown energy costs at every place what one costs that is a fifth of the pool away.
    """
    off = np.where(percentile[:, None] < 0, 200, percentile[:, None] - levels[None, :])
    return off * off * CURVE // 1_000_000


def tempo_change(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """(change of b in per cent that makes it run with a, what b's beats are counted as), NaN unknown."""
    best = np.full(np.broadcast(a, b).shape, np.inf)
    change = np.full(best.shape, np.nan)
    counted = np.full(best.shape, np.nan)
    for factor in (1.0, 0.5, 2.0):
        by = a / (b * factor)
        off = (np.maximum(by, 1 / by) - 1) * 100 + (0 if factor == 1.0 else 0.5)
        better = off < best
        best = np.where(better, off, best)
        change = np.where(better, (by - 1) * 100, change)
        counted = np.where(better, factor, counted)
    return change, counted


def _tempo(a: Floats, b: Floats) -> Ints:
    change, counted = tempo_change(a, b)
    by = 1 + change / 100
    off = (np.maximum(by, 1 / by) - 1) * 100
    near = off / NEAR_PCT * 250
    far = 600 + np.minimum((off - NEAR_PCT) / (FAR_PCT - NEAR_PCT), 1) * 400
    cost = np.where(off <= NEAR_PCT, near, far) + np.where(counted == 1.0, 0, HALF_OR_DOUBLE)
    return _whole(np.where(np.isnan(off), UNKNOWN_PERMILLE, np.minimum(cost, 1000)))


def _jump(a: Ints, b: Ints) -> Ints:
    off = np.abs(a - b)
    cost = np.clip((off - JUMP_FROM) * 1000 // (1000 - JUMP_FROM), 0, 1000)
    return np.where((a < 0) | (b < 0), 100, cost).astype(np.int64)


def _sound(a: Floats | None, b: Floats | None) -> Ints:
    if a is None or b is None:
        return np.zeros((), np.int64)
    # Whole numbers in float64 have exact sums in any order, so every BLAS gives the same product.
    product = a[:, 0, :] @ b[0, :, :].T if a.ndim == 3 else (a * b).sum(axis=-1)
    length = np.sqrt((a * a).sum(axis=-1)) * np.sqrt((b * b).sum(axis=-1))
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = product / length
    return _whole(np.where(np.isfinite(cosine), (1 - cosine) * 500, UNKNOWN_PERMILLE))


def _mix(tail_s: Floats, head_s: Floats) -> Ints:
    room = np.minimum(tail_s, head_s)
    cost = (1 - np.clip(room, 0, MIX_S) / MIX_S) * 1000
    return _whole(np.where(np.isnan(room), UNKNOWN_PERMILLE, cost))


def _whole(values: Floats) -> Ints:
    return np.floor(values + 0.5).astype(np.int64)


def _numbered(names: Sequence[str | None]) -> Ints:
    numbers: dict[str, int] = {}
    return np.array(
        [
            -1 - place if name is None else numbers.setdefault(name, len(numbers))
            for place, name in enumerate(names)
        ],
        np.int64,
    )


def _vectors(items: Sequence[Item]) -> Floats | None:
    given = [item.vector for item in items]
    width = next((len(vector) for vector in given if vector is not None), 0)
    if not width:
        return None
    rows = np.zeros((len(items), width))
    for row, vector in zip(rows, given, strict=True):
        if vector is not None:
            row[:] = vector
    largest = np.abs(rows).max(axis=1, keepdims=True)
    return np.rint(rows / np.where(largest > 0, largest, 1) * _VECTOR_STEPS)
