"""Cues, loops and beat grids that people set in tracks. Everybody sees their own only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from resonance.core.clock import now_ms
from resonance.core.errors import Invalid
from resonance.core.ids import new_id
from resonance.core.inputs import one_line
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue.access import chunks, must_see
from resonance.listens import cue_store, store
from resonance.model.caller import Caller
from resonance.model.cue import CUE_KINDS, Cue

MOST = 128  # on one track
PADS = 16
LONGEST_NAME = 200
LONGEST_S = 48 * 3600.0
_COLOUR = re.compile("#[0-9a-f]{6}")
_FIELDS = Cue.__struct_fields__


def of_track(uow: UnitOfWork, caller: Caller, track_id: str) -> list[Cue]:
    """The caller's cues of a track in the order of time. NotFound when the caller cannot see it."""
    must_see(uow, caller, "track", [track_id])
    return of_tracks(uow, caller, [track_id]).get(track_id, [])


def of_tracks(uow: UnitOfWork, caller: Caller, track_ids: Sequence[str]) -> dict[str, list[Cue]]:
    """The caller's cues of those tracks that have any."""
    found: dict[str, list[Cue]] = defaultdict(list)
    for row in cue_store.of_tracks(uow, caller.user_id, track_ids):
        found[row.track_id].append(Cue(**{name: getattr(row, name) for name in _FIELDS}))
    return found


def replace(uow: UnitOfWork, caller: Caller, track_id: str, cues: Sequence[Cue]) -> list[Cue]:
    """Give a track exactly these cues; those kept. NotFound when the caller cannot see the track."""
    caller.must_write()
    must_see(uow, caller, "track", [track_id])
    replace_many(uow, caller, {track_id: checked(cues)})
    return of_tracks(uow, caller, [track_id]).get(track_id, [])


def replace_many(uow: UnitOfWork, caller: Caller, by_track: Mapping[str, Sequence[Cue]]) -> None:
    """Like `replace` for tracks that the caller is known to see and cues that were checked."""
    now = now_ms()
    for some in chunks(list(by_track)):
        rows = [
            {
                **msgspec.structs.asdict(each),
                "id": new_id(),
                "user_id": caller.user_id,
                "track_id": track_id,
                "changed_at": now,
            }
            for track_id in some
            for each in by_track[track_id]
        ]
        cue_store.replace(uow, caller.user_id, some, rows)
    if by_track:
        store.touched(uow, caller.user_id)


def checked(cues: Sequence[Cue]) -> list[Cue]:
    """These cues as they can be kept. Invalid for too many, for impossible values, for a pad given twice."""
    if len(cues) > MOST:
        raise Invalid(f"A track has up to {MOST} cues.", field="cues")
    kept = [_checked(each) for each in cues]
    pads = [each.number for each in kept if each.number is not None]
    if len(pads) != len(set(pads)):
        raise Invalid("Two cues are on one pad.", field="cues")
    return kept


def _checked(given: Cue) -> Cue:
    if given.kind not in CUE_KINDS:
        raise Invalid(f"A cue is one of {', '.join(CUE_KINDS)}.", field="kind")
    if not 0 <= given.start_s <= LONGEST_S:
        raise Invalid("A cue starts within two days of its track's start.", field="start_s")
    if (given.kind == "loop") != (given.end_s is not None):
        raise Invalid("A loop has an end, and nothing else does.", field="end_s")
    if given.end_s is not None and not given.start_s < given.end_s <= LONGEST_S:
        raise Invalid("A loop ends after its start.", field="end_s")
    if given.number is not None and not 0 <= given.number < PADS:
        raise Invalid(f"Pads are 0 to {PADS - 1}.", field="number")
    _check_grid(given)
    colour = None if given.colour is None else given.colour.lower()
    if colour is not None and not _COLOUR.fullmatch(colour):
        raise Invalid('A colour is "#rrggbb".', field="colour")
    name = one_line(given.name, field="name", longest=LONGEST_NAME, blank=True)
    return msgspec.structs.replace(given, name=name, colour=colour)


def _check_grid(given: Cue) -> None:
    if given.kind != "grid" and (given.bpm, given.beat, given.beats) != (None, None, None):
        raise Invalid("Only a grid has a tempo and beats.", field="bpm")
    if given.bpm is not None and not 1 <= given.bpm <= 1000:
        raise Invalid("A tempo is 1 to 1000 BPM.", field="bpm")
    if given.beats is not None and not 1 <= given.beats <= 32:
        raise Invalid("A bar has 1 to 32 beats.", field="beats")
    if given.beat is not None and not 1 <= given.beat <= (given.beats or 32):
        raise Invalid("The beat is one of its bar.", field="beat")
