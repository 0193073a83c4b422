"""SQL of the `job` table. Every change of a running job is fenced by its holder and attempt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, case, delete, func, or_, select, update

from resonance.core.clock import iso, now_ms
from resonance.core.errors import Conflict, NotFound
from resonance.core.ids import new_id
from resonance.core.paging import Page, decode_keys, encode_cursor
from resonance.db.engine import UnitOfWork
from resonance.db.tables.jobs import job, schedule
from resonance.db.upsert import upsert
from resonance.jobs.ports import Job, State

LOST = "The worker ended in the middle of this job."
_ENDED = (State.DONE, State.FAILED, State.CANCELLED)


class Claim:
    """The right to work on one attempt of a job."""

    __slots__ = ("args", "attempt", "holder", "id", "max_attempts", "name")

    def __init__(self, row: Row[Any]) -> None:
        self.id: str = row.id
        self.name: str = row.name
        self.args: dict[str, Any] = json.loads(row.args)
        self.attempt: int = row.attempts
        self.max_attempts: int = row.max_attempts
        self.holder: str = row.holder


def insert(
    uow: UnitOfWork,
    name: str,
    args: dict[str, Any],
    *,
    unique_key: str | None,
    priority: int,
    run_at: int | None,
    max_attempts: int,
) -> tuple[str, bool]:
    """The job's id, and whether it is new."""
    now = now_ms()
    job_id = new_id()
    row = {
        "id": job_id,
        "name": name,
        "args": json.dumps(args),
        "unique_key": unique_key,
        "wanted_key": unique_key,
        "state": State.QUEUED.value,
        "priority": priority,
        "max_attempts": max_attempts,
        "run_at": now if run_at is None else run_at,
        "created_at": now,
    }
    upsert(uow, job, [row], keys=["unique_key"], update=[])
    if unique_key is None:
        return job_id, True
    present: str = uow.execute(select(job.c.id).where(job.c.unique_key == unique_key)).scalar_one()
    return present, present == job_id


def work_waiting(uow: UnitOfWork) -> tuple[bool, int | None]:
    """Whether a claim would find something now; and when the next queued job or lease end is due (ms)."""
    now = now_ms()
    due = case((job.c.state == State.QUEUED, job.c.run_at), else_=job.c.lease_until)
    earliest: int | None = uow.execute(
        select(func.min(due)).where(job.c.state.in_([State.QUEUED, State.RUNNING]))
    ).scalar()
    return earliest is not None and earliest <= now, earliest


def claim(uow: UnitOfWork, holder: str, lease_ms: int) -> Claim | None:
    """Take the most urgent job that is due, None when there is none."""
    now = now_ms()
    ready = (
        select(job.c.id)
        .where(job.c.state == State.QUEUED, job.c.run_at <= now)
        .order_by(job.c.priority.desc(), job.c.run_at, job.c.created_at, job.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return _begin(uow, job.c.id == ready.scalar_subquery(), holder, now + lease_ms)


def claim_one(uow: UnitOfWork, job_id: str, external_id: str, holder: str, lease_ms: int) -> Claim | None:
    """Take this job if `external_id` is still its message: queued, or left running by a dead worker."""
    uow.execute(select(job.c.id).where(job.c.id == job_id).with_for_update())
    mine = and_(job.c.id == job_id, job.c.external_id == external_id)
    _give_back(uow, and_(mine, job.c.state == State.RUNNING))
    return _begin(uow, and_(mine, job.c.state == State.QUEUED), holder, now_ms() + lease_ms)


def _begin(uow: UnitOfWork, which: Any, holder: str, lease_until: int) -> Claim | None:
    now = now_ms()
    row = uow.execute(
        update(job)
        .where(which)
        .values(
            state=State.RUNNING,
            holder=holder,
            lease_until=lease_until,
            attempts=job.c.attempts + 1,
            started_at=now,
            finished_at=None,
            progress=None,
            progress_text=None,
        )
        .returning(job)
    ).one_or_none()
    return Claim(row) if row else None


def recover(uow: UnitOfWork, dead_holders: Sequence[str] = (), *, grace_ms: int = 0) -> list[str]:
    """Give back jobs whose lease ran out `grace_ms` ago or whose holder is known to be dead; their ids."""
    lost = or_(job.c.lease_until < now_ms() - grace_ms, job.c.holder.in_(dead_holders))
    return _give_back(uow, and_(job.c.state == State.RUNNING, lost))


def _give_back(uow: UnitOfWork, which: Any) -> list[str]:
    """Rows of dead workers: another attempt where one is left, else failed; cancelled when that was asked."""
    spent = job.c.attempts >= job.c.max_attempts
    state = case((job.c.cancel_requested, State.CANCELLED), (spent, State.FAILED), else_=State.QUEUED)
    ends = or_(job.c.cancel_requested, spent)
    rows = uow.execute(
        update(job)
        .where(which)
        .values(
            state=state,
            error=case((job.c.cancel_requested, job.c.error), else_=LOST),
            unique_key=case((ends, None), else_=job.c.unique_key),
            finished_at=case((ends, now_ms()), else_=None),
            holder=None,
            lease_until=None,
        )
        .returning(job.c.id)
    )
    return [row.id for row in rows]


def holders(uow: UnitOfWork) -> list[str]:
    """Who holds running jobs."""
    return list(uow.execute(select(job.c.holder).where(job.c.state == State.RUNNING).distinct()).scalars())


def heartbeat(uow: UnitOfWork, ids: Sequence[str], holder: str, lease_ms: int) -> dict[str, bool]:
    """Prolong the leases of `ids`; for each that is still ours, whether its cancellation was asked."""
    rows = uow.execute(
        update(job)
        .where(job.c.id.in_(ids), job.c.holder == holder, job.c.state == State.RUNNING)
        .values(lease_until=now_ms() + lease_ms)
        .returning(job.c.id, job.c.cancel_requested)
    )
    return {row.id: bool(row.cancel_requested) for row in rows}


def set_progress(uow: UnitOfWork, held: Claim, fraction: float | None, text: str) -> bool:
    """Store how far the job is; False when the lease was lost."""
    values = {"progress": fraction, "progress_text": text or None}
    return bool(uow.execute(update(job).where(_held(held)).values(values)).rowcount)


def finish(uow: UnitOfWork, held: Claim, state: State, error: str | None = None) -> bool:
    """End the job; False when the lease was lost."""
    values: dict[str, Any] = {
        "state": state,
        "error": error,
        "unique_key": None,
        "holder": None,
        "lease_until": None,
        "finished_at": now_ms(),
    }
    if state is State.DONE:
        values |= {"progress": 1.0}
    return bool(uow.execute(update(job).where(_held(held)).values(values)).rowcount)


def requeue(uow: UnitOfWork, held: Claim, run_at: int, *, error: str | None, counts: bool) -> bool:
    """Queue the job again; `counts` is off when the server itself ended the attempt. False: lease lost."""
    values: dict[str, Any] = {
        "state": State.QUEUED,
        "error": error,
        "holder": None,
        "lease_until": None,
        "run_at": run_at,
    }
    if not counts:
        values |= {"attempts": job.c.attempts - 1}
    return bool(uow.execute(update(job).where(_held(held)).values(values)).rowcount)


def _held(held: Claim) -> Any:
    return and_(
        job.c.id == held.id,
        job.c.state == State.RUNNING,
        job.c.holder == held.holder,
        job.c.attempts == held.attempt,
    )


def cancel(uow: UnitOfWork, job_id: str) -> State:
    """CANCELLED at once when queued, RUNNING when its worker was asked to stop."""
    ended = uow.execute(
        update(job)
        .where(job.c.id == job_id, job.c.state == State.QUEUED)
        .values(state=State.CANCELLED, unique_key=None, finished_at=now_ms())
    ).rowcount
    if ended:
        return State.CANCELLED
    asked = uow.execute(
        update(job).where(job.c.id == job_id, job.c.state == State.RUNNING).values(cancel_requested=True)
    ).rowcount
    if asked:
        return State.RUNNING
    get(uow, job_id)
    raise Conflict("This job has already ended.", code="job_ended")


def retry(uow: UnitOfWork, job_id: str) -> None:
    """Queue an ended job again, under its old unique key."""
    row = _row(uow, job_id)
    if row.state not in (State.FAILED, State.CANCELLED):
        raise Conflict("Only a failed or cancelled job can be tried again.", code="job_not_ended")
    key = row.wanted_key
    if key and uow.execute(select(job.c.id).where(job.c.unique_key == key)).first():
        raise Conflict("The same work is already queued.", code="job_queued")
    uow.execute(
        update(job)
        .where(job.c.id == job_id)
        .values(
            state=State.QUEUED,
            unique_key=key,
            attempts=0,
            run_at=now_ms(),
            error=None,
            progress=None,
            progress_text=None,
            cancel_requested=False,
            started_at=None,
            finished_at=None,
        )
    )


def set_external(uow: UnitOfWork, job_id: str, external_id: str) -> None:
    """Remember which message of the outside queue stands for this job."""
    uow.execute(update(job).where(job.c.id == job_id).values(external_id=external_id))


def dispatch(uow: UnitOfWork, job_id: str) -> Row[Any]:
    """What an outside queue needs to know of a job: id, name, priority, run_at, external_id."""
    return _row(uow, job_id)


def get(uow: UnitOfWork, job_id: str) -> Job:
    """One job; NotFound."""
    return _job(_row(uow, job_id))


def _row(uow: UnitOfWork, job_id: str) -> Row[Any]:
    row = uow.execute(select(job).where(job.c.id == job_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such job.")
    return row


def page(uow: UnitOfWork, *, state: str | None, cursor: str | None, limit: int) -> Page[Job]:
    """Jobs, newest first."""
    statement = select(job).order_by(job.c.created_at.desc(), job.c.id.desc()).limit(limit + 1)
    if state:
        statement = statement.where(job.c.state == state)
    if cursor:
        at, last = decode_keys(cursor, int, str)
        older = and_(job.c.created_at == at, job.c.id < last)
        statement = statement.where(or_(job.c.created_at < at, older))
    rows = uow.execute(statement).all()
    more = encode_cursor(rows[limit - 1].created_at, rows[limit - 1].id) if len(rows) > limit else None
    return Page([_job(row) for row in rows[:limit]], more)


def counts(uow: UnitOfWork) -> dict[str, int]:
    """How many jobs are in each state."""
    rows = uow.execute(select(job.c.state, func.count().label("jobs")).group_by(job.c.state))
    return {row.state: row.jobs for row in rows}


def prune(uow: UnitOfWork, before: int) -> int:
    """Forget jobs that ended, and ticks that were due, before `before` (ms); how many jobs."""
    uow.execute(delete(schedule).where(schedule.c.due_at < before))
    old = delete(job).where(job.c.state.in_(_ENDED), job.c.finished_at < before)
    return int(uow.execute(old).rowcount)


def _job(row: Row[Any]) -> Job:
    return Job(
        id=row.id,
        name=row.name,
        state=row.state,
        progress=row.progress,
        progress_text=row.progress_text,
        attempts=row.attempts,
        max_attempts=row.max_attempts,
        error=row.error,
        created_at=iso(row.created_at),
        started_at=_iso(row.started_at),
        finished_at=_iso(row.finished_at),
    )


def _iso(ms: int | None) -> str | None:
    return None if ms is None else iso(ms)
