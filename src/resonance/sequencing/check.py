"""Requests looked through before anything is searched."""

from __future__ import annotations

import math
from collections.abc import Sequence

from resonance.core.errors import Invalid
from resonance.model.camelot import KEYS
from resonance.sequencing.costs import TERMS
from resonance.sequencing.items import POOL_MOST, Item, Request

_GAP_MOST = 20
_VECTOR_MOST = 4096
_MINUTES_MOST = 7 * 24 * 60


def check(request: Request) -> None:
    """Invalid, saying what is wrong with which track or setting."""
    _check_pool(request.pool)
    size = len(request.pool)
    if request.pick is not None and request.minutes is not None:
        raise Invalid("Ask for a number of tracks or for minutes, not for both.", field="minutes")
    _within(request.pick, 1, size, "pick", f"The pool has {size} tracks; between 1 and that can be picked.")
    _within(request.minutes, 0.1, _MINUTES_MOST, "minutes", "The minutes are between 0.1 and a week.")
    _within(request.max_per_artist, 1, size, "max_per_artist", f"The most by one artist is 1 to {size}.")
    _within(request.artist_gap, 0, _GAP_MOST, "artist_gap", f"The gap is 0 to {_GAP_MOST} tracks.")
    _within(request.album_gap, 0, _GAP_MOST, "album_gap", f"The gap is 0 to {_GAP_MOST} tracks.")
    _within(request.budget, 1, 10**12, "budget", "The budget is at least one move.")
    _within(request.time_limit_s, 0, 86_400, "time_limit_s", "The time limit is up to a day.")
    if request.max_per_artist is not None and request.pick is None and request.minutes is None:
        raise Invalid(
            "A most by one artist needs something to choose: give a number of tracks, or minutes.",
            field="max_per_artist",
        )
    for name in request.ignored:
        if name not in TERMS:
            raise Invalid(f"What can be ignored is {', '.join(TERMS)}.", field="ignore")
    _check_kept(request, {item.id for item in request.pool})


def _check_pool(pool: Sequence[Item]) -> None:
    if not pool:
        raise Invalid("There are no tracks to put in order.", field="pool")
    if len(pool) > POOL_MOST:
        raise Invalid(f"A pool has at most {POOL_MOST} tracks; this one has {len(pool)}.", field="pool")
    seen: set[str] = set()
    widths = set()
    for item in pool:
        if item.id in seen:
            raise Invalid(f"The track {item.id!r} is there twice.", field="pool")
        seen.add(item.id)
        _check_item(item)
        if item.vector is not None:
            widths.add(len(item.vector))
    if len(widths) > 1:
        raise Invalid("The vectors differ in length.", field="vector")


def _check_item(item: Item) -> None:
    for name, value, low, high in (
        ("bpm", item.bpm, 10, 1000),
        ("energy", item.energy, 0, 1),
        ("duration_s", item.duration_s, 0.001, 7 * 86_400),
        ("intro_end_s", item.intro_end_s, 0, 7 * 86_400),
        ("outro_start_s", item.outro_start_s, 0, 7 * 86_400),
        ("at_start", item.at_start, -10_000, 10_000),
        ("at_end", item.at_end, -10_000, 10_000),
    ):
        _within(
            value, low, high, name, f"{name} of {item.id!r} is {value}; it lies between {low} and {high}."
        )
    if item.key is not None and item.key not in KEYS:
        raise Invalid(f"The key of {item.id!r} is none: {item.key!r}.", field="key")
    if item.vector is not None and not (
        1 <= len(item.vector) <= _VECTOR_MOST and all(math.isfinite(value) for value in item.vector)
    ):
        raise Invalid(f"The vector of {item.id!r} is empty, too long or not finite.", field="vector")


def _check_kept(request: Request, ids: set[str]) -> None:
    for id_ in request.pins:
        if id_ not in ids:
            raise Invalid(f"The pinned track {id_!r} is not in the pool.", field="pins")
    for id_ in request.kept:
        if id_ not in ids:
            raise Invalid(f"The track {id_!r} to keep is not in the pool.", field="kept")
    seen: set[str] = set()
    for run in request.locked:
        if len(run) < 2:
            raise Invalid("A locked run has at least two tracks.", field="locked")
        for id_ in run:
            if id_ not in ids:
                raise Invalid(f"The locked track {id_!r} is not in the pool.", field="locked")
            if id_ in seen:
                raise Invalid(f"The track {id_!r} is locked twice.", field="locked")
            seen.add(id_)


def _within(value: float | None, low: float, high: float, name: str, message: str) -> None:
    if value is not None and not low <= value <= high:  # NaN lies nowhere
        raise Invalid(message, field=name)
