"""The door of this room: a sentence or a plan into a list, and a list kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from resonance.assistant import by_model
from resonance.assistant.answer import (
    PlannedBy,
    PromptCurve,
    PromptMade,
    PromptNote,
    PromptPlanned,
    PromptTrack,
)
from resonance.assistant.chips import chips
from resonance.assistant.making import why
from resonance.assistant.making.finding import find
from resonance.assistant.making.ordering import Found
from resonance.assistant.making.pool import Wishes, wishes
from resonance.assistant.plan import LONGEST_TEXT, Plan
from resonance.assistant.reading.parser import parse
from resonance.assistant.saving import PromptSaved, rule_of
from resonance.assistant.store import LibraryNames
from resonance.core.clock import now_ms
from resonance.core.errors import Invalid, TooMany, Unavailable
from resonance.library import catalogue
from resonance.playlists import playlists
from resonance.playlists.playlists import LONGEST_COMMENT

if TYPE_CHECKING:
    from resonance.assistant.ports import Planner
    from resonance.core.events import EventBus
    from resonance.db.engine import Database, UnitOfWork
    from resonance.model.caller import Caller
    from resonance.playlists.smart import SmartPlaylists
    from resonance.search.hybrid import Hybrid
    from resonance.search.meaning.asking import Embedders

AT_ONCE = 2  # lists made at a time: each keeps a core busy for a part of a second
WAIT_S = 20.0
RETRY_S = 30.0  # a model that was down is not waited for again before
SEEDS = 2**31 - 1
PARSER = PlannedBy("parser")


class Assistant:
    """Makes lists. Safe to use from many threads; few work at a time."""

    def __init__(
        self,
        db: Database,
        hybrid: Callable[[], Hybrid],
        planner: Planner | None = None,
        smart: Callable[[], SmartPlaylists] | None = None,
        events: EventBus | None = None,
        *,
        embedders: Callable[[], Embedders] | None = None,
        at_once: int = AT_ONCE,
        wait_s: float = WAIT_S,
    ) -> None:
        self._db, self._hybrid, self._planner = db, hybrid, planner
        self._smart, self._events, self._embedders = smart, events, embedders
        self._places, self._wait_s = threading.BoundedSemaphore(at_once), wait_s
        self._down: tuple[float, str] | None = None  # (until, why), by the monotonic clock

    def plan(self, caller: Caller, text: str) -> PromptPlanned:
        """What a sentence asks for. Invalid when it is too long; waits for the model where one is set."""
        plan, by = self.understood(caller, text)
        return PromptPlanned(plan.to_json(), chips(plan), list(plan.leftovers), [], by)

    def understood(self, caller: Caller, text: str) -> tuple[Plan, PlannedBy]:
        """The plan of a sentence, and who made it."""
        if len(text) > LONGEST_TEXT:
            raise Invalid(f"A sentence has up to {LONGEST_TEXT} characters.", field="text")
        with self._db.read(caller.user_id) as uow:
            parsed = parse(text, LibraryNames(uow, caller))
        if self._planner is None or not text.strip():
            return parsed, PARSER
        if self._down is not None and time.monotonic() < self._down[0]:
            return parsed, PlannedBy("parser", None, self._down[1])
        try:
            made = by_model.ask(self._planner, text[:2000], parsed)
        except Unavailable as fault:
            self._down = (time.monotonic() + RETRY_S, fault.message)
            return parsed, PlannedBy("parser", None, fault.message)
        self._down = None
        if made is None:
            return parsed, PlannedBy("parser", None, f"{self._planner.model} gave no plan.")
        return made, PlannedBy("model", self._planner.model)

    def make(
        self, caller: Caller, plan: Plan, *, seed: int = 1, by: PlannedBy = PARSER, at_ms: int | None = None
    ) -> PromptMade:
        """The list of a plan. TooMany when others are being made and none is done soon."""
        wanted = self._wishes(plan)
        with self._place(), self._db.read(caller.user_id) as uow:
            found = self._found(uow, caller, plan, wanted, seed=seed, at_ms=at_ms)
            return _shown(uow, caller, plan, found, seed, by)

    def _wishes(self, plan: Plan) -> Wishes:
        """What the tracks are compared with, by the space that the search uses. May wait for a model."""
        return wishes(plan, None if self._embedders is None else self._embedders().ask)

    def _found(
        self,
        uow: UnitOfWork,
        caller: Caller,
        plan: Plan,
        wanted: Wishes,
        *,
        seed: int,
        at_ms: int | None = None,
    ) -> Found:
        """The list before it is shown."""
        if not 0 <= seed <= SEEDS:
            raise Invalid(f"A seed is a whole number from 0 to {SEEDS}.", field="seed")
        at = now_ms() if at_ms is None else at_ms
        return find(uow, caller, self._hybrid(), plan, wanted, seed=seed, now_ms=at)

    def save(self, caller: Caller, plan: Plan, *, seed: int, name: str, live: bool = False) -> PromptSaved:
        """Keep the list as it is made now, or let a playlist follow what of the plan is a rule.

        Invalid for a name that is none, for a list without tracks, and for a plan without a rule.
        """
        caller.must_write()
        comment = plan.text[:LONGEST_COMMENT]
        if live:
            return self._save_live(caller, plan, seed, name, comment)
        if self._events is None:
            raise Unavailable("playlists", "Playlists cannot be kept here.")
        wanted = self._wishes(plan)
        with self._place(), self._db.read(caller.user_id) as uow:
            track_ids = [item.id for item in self._found(uow, caller, plan, wanted, seed=seed).order]
        if not track_ids:
            raise Invalid("There are no tracks to keep.", field="plan")
        with self._db.write(caller.user_id) as uow:
            kept = playlists.create(uow, self._events, caller, name, comment=comment, track_ids=track_ids)
        return PromptSaved(kept, live=False, left_out=[])

    def _save_live(self, caller: Caller, plan: Plan, seed: int, name: str, comment: str) -> PromptSaved:
        if self._smart is None:
            raise Unavailable("playlists", "Playlists cannot follow rules here.")
        with self._db.read(caller.user_id) as uow:
            rule, left = rule_of(uow, caller, plan, seed)
        return PromptSaved(
            self._smart().create(caller, name, rule, comment=comment), live=True, left_out=left
        )

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self._wait_s):
            raise TooMany("Other lists are being made. Try again in a moment.", retry_after=5)
        try:
            yield
        finally:
            self._places.release()


def _shown(uow: UnitOfWork, caller: Caller, plan: Plan, found: Found, seed: int, by: PlannedBy) -> PromptMade:
    joints = found.arrangement.joints if found.arrangement else ()
    told = why.whys(uow, plan, found.wishes, found.order, joints, found.levels, caller.user_id or None)
    tracks = _tracks(uow, caller, found, told)
    length, known = found.length, [joint.compatible for joint in joints if joint.compatible is not None]
    return PromptMade(
        plan=plan.to_json(),
        chips=chips(plan),
        leftovers=list(plan.leftovers),
        tracks=tracks,
        curve=PromptCurve(
            found.course.name, [list(point) for point in found.course.curve.points], found.course.asked
        ),
        duration_s=round(found.length_ms / 1000, 3),
        wanted_s=None if length.wanted_ms is None else length.wanted_ms / 1000,
        wanted_tracks=length.tracks,
        fitting=found.fitting,
        considered=found.considered,
        in_key=sum(known),
        joints=len(joints),
        notes=[*_left(plan), *found.notes],
        seed=seed,
        by=by,
    )


def _tracks(uow: UnitOfWork, caller: Caller, found: Found, told: Sequence[list[str]]) -> list[PromptTrack]:
    items = {item.id: item for item in catalogue.tracks_by_ids(uow, caller, [one.id for one in found.order])}
    return [
        PromptTrack(
            track=items[item.id],
            reason=", ".join(reasons[:2]),
            reasons=reasons,
            energy=item.energy,
            level=level,
            wanted=wanted,
            locked=item.id in found.locked,
        )
        for item, reasons, (level, wanted) in zip(found.order, told, found.levels, strict=True)
        if item.id in items
    ]


def _left(plan: Plan) -> list[PromptNote]:
    if not plan.leftovers:
        return []
    words = ", ".join(plan.leftovers[:8])
    return [PromptNote("leftovers", f"Not understood: {words}.", {"words": list(plan.leftovers[:8])})]
