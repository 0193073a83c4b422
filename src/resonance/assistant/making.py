"""A plan into a list: candidates, their order along the curve, the right length, and what to say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from resonance.assistant import lasting, store
from resonance.assistant.answer import PromptNote
from resonance.assistant.course import course
from resonance.assistant.passing import narrowed
from resonance.assistant.plan import Plan
from resonance.assistant.pool import Pool, Wishes, gather, wishes
from resonance.core.errors import Invalid
from resonance.core.text import fold
from resonance.recommend import items as library_items
from resonance.recommend import near
from resonance.recommend.recordings import bare, versions
from resonance.sequencing.arrange import arrange
from resonance.sequencing.costs import percentiles
from resonance.sequencing.items import POOL_MOST, Arrangement, Item, Request

if TYPE_CHECKING:
    from resonance.assistant.course import Course
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.search.hybrid import Hybrid

DEFAULT_MINUTES = 60.0
LEAST_POOL, EACH = 110, 4  # candidates: at least, and for each track that is wanted
USUAL_S = 225.0  # a track, for a first guess at how many
BUDGET, EACH_BUDGET = 60_000, 3_000  # moves that are priced, and for each wanted track
FIT = 3000  # what a track costs that fits 1 worse than the best, in thousandths
CHOICE, NEARLY = 2.5, 0.3  # times what is wanted, and how much worse a fit is nearly as good
ARTIST_GAP, ALBUM_GAP = 3, 2


@dataclass(frozen=True)
class Length:
    """How long: minutes or a number of tracks; `said` unless it is the default."""

    minutes: float | None
    tracks: int | None
    said: bool

    @property
    def wanted_ms(self) -> int | None:
        """The wanted length, where it is one of time."""
        return None if self.minutes is None else round(self.minutes * 60_000)

    @property
    def about(self) -> int:
        """How many tracks that may be."""
        return self.tracks or max(1, round((self.minutes or 0) * 60 / USUAL_S))


@dataclass
class Found:
    """The list before it is shown."""

    order: list[Item]
    levels: list[tuple[float | None, float]]  # (percentile among the candidates, what the curve asks)
    arrangement: Arrangement | None
    course: Course
    wishes: Wishes
    length: Length
    fitting: int
    considered: int
    locked: frozenset[str] = frozenset()
    notes: list[PromptNote] = field(default_factory=list)

    @property
    def length_ms(self) -> int:
        """How long it is."""
        return sum(_ms(item) for item in self.order)


def length_of(plan: Plan) -> Length:
    """What the plan says of the length."""
    value = plan.first("length")
    if value is None:
        return Length(DEFAULT_MINUTES, None, False)
    return Length(value.get("minutes"), value.get("tracks"), True)


def find(uow: UnitOfWork, caller: Caller, hybrid: Hybrid, plan: Plan, *, seed: int, now_ms: int) -> Found:
    """The list of a plan. Of one seed, library and minute always the same."""
    length, wanted = length_of(plan), wishes(plan)
    where = narrowed(uow, caller, hybrid.vectors, plan, now_ms)
    size = min(POOL_MOST, max(LEAST_POOL, EACH * length.about))
    while True:
        pool = gather(uow, caller, hybrid, wanted, where, seed=seed, size=size, always=list(plan.pins))
        candidates = _candidates(uow, hybrid, pool)
        best = _best(plan, length, candidates)
        found = _ordered(plan, length, wanted, pool, best, seed)
        if _lacks(found) and len(best) < len(candidates):
            found = _ordered(plan, length, wanted, pool, candidates, seed)
        if len(pool.passing) <= size or size >= POOL_MOST or not _lacks(found):
            break
        size = min(POOL_MOST, size * 4)
    found.notes = [*_notes(plan, pool, found), *found.notes]
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


def _ordered(
    plan: Plan, length: Length, wanted: Wishes, pool: Pool, candidates: list[Item], seed: int
) -> Found:
    """The candidates chosen and put in order."""
    known = course(plan)
    found = Found([], [], None, known, wanted, length, len(pool.passing), len(candidates))
    if not candidates:
        return found
    cap = plan.first("per_artist")
    most = int(cap["most"]) if cap else None
    chosen, why_short = _enough(candidates, length, most)
    gap = plan.first("apart")
    pins = _pins(plan, candidates, length if why_short is None else Length(None, len(chosen), True))
    request = Request(
        pool=chosen,
        minutes=length.minutes if why_short is None else None,
        pick=length.tracks if why_short is None else None,
        curve=known.curve,
        pins=pins,
        max_per_artist=None if most is None or why_short else min(most, len(chosen)),
        artist_gap=ARTIST_GAP if gap is None else int(gap["tracks"]),
        album_gap=ALBUM_GAP,
        seed=seed,
        budget=BUDGET + EACH_BUDGET * length.about,
    )
    found.arrangement = _arranged(request, most, found.notes)
    by_id = {item.id: item for item in chosen}
    found.order = [by_id[id_] for id_ in found.arrangement.order]
    place_of = {item.id: at for at, item in enumerate(chosen)}
    ranks = percentiles([item.energy for item in chosen])
    found.levels = [
        (None if ranks[place_of[item.id]] < 0 else int(ranks[place_of[item.id]]) / 1000, level / 1000)
        for item, level in zip(found.order, found.arrangement.levels, strict=True)
    ]
    found.locked = frozenset(pins)
    if why_short is not None:
        found.notes.append(why_short)
    return found


def _enough(candidates: list[Item], length: Length, most: int | None) -> tuple[list[Item], PromptNote | None]:
    """The candidates, or, where all of them are too few, as many as may stand; then why."""
    lengths, artists = [_ms(item) for item in candidates], [item.artist for item in candidates]
    if length.wanted_ms is not None:
        if lasting.most_ms(lengths, artists, most) >= length.wanted_ms * (1 - lasting.TOLERANCE):
            return candidates, None
    elif len(_capped(candidates, most)) >= (length.tracks or 1):
        return candidates, None
    kept = _capped(candidates, most)
    capped = len(kept) < len(candidates)
    if length.wanted_ms is None:
        text = f"Only {len(kept)} tracks fit the rules"
        values: dict[str, object] = {"tracks": len(kept)}
    else:
        shown = _clock(sum(_ms(item) for item in kept))
        text, values = f"Only {shown} of music fits the rules", {"length": shown}
    return kept, PromptNote("short", f"{text}{', with so few by each artist' if capped else ''}.", values)


def _capped(candidates: Sequence[Item], most: int | None) -> list[Item]:
    """The best ones of each artist."""
    count: dict[str, int] = {}
    kept = []
    for item in candidates:
        if item.artist is not None and most is not None:
            count[item.artist] = count.get(item.artist, 0) + 1
            if count[item.artist] > most:
                continue
        kept.append(item)
    return kept


def _pins(plan: Plan, candidates: Sequence[Item], length: Length) -> dict[str, int]:
    """Locked tracks that may still be taken, at places that there may be."""
    may = {item.id for item in candidates}
    last = max(0, (length.tracks or length.about) - 1)
    pins: dict[str, int] = {}
    for id_, place in sorted(plan.pins.items(), key=lambda pin: (pin[1], pin[0])):
        at = place if place < 0 else min(place, last)
        while at > 0 and at in pins.values():
            at -= 1
        if id_ in may and at not in pins.values():
            pins[id_] = at
    return pins


def _arranged(request: Request, most: int | None, notes: list[PromptNote]) -> Arrangement:
    """The order; of a length that the search missed though there is one, an exact choice put in order."""
    try:
        made = arrange(request)
    except Invalid:
        if not request.pins:
            raise
        notes.append(PromptNote("unlocked", "The locked tracks could not all stay where they were."))
        request = replace(request, pins={})
        made = arrange(request)
    if request.minutes is None:
        return made
    wanted_ms = round(request.minutes * 60_000)
    if lasting.close_enough((made.duration_s or 0) * 1000, wanted_ms):
        return made
    pool = list(request.pool)
    choice = lasting.nearest(
        [_ms(item) for item in pool],
        [item.artist for item in pool],
        wanted_ms,
        cap=most,
        must=[at for at, item in enumerate(pool) if item.id in request.pins],
    )
    before = abs((made.duration_s or 0) * 1000 - wanted_ms)
    if not choice.places or abs(choice.length_ms - wanted_ms) >= before:
        return made
    chosen = [pool[at] for at in choice.places]
    pins = {id_: min(place, len(chosen) - 1) for id_, place in request.pins.items()}
    pins = pins if len(set(pins.values())) == len(pins) else {}
    return arrange(replace(request, pool=chosen, minutes=None, pins=pins, max_per_artist=None))


def _notes(plan: Plan, pool: Pool, found: Found) -> list[PromptNote]:
    """What is not as it was asked for, and why."""
    notes: list[PromptNote] = []
    wanted_ms = found.length.wanted_ms
    if not pool.passing:
        notes.append(PromptNote("nothing", "No track of your library fits all the rules."))
    elif not found.order:
        notes.append(PromptNote("nothing", "The length of none of the tracks that fit is known."))
    elif wanted_ms and not _told_short(found) and not lasting.close_enough(found.length_ms, wanted_ms):
        notes.append(_off(wanted_ms, found.length_ms))
    if not found.length.said:
        notes.append(PromptNote("hour", "No length was said, so it is an hour."))
    if pool.unread and found.wishes.any:
        notes.append(
            PromptNote("unread", "No track has been read for descriptions yet: only the rules count.")
        )
    silent = sum(item.energy is None for item in found.order)
    if silent and found.order:
        text = f"The energy of {silent} of {len(found.order)} tracks is not known yet."
        notes.append(PromptNote("energy", text, {"tracks": silent, "of": len(found.order)}))
    lost = [id_ for id_ in plan.pins if id_ not in found.locked]
    if lost and found.order:
        text = f"{len(lost)} locked tracks no longer fit the rules."
        notes.append(PromptNote("lost", text, {"tracks": len(lost)}))
    return notes


def _told_short(found: Found) -> bool:
    return any(note.kind == "short" for note in found.notes)


def _off(wanted_ms: int, length_ms: int) -> PromptNote:
    wanted, shown = _clock(wanted_ms), _clock(length_ms)
    text = f"No choice of what fits comes nearer to {wanted} than {shown}."
    return PromptNote("off", text, {"wanted": wanted, "length": shown})


def _clock(length_ms: float) -> str:
    seconds = round(length_ms / 1000)
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def _ms(item: Item) -> int:
    return round((item.duration_s or 0) * 1000)
