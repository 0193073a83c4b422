"""How far the analysis is, how fast it goes, and when it will be done."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from weakref import WeakKeyDictionary

from msgspec import Struct
from sqlalchemy import Engine, and_, case, func, or_, select

from resonance.analysis import claims, policy
from resonance.audio.ear.versions import ANALYSER, VERSIONS
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import features
from resonance.db.tables.library import track
from resonance.library.catalogue.access import mask, track_seen
from resonance.library.catalogue.cache import marks
from resonance.model.caller import Caller

TOPIC = "analysis.progress"
# Counting reads a row a track, and while the analysis runs the counts change all the time: it may take a
# twentieth of the time.
COUNT_SHARE = 20
# What the rate is measured over: the last of these, whichever is shorter.
RATE_TRACKS, RATE_S = 500, 900.0


class HoursItem(Struct, frozen=True, rename={"from_": "from"}):
    """A part of the server's local day, such as from "23:00" to "06:00"."""

    from_: str
    to: str


class Status(Struct, frozen=True, kw_only=True):
    """The analysis as people see it.

    `quick_done` tracks have tempo and timbre, `full_done` loudness and their final key; `failed` cannot be
    analysed. `per_minute` and `eta_s` are of the present `stage` alone ("quick", "full", or "whole" for both
    at once), measured, and null while too little is known. `reason` says why it is not running: "off",
    "paused", "hours" or "queued".
    """

    state: Literal["running", "waiting", "paused", "idle"]
    reason: str | None
    tracks: int
    quick_done: int
    full_done: int
    failed: int
    stage: str | None
    per_minute: float | None
    eta_s: int | None
    workers: int
    hours: HoursItem | None
    analysers: list[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """Present tracks by what is known of them."""

    tracks: int
    quick_done: int
    full_done: int
    failed: int

    def behind(self, stage: str) -> int:
        """Tracks that a pass has still to go through."""
        done = self.quick_done if stage == "quick" else self.full_done
        return max(0, self.tracks - self.failed - done)


class Rate:
    """How many tracks a minute, from when the last ones ended."""

    def __init__(self) -> None:
        self._ends: deque[float] = deque([time.monotonic()], maxlen=RATE_TRACKS + 1)

    def add(self, count: int = 1) -> None:
        """So many tracks have just ended."""
        now = time.monotonic()
        self._ends.extend([now] * count)
        while len(self._ends) > 1 and now - self._ends[0] > RATE_S:
            self._ends.popleft()

    @property
    def per_minute(self) -> float | None:
        """None until ten tracks have ended."""
        span = time.monotonic() - self._ends[0]
        if len(self._ends) <= 10 or span <= 0:
            return None
        return 60 * (len(self._ends) - 1) / span


class Live:
    """A run of this process: its stage and how fast it goes. Read by other threads."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.stage: str | None = None
        self.rate = Rate()

    def enter(self, stage: str) -> None:
        """Another pass begins: its speed is not that of the last one."""
        self.stage, self.rate = stage, Rate()

    def eta_s(self, counts: Counts) -> int | None:
        """The seconds until the end of this pass, None while unknown."""
        speed = self.rate.per_minute
        if speed is None or self.stage is None:
            return None
        return round(60 * counts.behind(self.stage) / speed)


def counts(uow: UnitOfWork, caller: Caller, *, fresh: bool = False) -> Counts:
    """Of the tracks that the caller may see; of a large library some seconds old, unless `fresh`."""
    key = mask(caller)
    memory = _memory(uow.connection.engine)
    mark = marks(uow, "catalogue", "features")
    held = memory.get(key)
    if held is not None and not fresh and (held[0] == mark or time.monotonic() < held[1]):
        return held[2]
    began = time.thread_time()
    made = _count(uow, caller)
    memory[key] = (mark, time.monotonic() + COUNT_SHARE * (time.thread_time() - began), made)
    return made


def status(
    uow: UnitOfWork, caller: Caller, live: Live | None, *, enabled: bool, workers: int, analyser: str
) -> Status:
    """What counts now. `live` is the run of this process."""
    found = counts(uow, caller)
    decided = policy.read(uow)
    elsewhere = claims.hands(uow) if live is None else None
    reason = "off" if not enabled else decided.closed(datetime.now())
    state: Literal["running", "waiting", "paused", "idle"]
    if live is not None or elsewhere is not None:
        state, reason = "running", None
    elif reason is not None:
        state = "waiting" if reason == "hours" else "paused"
    elif found.behind("quick") or found.behind("full"):
        state, reason = "waiting", "queued"
    else:
        state = "idle"
    speed = live.rate.per_minute if live else None
    words = decided.hours.words() if decided.hours else None
    return Status(
        state=state,
        reason=reason,
        tracks=found.tracks,
        quick_done=found.quick_done,
        full_done=found.full_done,
        failed=found.failed,
        stage=live.stage if live else elsewhere,
        per_minute=round(speed, 1) if speed is not None else None,
        eta_s=live.eta_s(found) if live else None,
        workers=workers,
        hours=HoursItem(*words) if words else None,
        analysers=sorted({ANALYSER, analyser}, reverse=True),
    )


def _count(uow: UnitOfWork, caller: Caller, present: Mapping[str, int] = VERSIONS) -> Counts:
    seen = track_seen(caller)
    fine = features.c.problem.is_(None)

    def measured(*groups: str) -> Any:
        return and_(fine, *(features.c[f"{group}_version"] >= present[group] for group in groups))

    final = or_(features.c.key_window.is_(None), features.c.key_window != "excerpt")
    states = select(
        func.count(case((measured("tempo", "timbre"), 1))),
        func.count(case((and_(measured("key", "loudness"), final), 1))),
        func.count(features.c.problem),
    )
    of_tracks = states.select_from(features.join(track, track.c.id == features.c.track_id))
    tracks = int(uow.execute(select(func.count()).select_from(track).where(*seen)).scalar_one())
    if mask(caller) is not None:
        return Counts(tracks, *uow.execute(of_tracks.where(*seen)).one())
    # All of the index, without those that are missing: joining every track takes ten times as long.
    every = uow.execute(states.select_from(features)).one()
    absent = uow.execute(of_tracks.where(track.c.missing_at.is_not(None))).one()
    return Counts(tracks, *(int(a) - int(b) for a, b in zip(every, absent, strict=True)))


_Held = tuple[tuple[int, ...], float, Counts]
_memories: WeakKeyDictionary[Engine, dict[tuple[str, ...] | None, _Held]] = WeakKeyDictionary()
_guard = threading.Lock()


def _memory(engine: Engine) -> dict[tuple[str, ...] | None, _Held]:
    with _guard:
        return _memories.setdefault(engine, {})
