"""One scan a library at a time, across processes: a row with a holder and an end."""

from __future__ import annotations

import os
import secrets
import socket
import time
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from resonance.core.clock import now_ms
from resonance.core.errors import Conflict, Unavailable
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.library import library_lease

LEASE_MS = 30_000
RENEW_EVERY_S = 8.0


class Lease:
    """The right to scan one library, renewed while the scan runs. Made by `acquire`."""

    def __init__(self, db: Database, library_id: str, holder: str) -> None:
        self.db = db
        self.library_id = library_id
        self.holder = holder
        self.renewed = time.monotonic()

    def renew(self, uow: UnitOfWork) -> None:
        """Prolong within a transaction; Unavailable when another process has taken over."""
        changed = uow.execute(
            update(library_lease)
            .where(library_lease.c.library_id == self.library_id, library_lease.c.holder == self.holder)
            .values(lease_until=now_ms() + LEASE_MS)
        ).rowcount
        if changed != 1:
            raise Unavailable("scan", "Another process took over the scan of this library.")
        self.renewed = time.monotonic()

    def keep(self) -> None:
        """Prolong in a transaction of its own when it is time to; cheap to call often."""
        if time.monotonic() - self.renewed > RENEW_EVERY_S:
            with self.db.write() as uow:
                self.renew(uow)

    def release(self, uow: UnitOfWork) -> None:
        """Give it back."""
        uow.execute(
            delete(library_lease).where(
                library_lease.c.library_id == self.library_id, library_lease.c.holder == self.holder
            )
        )


def acquire(db: Database, uow: UnitOfWork, library_id: str) -> Lease:
    """Take the lease, or Conflict (code scan_running) while a living scan holds it."""
    row = uow.execute(select(library_lease).where(library_lease.c.library_id == library_id)).first()
    if row is not None:
        if row.lease_until > now_ms() and not is_dead(row.holder):
            raise Conflict("This library is being scanned already.", code="scan_running")
        uow.execute(delete(library_lease).where(library_lease.c.library_id == library_id))
    holder = f"{process_mark(os.getpid())}|{secrets.token_hex(8)}"
    uow.execute(
        insert(library_lease).values(library_id=library_id, holder=holder, lease_until=now_ms() + LEASE_MS)
    )
    return Lease(db, library_id, holder)


def is_held(uow: UnitOfWork, library_id: str) -> bool:
    """Whether a living scan holds the library."""
    row = uow.execute(select(library_lease).where(library_lease.c.library_id == library_id)).first()
    return row is not None and row.lease_until > now_ms() and not is_dead(row.holder)


def process_mark(pid: int) -> str:
    """The beginning of a holder: machine, process and when that began."""
    return f"{socket.gethostname()}|{pid}|{_started(pid)}"


def _started(pid: int) -> str:
    """When the process began, so that a number used again is not mistaken for it. "" when it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[19]


def is_dead(holder: str) -> bool:
    """Whether the holder was a process of this machine that no longer runs."""
    host, pid, started, *_ = [*holder.split("|"), "", "", ""]
    if host != socket.gethostname() or not pid.isdigit() or not Path("/proc/self/stat").exists():
        return False
    return _started(int(pid)) != started
