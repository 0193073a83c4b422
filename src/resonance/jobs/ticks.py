"""Ticks of timers. A row in `schedule` owns a tick, so several processes need no leader."""

from __future__ import annotations

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from resonance.core.clock import iso
from resonance.db.engine import UnitOfWork
from resonance.db.tables.jobs import schedule


class Upcoming(msgspec.Struct, frozen=True):
    """A timer as people see it: its last tick and the next one, ISO 8601 UTC."""

    name: str
    every_s: int
    last_at: str
    next_at: str


def latest_tick(every_s: int, now: int) -> int:
    """The newest due time (ms) up to `now`: multiples of the interval since 1970, alike in all processes."""
    every = every_s * 1000
    return now // every * every


def own(uow: UnitOfWork, name: str, every_s: int, now: int) -> bool:
    """Take the newest tick of the timer; False when it was taken already. Older missed ticks are skipped."""
    insert = postgresql.insert if uow.dialect == "postgresql" else sqlite.insert
    row = {"name": name, "due_at": latest_tick(every_s, now), "every_s": every_s}
    made = insert(schedule).values(row).on_conflict_do_nothing().returning(schedule.c.name)
    return uow.execute(made).first() is not None


def taken(uow: UnitOfWork, name: str, every_s: int, now: int) -> bool:
    """Whether the newest tick has its owner: a read that spares the write."""
    due_at = latest_tick(every_s, now)
    wanted = select(schedule.c.name).where(schedule.c.name == name, schedule.c.due_at == due_at)
    return uow.execute(wanted).first() is not None


def upcoming(uow: UnitOfWork) -> list[Upcoming]:
    """The last tick of every timer, by name."""
    last = select(schedule.c.name, func.max(schedule.c.due_at).label("due_at")).group_by(schedule.c.name)
    newest = last.subquery()
    rows = uow.execute(
        select(schedule)
        .join(newest, (schedule.c.name == newest.c.name) & (schedule.c.due_at == newest.c.due_at))
        .order_by(schedule.c.name)
    )
    return [
        Upcoming(row.name, row.every_s, iso(row.due_at), iso(row.due_at + row.every_s * 1000)) for row in rows
    ]
