"""The SQL of syncs: a row a run, and the lines of what happened to which song."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from resonance.core.clock import now_ms
from resonance.db.engine import UnitOfWork
from resonance.db.tables.remote import remote_note, remote_run

RUNS_KEPT = 50  # a server
CANCELLING = "cancelling"


def begin(uow: UnitOfWork, server_id: str, **values: Any) -> None:
    """A new row; earlier ones that never ended are closed."""
    dead = remote_run.c.server_id == server_id, remote_run.c.state.in_(("running", CANCELLING))
    over = {"state": "failed", "error": "The sync was interrupted.", "finished_at": now_ms()}
    uow.execute(update(remote_run).where(*dead).values(**over))
    uow.execute(insert(remote_run).values(server_id=server_id, state="running", **values))


def change(uow: UnitOfWork, run_id: str, **values: Any) -> None:
    """Set columns."""
    uow.execute(update(remote_run).where(remote_run.c.id == run_id).values(**values))


def cancelling(uow: UnitOfWork, run_id: str) -> bool:
    """Whether the run was asked to stop."""
    query = select(remote_run.c.state).where(remote_run.c.id == run_id)
    return bool(uow.execute(query).scalar() == CANCELLING)


def cancel(uow: UnitOfWork, server_id: str) -> bool:
    """Ask the run of a server to stop; whether there is one."""
    mine = remote_run.c.server_id == server_id, remote_run.c.state == "running"
    return bool(uow.execute(update(remote_run).where(*mine).values(state=CANCELLING)).rowcount)


def runs(uow: UnitOfWork, server_id: str, limit: int) -> Sequence[Row[Any]]:
    """The last ones, newest first."""
    query = select(remote_run).where(remote_run.c.server_id == server_id)
    return uow.execute(query.order_by(remote_run.c.started_at.desc(), remote_run.c.id).limit(limit)).all()


def forget_idle(uow: UnitOfWork, server_id: str, *, but: str) -> None:
    """Of the timer's syncs that found nothing the last one is enough."""
    idle = remote_run.c.state == "unchanged", remote_run.c.reason == "timer", remote_run.c.id != but
    uow.execute(delete(remote_run).where(remote_run.c.server_id == server_id, *idle))


def forget_old(uow: UnitOfWork, server_id: str) -> None:
    """Keep so many."""
    mine = remote_run.c.server_id == server_id
    newest = select(remote_run.c.started_at).where(mine).order_by(remote_run.c.started_at.desc())
    edge = uow.execute(newest.offset(RUNS_KEPT).limit(1)).scalar()
    if edge is not None:
        old = mine, remote_run.c.started_at <= edge, remote_run.c.state != "running"
        uow.execute(delete(remote_run).where(*old))


def add_note(uow: UnitOfWork, **values: Any) -> None:
    """One line."""
    uow.execute(insert(remote_note).values(**values))


def notes(
    uow: UnitOfWork, server_id: str, run_id: str, *, after: int, limit: int, action: str | None
) -> Sequence[Row[Any]]:
    """Lines of one run, in order."""
    query = (
        select(remote_note)
        .join(remote_run, remote_run.c.id == remote_note.c.run_id)
        .where(
            *(remote_run.c.server_id == server_id, remote_note.c.run_id == run_id),
            remote_note.c.number > after,
        )
    )
    if action is not None:
        query = query.where(remote_note.c.action == action)
    return uow.execute(query.order_by(remote_note.c.number).limit(limit)).all()
