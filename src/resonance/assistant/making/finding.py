"""A plan into a list: candidates that fit, each song once, then their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from resonance.assistant import store
from resonance.assistant.making import lasting
from resonance.assistant.making.length import Length, length_of
from resonance.assistant.making.notes import notes
from resonance.assistant.making.ordering import Found, ordered
from resonance.assistant.making.passing import narrowed
from resonance.assistant.making.pool import Pool, Wishes, gather
from resonance.assistant.plan import Plan
from resonance.core.text import fold
from resonance.recommend import items as library_items
from resonance.recommend import near
from resonance.recommend.recordings import bare, versions
from resonance.sequencing.items import POOL_MOST, Item

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.search.hybrid import Hybrid

LEAST_POOL, EACH = 110, 4  # candidates: at least, and for each track that is wanted
FIT = 3000  # what a track costs that fits 1 worse than the best, in thousandths
CHOICE, NEARLY = 2.5, 0.3  # times what is wanted, and how much worse a fit is nearly as good


def find(
    uow: UnitOfWork, caller: Caller, hybrid: Hybrid, plan: Plan, wanted: Wishes, *, seed: int, now_ms: int
) -> Found:
    """The list of a plan and its wishes. Of one seed, library and minute always the same."""
    length = length_of(plan)
    where = narrowed(uow, caller, hybrid.vectors, plan, now_ms)
    size = min(POOL_MOST, max(LEAST_POOL, EACH * length.about))
    while True:
        pool = gather(uow, caller, hybrid, wanted, where, seed=seed, size=size, always=list(plan.pins))
        candidates = _candidates(uow, hybrid, pool)
        best = _best(plan, length, candidates)
        found = ordered(plan, length, wanted, pool, best, seed)
        if _lacks(found) and len(best) < len(candidates):
            found = ordered(plan, length, wanted, pool, candidates, seed)
        if len(pool.passing) <= size or size >= POOL_MOST or not _lacks(found):
            break
        size = min(POOL_MOST, size * 4)
    found.notes = [*notes(plan, pool, found), *found.notes]
    return found


def _lacks(found: Found) -> bool:
    """Whether more candidates could make it better."""
    wanted_ms = found.length.wanted_ms
    if wanted_ms is not None:
        return not lasting.close_enough(found.length_ms, wanted_ms)
    return len(found.order) < (found.length.tracks or 0)


def _candidates(uow: UnitOfWork, hybrid: Hybrid, pool: Pool) -> list[Item]:
    """The pool as items, each song once, leaning to where it fits."""
    once = _each_song_once(uow, hybrid, pool.track_ids)
    at = {id_: place for place, id_ in enumerate(pool.track_ids)}
    first, last = _costs(pool.at_start), _costs(pool.at_end)
    return [
        replace(item, at_start=first[at[item.id]], at_end=last[at[item.id]])
        for item in library_items.items(uow, once, hybrid.vectors)
        if item.duration_s is not None
    ]


def _best(plan: Plan, length: Length, candidates: list[Item]) -> list[Item]:
    """Enough of the best ones to choose from, and all that fit nearly as well: no jazz in a metal list."""
    cap = plan.first("per_artist")
    enough_s = None if length.minutes is None else length.minutes * 60 * CHOICE
    enough = CHOICE * (length.tracks or 0)
    count: dict[str | None, int] = {}
    kept, seconds, tracks = [], 0.0, 0
    for item in sorted(candidates, key=lambda item: min(item.at_start, item.at_end)):
        count[item.artist] = count.get(item.artist, 0) + 1
        counts = cap is None or item.artist is None or count[item.artist] <= cap["most"]
        full = seconds >= enough_s if enough_s is not None else tracks >= enough
        if not full or min(item.at_start, item.at_end) <= NEARLY * FIT or item.id in plan.pins:
            kept.append(item)
            seconds += (item.duration_s or 0.0) if counts else 0.0
            tracks += counts
    return kept


def _costs(fits: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[int]:
    if not len(fits):
        return []
    return [int(cost) for cost in np.floor((fits.max() - fits) * FIT + 0.5)]


def _each_song_once(uow: UnitOfWork, hybrid: Hybrid, track_ids: Sequence[str]) -> list[str]:
    """Without other encodings, and without the same song from another album."""
    songs = store.songs(uow, track_ids)
    kept, seen = [], set[object]()
    for id_ in track_ids:
        song = songs.get(id_)
        if song is None:
            continue
        marks: set[object] = {(fold(song.artist_display), bare(song.title), versions(song.title))}
        marks |= {mark for mark in (song.isrc, song.recording_mbid) if mark}
        if not marks & seen:
            kept.append(id_)
        seen |= marks
    return near.one_encoding_each(uow, hybrid.vectors, kept, [])
