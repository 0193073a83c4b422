"""When a session, key or app password was last used: noted in memory, written a little later in one go.

Reading a page must not wait for the one writer of the database (a scan may hold it).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Executable, bindparam, update
from sqlalchemy.exc import SQLAlchemyError

from resonance.core.logs import logger
from resonance.db.engine import Database
from resonance.db.tables.accounts import api_key, app_password, session

log = logger(__name__)
Kind = Literal["session", "app_password", "api_key"]
EVERY_MS = 60_000
DELAY_S = 2.0
_STATEMENTS: dict[Kind, Executable] = {
    "session": update(session).where(session.c.id == bindparam("thing")).values(last_seen_at=bindparam("at")),
    "api_key": update(api_key).where(api_key.c.id == bindparam("thing")).values(last_used_at=bindparam("at")),
    "app_password": update(app_password)
    .where(app_password.c.id == bindparam("thing"))
    .values(last_used_at=bindparam("at"), last_client=bindparam("client")),
}


@dataclass(frozen=True, slots=True)
class _Use:
    at: int
    client: str


class LastSeen:
    """Call `note` on each use; it is cheap, and a thing is written at most once a minute."""

    def __init__(self, db: Database, clock: Callable[[], int]) -> None:
        self._db = db
        self._clock = clock
        self._lock = threading.Lock()
        self._uses: dict[tuple[Kind, str], _Use] = {}
        self._timer: threading.Timer | None = None

    def note(self, kind: Kind, thing_id: str, written_at: int | None, client: str = "") -> None:
        """`thing_id` was used now; `written_at` is what the database says of its last use."""
        now = self._clock()
        if written_at is not None and now - written_at < EVERY_MS:
            return
        with self._lock:
            self._uses[kind, thing_id] = _Use(now, client)
            if self._timer is None:
                self._timer = threading.Timer(DELAY_S, self._write_late)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write what was noted."""
        with self._lock:
            uses, self._uses = self._uses, {}
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        if not uses:
            return
        with self._db.write() as uow:
            for (kind, thing_id), use in uses.items():
                uow.execute(_STATEMENTS[kind], {"thing": thing_id, "at": use.at, "client": use.client})

    def _write_late(self) -> None:
        try:
            self.flush()
        except SQLAlchemyError:  # a thread of its own: nobody else would report it
            log.warning("last_seen.not_written", exc_info=True)
