"""Counters in the database that key every cache in memory."""

from __future__ import annotations

from sqlalchemy import select, update

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import version
from resonance.db.upsert import upsert


def bump(uow: UnitOfWork, name: str) -> None:
    """Say that what `name` stands for has changed."""
    upsert(uow, version, [{"name": name, "value": 0}], keys=["name"], update=[])
    uow.execute(update(version).where(version.c.name == name).values(value=version.c.value + 1))


def current(uow: UnitOfWork, name: str) -> int:
    """The counter of `name`; 0 when it never changed."""
    value: int | None = uow.execute(select(version.c.value).where(version.c.name == name)).scalar()
    return value or 0
