"""Candidates into a list: chosen and ordered along the curve, of the right length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from resonance.assistant.answer import PromptNote
from resonance.assistant.making import lasting
from resonance.assistant.making.course import course
from resonance.assistant.making.length import Length, clock, milliseconds
from resonance.assistant.plan import Plan
from resonance.core.errors import Invalid
from resonance.sequencing.arrange import arrange
from resonance.sequencing.costs import percentiles
from resonance.sequencing.items import Arrangement, Item, Request

if TYPE_CHECKING:
    from resonance.assistant.making.course import Course
    from resonance.assistant.making.pool import Pool, Wishes

BUDGET, EACH_BUDGET = 60_000, 3_000  # moves that are priced, and for each wanted track
ARTIST_GAP, ALBUM_GAP = 3, 2


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
        return sum(milliseconds(item) for item in self.order)


def ordered(
    plan: Plan, length: Length, wanted: Wishes, pool: Pool, candidates: list[Item], seed: int
) -> Found:
    """The candidates chosen and put in order; its notes say where too few of them fit."""
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
    lengths, artists = [milliseconds(item) for item in candidates], [item.artist for item in candidates]
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
        shown = clock(sum(milliseconds(item) for item in kept))
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
        [milliseconds(item) for item in pool],
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
