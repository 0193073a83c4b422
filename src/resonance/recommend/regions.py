"""Neighbourhoods of the map, and true names for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resonance.recommend.geometry import Floats, Places, nearest_rows

FEWEST, MOST = 4, 24
SAMPLE = 20_000
TURNS = 25
SHARE = 0.2  # of a region's tracks that a genre must have to name it
DISTINCT = 1.3  # how many times as common as in the whole library
FAR = 0.5  # standard deviations of a region's mean that make it fast, slow, calm or energetic


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of tracks: genres as pairs (row, code) with `names` by code; energy and tempo of each
    row, NaN where unknown."""

    rows: NDArray[np.int64]
    codes: NDArray[np.int64]
    names: Sequence[str]
    energy: Floats
    bpm: Floats


def divided(places: Floats, seed: int) -> tuple[NDArray[np.uint8], Floats]:
    """The region of each place and the centres of regions, by k-means; numbered from the largest on."""
    dice = np.random.default_rng(seed)
    count = int(np.clip(round(np.sqrt(len(places) / 60)), FEWEST, MOST))
    count = min(count, len(places))
    some = places[np.sort(dice.choice(len(places), min(SAMPLE, len(places)), replace=False))]
    centres = _spread(some, count, dice)
    for _ in range(TURNS):
        nearest = _nearest(some, centres)
        size = np.bincount(nearest, minlength=count)
        for axis in (0, 1):
            total = np.bincount(nearest, some[:, axis], count)
            centres[:, axis] = np.where(size > 0, total / np.maximum(size, 1), centres[:, axis])
    nearest = _nearest(places, centres)
    size = np.bincount(nearest, minlength=count)
    order = np.lexsort((centres[:, 0], -size))
    rank = np.empty(count, np.int64)
    rank[order] = np.arange(count)
    return rank[nearest].astype(np.uint8), centres[order]


def _spread(places: Floats, count: int, dice: np.random.Generator) -> Floats:
    """Places far from each other to begin with (k-means++)."""
    chosen = [places[int(dice.integers(len(places)))]]
    away = ((places - chosen[0]) ** 2).sum(axis=1)
    while len(chosen) < count:
        total = float(away.sum())
        odds = away / total if total > 0 else None
        chosen.append(places[int(dice.choice(len(places), p=odds))])
        away = np.minimum(away, ((places - chosen[-1]) ** 2).sum(axis=1))
    return np.array(chosen, np.float32)


def _nearest(places: Floats, centres: Floats) -> Places:
    target = np.hstack([centres, -(centres**2).sum(axis=1, keepdims=True) / 2])
    found, _ = nearest_rows(np.hstack([places, np.ones((len(places), 1), np.float32)]), target, 1)
    return found[:, 0]


def labels(region: NDArray[np.uint8], described: Described) -> dict[int, str]:
    """A name for each region: what sets it apart from the library. "" where nothing that is known does."""
    width = max(len(described.names), 1)
    size = np.bincount(region)
    pairs = region[described.rows].astype(np.int64) * width + described.codes
    often = np.bincount(pairs, minlength=len(size) * width).reshape(len(size), width)
    overall = often.sum(axis=0) / max(len(region), 1)
    found: dict[int, list[str]] = {}
    for number in np.flatnonzero(size):
        codes = _distinctive(often[number] / size[number], overall)
        genres = [described.names[code] for code in codes]
        found[int(number)] = [*genres[:1], *_manner(region == number, described), *genres[1:2]]
    return _told_apart(found)


def _distinctive(share: NDArray[np.float64], overall: NDArray[np.float64]) -> list[int]:
    """Genres by how much they say: common here, rarer elsewhere. Failing that, what most here are."""
    lift = np.divide(share, overall, out=np.zeros_like(share), where=overall > 0)
    telling = np.flatnonzero((share >= SHARE) & (lift >= DISTINCT))
    if not len(telling):
        commonest = int(share.argmax())
        return [commonest] if share[commonest] > 0.5 else []
    weight = share[telling] * np.log(lift[telling])
    return [int(code) for code in telling[np.argsort(-weight, kind="stable")]]


def _manner(inside: NDArray[np.bool_], described: Described) -> list[str]:
    """Fast, slow, calm, energetic: where the region's mean is far from the library's."""
    words: list[tuple[float, str]] = []
    for values, low, high in ((described.energy, "calm", "energetic"), (described.bpm, "slow", "fast")):
        known = ~np.isnan(values)
        if (known & inside).sum() * 2 < inside.sum() or (spread := float(values[known].std())) < 1e-6:
            continue
        away = (float(values[known & inside].mean()) - float(values[known].mean())) / spread
        if abs(away) >= FAR:
            words.append((abs(away), high if away > 0 else low))
    return [word for _, word in sorted(words, reverse=True)]


def _told_apart(found: dict[int, list[str]]) -> dict[int, str]:
    """As few words as tell regions apart, up to three."""
    told = {number: words[:1] for number, words in found.items()}
    for size in (2, 3):
        often = Counter(tuple(words) for words in told.values())
        for number, words in found.items():
            if often[tuple(told[number])] > 1:
                told[number] = words[:size]
    return {number: _sentence(words) for number, words in told.items()}


def _sentence(words: Sequence[str]) -> str:
    text = ", ".join(words)
    return text[:1].upper() + text[1:]
