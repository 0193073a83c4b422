"""Reports of imports, kept so that what was missed can be looked up later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from resonance.core.clock import iso, now_ms
from resonance.core.errors import NotFound
from resonance.core.ids import new_id
from resonance.db.engine import UnitOfWork
from resonance.db.tables.lists import import_report
from resonance.model.caller import Caller
from resonance.model.lists import ImportItem
from resonance.playlists.exchange import report
from resonance.playlists.exchange.report import ListReport, Report

MOST = 100  # of one person; the oldest go
LONGEST_NAME = 200


def keep(uow: UnitOfWork, caller: Caller, name: str, format_name: str, lists: Sequence[ListReport]) -> str:
    """Keep the report of an import that was made; its id."""
    made = report.whole(name[:LONGEST_NAME], format_name, lists)
    row = {
        "id": new_id(),
        "user_id": caller.user_id,
        "name": made.name,
        "format": format_name,
        "entries": made.entries,
        "matched": made.matched,
        "body": report.pack(made),
        "made_at": now_ms(),
    }
    uow.execute(import_report.insert(), row)
    mine = select(import_report.c.id).where(import_report.c.user_id == caller.user_id)
    newest = mine.order_by(import_report.c.made_at.desc(), import_report.c.id)
    old = uow.execute(newest.offset(MOST)).scalars().all()
    if old:
        uow.execute(delete(import_report).where(import_report.c.id.in_(old)))
    return str(row["id"])


def mine(uow: UnitOfWork, caller: Caller) -> list[ImportItem]:
    """The caller's imports, the newest first."""
    columns = [column for column in import_report.c if column.name not in ("body", "user_id")]
    statement = select(*columns).where(import_report.c.user_id == caller.user_id)
    rows = uow.execute(statement.order_by(import_report.c.made_at.desc(), import_report.c.id))
    return [
        ImportItem(
            id=row.id,
            name=row.name,
            format=row.format,
            entries=row.entries,
            matched=row.matched,
            made_at=iso(row.made_at),
        )
        for row in rows
    ]


def one(uow: UnitOfWork, caller: Caller, report_id: str) -> Report:
    """A report of the caller's. NotFound for anybody else's."""
    return report.unpack(_row(uow, caller, report_id).body)


def forget(uow: UnitOfWork, caller: Caller, report_id: str) -> None:
    """Delete a report. NotFound for anybody else's."""
    caller.must_write()
    row = _row(uow, caller, report_id)
    uow.execute(delete(import_report).where(import_report.c.id == row.id))


def _row(uow: UnitOfWork, caller: Caller, report_id: str) -> Any:
    statement = select(import_report).where(
        import_report.c.id == report_id, import_report.c.user_id == caller.user_id
    )
    row = uow.execute(statement).one_or_none()
    if row is None:
        raise NotFound("There is no such report.")
    return row
