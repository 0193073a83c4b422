"""The SQL of kept import reports. The report of a followed playlist file has the id of that file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, exists, select, update

from resonance.db.engine import UnitOfWork
from resonance.db.tables.lists import import_report, playlist_file
from resonance.db.upsert import upsert

_OF_A_FILE = exists().where(playlist_file.c.id == import_report.c.id)
_NEWEST = (import_report.c.made_at.desc(), import_report.c.id)


def put(uow: UnitOfWork, row: dict[str, Any]) -> None:
    """A report, in place of the one of that id."""
    changed = [name for name in row if name != "id"]
    upsert(uow, import_report, [row], keys=["id"], update=changed)


def change(uow: UnitOfWork, report_id: str, **columns: Any) -> None:
    """Set columns of a report."""
    uow.execute(update(import_report).where(import_report.c.id == report_id).values(**columns))


def remove(uow: UnitOfWork, report_ids: Sequence[str]) -> None:
    """Delete reports."""
    if report_ids:
        uow.execute(delete(import_report).where(import_report.c.id.in_(report_ids)))


def beyond(uow: UnitOfWork, user_id: str, most: int) -> Sequence[str]:
    """The ids of a person's imports after the `most` newest."""
    mine = select(import_report.c.id).where(import_report.c.user_id == user_id, ~_OF_A_FILE)
    return uow.execute(mine.order_by(*_NEWEST).offset(most)).scalars().all()


def mine(uow: UnitOfWork, user_id: str) -> Sequence[Row[Any]]:
    """A person's imports without their bodies, the newest first."""
    columns = [column for column in import_report.c if column.name not in ("body", "user_id")]
    statement = select(*columns).where(import_report.c.user_id == user_id, ~_OF_A_FILE)
    return uow.execute(statement.order_by(*_NEWEST)).all()


def one(uow: UnitOfWork, user_id: str, report_id: str, *, lock: bool = False) -> Any:
    """A report of this person's, or None. With `lock` nobody else changes it until the commit."""
    statement = select(import_report).where(
        import_report.c.id == report_id, import_report.c.user_id == user_id
    )
    return uow.execute(statement.with_for_update() if lock else statement).one_or_none()


def newest_body(uow: UnitOfWork, user_id: str, name: str, format_name: str) -> bytes | None:
    """The newest report of an import of that name and format."""
    of_it = (import_report.c.name == name, import_report.c.format == format_name)
    statement = select(import_report.c.body).where(import_report.c.user_id == user_id, *of_it, ~_OF_A_FILE)
    body: bytes | None = uow.execute(statement.order_by(*_NEWEST).limit(1)).scalar()
    return body
