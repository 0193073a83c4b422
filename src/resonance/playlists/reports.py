"""Reports of imports, kept so that what was missed can be looked up, and settled, later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from resonance.core.clock import iso, now_ms
from resonance.core.errors import NotFound
from resonance.core.ids import new_id
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue.access import visible
from resonance.model.caller import Caller
from resonance.model.lists import ImportItem
from resonance.playlists import report_store
from resonance.playlists.exchange import report
from resonance.playlists.exchange.chosen import Chosen, chosen
from resonance.playlists.exchange.report import ListReport, Report

MOST = 100  # of one person; the oldest go
LONGEST_NAME = 200


def keep(
    uow: UnitOfWork,
    caller: Caller,
    name: str,
    format_name: str,
    lists: Sequence[ListReport],
    *,
    report_id: str | None = None,
) -> str:
    """Keep the report of an import that was made; its id. With `report_id` in place of that one."""
    made = report.whole(name[:LONGEST_NAME], format_name, lists)
    row = {
        "id": report_id or new_id(),
        "user_id": caller.user_id,
        "name": made.name,
        "format": format_name,
        "entries": made.entries,
        "matched": made.matched,
        "body": report.pack(made),
        "made_at": now_ms(),
    }
    report_store.put(uow, row)
    report_store.remove(uow, report_store.beyond(uow, caller.user_id, MOST))
    return str(row["id"])


def mine(uow: UnitOfWork, caller: Caller) -> list[ImportItem]:
    """The caller's imports, the newest first."""
    return [
        ImportItem(
            id=row.id,
            name=row.name,
            format=row.format,
            entries=row.entries,
            matched=row.matched,
            made_at=iso(row.made_at),
        )
        for row in report_store.mine(uow, caller.user_id)
    ]


def one(uow: UnitOfWork, caller: Caller, report_id: str) -> Report:
    """A report of the caller's. NotFound for anybody else's."""
    return report.unpack(row(uow, caller, report_id).body)


def forget(uow: UnitOfWork, caller: Caller, report_id: str) -> None:
    """Delete a report. NotFound for anybody else's."""
    caller.must_write()
    report_store.remove(uow, [row(uow, caller, report_id).id])


def chosen_before(uow: UnitOfWork, caller: Caller, name: str, format_name: str) -> Chosen:
    """What the caller chose when a file of that name and format was imported last."""
    body = report_store.newest_body(uow, caller.user_id, name[:LONGEST_NAME], format_name)
    return _in_sight(uow, caller, body)


def chosen_in(uow: UnitOfWork, caller: Caller, report_id: str) -> Chosen:
    """What the caller chose in a report, if there is one."""
    found = report_store.one(uow, caller.user_id, report_id)
    return _in_sight(uow, caller, found and found.body)


def _in_sight(uow: UnitOfWork, caller: Caller, body: bytes | None) -> Chosen:
    found = chosen(report.unpack(body)) if body else Chosen()
    return found.only(visible(uow, caller, "track", found.tracks()))


def row(uow: UnitOfWork, caller: Caller, report_id: str, *, lock: bool = False) -> Any:
    """The row of a report of the caller's. NotFound for anybody else's."""
    found = report_store.one(uow, caller.user_id, report_id, lock=lock)
    if found is None:
        raise NotFound("There is no such report.")
    return found
