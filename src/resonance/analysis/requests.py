"""Ask for the analysis, and steer it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import select

from resonance.analysis import policy
from resonance.analysis.policy import Hours, Policy
from resonance.analysis.run import JOB
from resonance.audio.ear.versions import VERSIONS
from resonance.core.clock import now_ms
from resonance.core.errors import Invalid
from resonance.core.paging import Page, decode_keys, encode_cursor
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import features
from resonance.db.tables.library import track
from resonance.jobs.ports import Jobs
from resonance.library.catalogue import tracks_by_ids
from resonance.library.catalogue.access import must_see, track_seen
from resonance.model.caller import Caller
from resonance.model.catalogue import TrackItem

PRIORITY = -5  # after everything that somebody waits for
ATTEMPTS = 8
MOST_TRACKS = 10_000


class Failure(Struct, frozen=True):
    """A track whose file cannot be analysed: a stable word and a sentence."""

    track: TrackItem
    problem: str
    detail: str | None


def request(uow: UnitOfWork, jobs: Jobs, *, run_at: int | None = None) -> str:
    """Work on what is behind, now or from a time (ms) on; the id of the job."""
    key = JOB if run_at is None else f"{JOB}:later"
    return jobs.enqueue(uow, JOB, {}, unique_key=key, priority=PRIORITY, run_at=run_at, max_attempts=ATTEMPTS)


def start(
    uow: UnitOfWork,
    caller: Caller,
    jobs: Jobs,
    *,
    force: bool = False,
    groups: Collection[str] = (),
    track_ids: Sequence[str] | None = None,
) -> str:
    """Ask for the analysis by hand; the id of the job.

    `force` measures again what was measured before, `groups` (all without) of `track_ids` (all without).
    Invalid for an unknown group or too many tracks, NotFound for an unknown track.
    """
    caller.must_be_admin()
    if unknown := set(groups) - set(VERSIONS):
        raise Invalid(f"There is no group {min(unknown)}.", field="groups")
    if track_ids is not None:
        if len(track_ids) > MOST_TRACKS:
            raise Invalid(f"Up to {MOST_TRACKS} tracks at once.", field="track_ids")
        must_see(uow, caller, "track", track_ids)
    if not force and track_ids is None:
        return request(uow, jobs)
    args: dict[str, Any] = {"groups": sorted(groups)}
    if track_ids is not None:
        args["track_ids"] = list(dict.fromkeys(track_ids))
    if force:
        # A job that begins again does not measure once more what it has measured since.
        args["before"] = now_ms()
    return jobs.enqueue(uow, JOB, args, priority=PRIORITY + 1, max_attempts=ATTEMPTS)


def steer(
    uow: UnitOfWork,
    caller: Caller,
    jobs: Jobs,
    *,
    paused: bool | None = None,
    hours: Hours | Literal["unchanged"] | None = "unchanged",
) -> Policy:
    """Pause or resume (None: as it is), set the hours or (None) allow any time. Work goes on at once."""
    caller.must_be_admin()
    before = policy.read(uow)
    after = Policy(
        before.paused if paused is None else paused, before.hours if hours == "unchanged" else hours
    )
    policy.write(uow, after)
    if not after.paused:
        request(uow, jobs)
    return after


def failures(uow: UnitOfWork, caller: Caller, *, cursor: str | None, limit: int) -> Page[Failure]:
    """Tracks whose files cannot be analysed, in the order of ids."""
    caller.must_be_admin()
    (after,) = decode_keys(cursor, str) if cursor else ("",)
    statement = (
        select(features.c.track_id, features.c.problem, features.c.problem_detail)
        .join(track, track.c.id == features.c.track_id)
        .where(features.c.problem.is_not(None), features.c.track_id > after, *track_seen(caller))
        .order_by(features.c.track_id)
        .limit(limit + 1)
    )
    rows = uow.execute(statement).all()
    shown = rows[:limit]
    items = {item.id: item for item in tracks_by_ids(uow, caller, [row.track_id for row in shown])}
    found = [
        Failure(items[row.track_id], row.problem, row.problem_detail)
        for row in shown
        if row.track_id in items
    ]
    return Page(found, encode_cursor(shown[-1].track_id) if len(rows) > limit else None)
