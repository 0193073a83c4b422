"""Cues from elsewhere put beside those that are here: what is new, what is the same, what contradicts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from resonance.core.errors import Invalid
from resonance.listens.cues import LONGEST_NAME, LONGEST_S, MOST, PADS, checked
from resonance.model.cue import Cue

SAME_PLACE_S = 0.005
_SAME_TEMPO = 0.0002  # 7 ms in five minutes at 128 BPM say 0.02 %
_MOST_GRIDS = 64


@dataclass(slots=True)
class Merge:
    """`cues` are all to keep now. Of those from elsewhere some were `added`, some were the `same` already.

    `conflicts` are (here, there) that cannot both stand; `cues` has the one here.
    """

    cues: list[Cue]
    added: int = 0
    same: int = 0
    conflicts: list[tuple[Cue, Cue]] = field(default_factory=list)


def merged(here: Sequence[Cue], there: Sequence[Cue]) -> Merge:
    """Those here, and of those there what contradicts none of them."""
    found = Merge(list(here))
    taken = {cue.number: cue for cue in here if cue.number is not None}
    grid = next((cue for cue in here if cue.kind == "grid"), None)
    for cue in there:
        twin = next((one for one in here if _same_place(one, cue)), None)
        pad = taken.get(cue.number) if cue.number is not None else None
        if twin is not None and _same_words(twin, cue):
            found.same += 1
        elif twin is not None or pad is not None:
            found.conflicts.append((twin or pad or cue, cue))
        elif cue.kind == "grid" and grid is not None:
            # Two grids in one track are one of the two, never a mixture.
            found.conflicts.append((grid, cue))
        elif len(found.cues) < MOST:
            found.cues.append(cue)
            found.added += 1
            if cue.number is not None:
                taken[cue.number] = cue
    return found


def same_grid(one: Cue, other: Cue) -> bool:
    """Whether two grids put their beats on the same places, counting from wherever."""
    if not one.bpm or not other.bpm or abs(one.bpm / other.bpm - 1) > _SAME_TEMPO:
        return False
    beat = 60 / one.bpm
    away = math.fmod(abs(one.start_s - other.start_s), beat)
    return min(away, beat - away) <= SAME_PLACE_S


def kept(cues: Iterable[Cue]) -> tuple[list[Cue], int]:
    """What of another program's cues can be kept here, and how many cannot."""
    found: list[Cue] = []
    pads: set[int] = set()
    dropped = 0
    for cue in [
        *_thinned([cue for cue in cues if cue.kind == "grid"]),
        *(c for c in cues if c.kind != "grid"),
    ]:
        number = cue.number if cue.number is not None and cue.number < PADS else None
        try:
            (fit,) = checked([replace(_plausible(cue), number=None if number in pads else number)])
        except Invalid:
            dropped += 1
            continue
        if len(found) >= MOST:
            dropped += 1
            continue
        if fit.number is not None:
            pads.add(fit.number)
        found.append(fit)
    return found, dropped


def _plausible(cue: Cue) -> Cue:
    name = cue.name if len(cue.name) <= LONGEST_NAME else cue.name[:LONGEST_NAME]
    start = min(max(0.0, cue.start_s), LONGEST_S)
    if cue.kind != "grid":
        return replace(cue, name=name, start_s=start)
    bpm = cue.bpm if cue.bpm and 1 <= cue.bpm <= 1000 else None
    beats = cue.beats if cue.beats and 1 <= cue.beats <= 32 else None
    beat = cue.beat if cue.beat and 1 <= cue.beat <= (beats or 32) else None
    return replace(cue, name=name, start_s=start, bpm=bpm, beat=beat, beats=beats)


def _thinned(grids: Sequence[Cue]) -> list[Cue]:
    """Only those markers that say something new: programs write one a beat where a tempo drifts."""
    found: list[Cue] = []
    for cue in sorted(grids, key=lambda one: one.start_s):
        if not found or not same_grid(found[-1], cue):
            found.append(cue)
    return found[:_MOST_GRIDS]


def _same_place(one: Cue, other: Cue) -> bool:
    if one.kind == other.kind == "grid":
        return same_grid(one, other)
    ends = (one.end_s or 0.0) - (other.end_s or 0.0)
    near = abs(one.start_s - other.start_s) <= SAME_PLACE_S and abs(ends) <= SAME_PLACE_S
    return near and one.kind == other.kind and (one.number is None) == (other.number is None)


def _same_words(one: Cue, other: Cue) -> bool:
    if one.kind == "grid":
        return True
    return (one.number, one.name) == (other.number, other.name) and other.colour in (None, one.colour)
