"""Plays on their way to a linked account: queued, sent, sent again after a fault, and never twice.

A play is marked before it is sent. When nobody knows whether it arrived, the server is asked for it before
it is sent again; can the server not tell, it is taken as arrived: a lost line is better than a doubled one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from resonance.core.clock import now_ms
from resonance.core.errors import Unavailable
from resonance.db.engine import Database
from resonance.library.remote.ports import UNSURE, Refused, Remote
from resonance.listens.remote import scrobble_store
from resonance.listens.remote.scrobble_store import waiting

__all__ = ["forward", "waiting"]

AT_ONCE = 50
MOST = 1000  # in one go
FIRST_WAIT_MS = 60_000
LONGEST_WAIT_MS = 6 * 3600 * 1000
MOST_ATTEMPTS = 12


def forward(db: Database, link: Any, remote: Remote) -> dict[str, int]:
    """Send what there is to send; how much was sent and how much waits."""
    with db.write() as uow:
        scrobble_store.queue(uow, link, MOST)
    sent = 0
    while sent < MOST:
        with db.read() as uow:
            rows = scrobble_store.due(uow, link.id, AT_ONCE)
        if not rows:
            break
        unheard = _unheard(db, link, remote, [row for row in rows if row.state == "sending"])
        fresh = [row for row in rows if row.state == "queued"] + unheard
        sent += len(rows) - len(fresh)
        if fresh and not _send(db, link, remote, fresh):
            break
        sent += len(fresh)
    with db.read() as uow:
        return {"sent": sent, "waiting": scrobble_store.left(uow, link.id)}


def _unheard(db: Database, link: Any, remote: Remote, rows: Sequence[Any]) -> list[Any]:
    """Those of the plays in doubt that the server does not have."""
    left: list[Any] = []
    for row in rows:
        if remote.heard(row.remote_id, row.started_at) is False:
            left.append(row)
        else:
            _arrived(db, link, [row])
    return left


def _send(db: Database, link: Any, remote: Remote, rows: Sequence[Any]) -> bool:
    with db.write() as uow:
        scrobble_store.mark(uow, link.id, rows, state="sending")
    try:
        remote.scrobble([(row.remote_id, row.started_at) for row in rows])
    except (Unavailable, Refused) as fault:
        with db.write() as uow:
            for row in rows:
                values = _put_off(row, unsure=fault.code == UNSURE)
                scrobble_store.mark(uow, link.id, [row], **values, problem=fault.message)
        if isinstance(fault, Refused):
            raise
        return False
    _arrived(db, link, rows)
    return True


def _put_off(row: Any, *, unsure: bool) -> dict[str, Any]:
    attempts = row.attempts + 1
    wait = min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** min(row.attempts, 10))
    state = "failed" if attempts >= MOST_ATTEMPTS else "sending" if unsure else "queued"
    return {"state": state, "attempts": attempts, "next_at": now_ms() + wait}


def _arrived(db: Database, link: Any, rows: Sequence[Any]) -> None:
    with db.write() as uow:
        scrobble_store.mark(uow, link.id, rows, state="sent", problem=None)
        for row in rows:
            scrobble_store.count_as_agreed(uow, link.id, row.play_id)
