"""Transactions that wait while the database is locked or its disk full."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import OperationalError

from resonance.core.errors import Unavailable
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork

log = logger(__name__)

T = TypeVar("T")
# A database that takes nothing for so long ends the run; the job comes again.
LONGEST_S = 1800.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
_LOOK_S = 0.25


class Patience:
    """Repeats what the database refused, each time later, until `stopped` says so."""

    def __init__(self, db: Database, stopped: Callable[[], bool]) -> None:
        self.db, self.stopped = db, stopped

    def write(self, action: Callable[[UnitOfWork], T]) -> T:
        """`action` in a transaction of its own. Raises Unavailable in the end."""
        began, pause = time.monotonic(), FIRST_PAUSE_S
        while True:
            try:
                with self.db.write() as uow:
                    return action(uow)
            except OperationalError as fault:
                log.warning("analysis.write_failed", reason=str(fault.orig)[:200])
                if self.stopped() or time.monotonic() - began > LONGEST_S:
                    words = "The database takes no results at the moment."
                    raise Unavailable("database", words) from fault
            self._sleep(pause)
            pause = min(LONGEST_PAUSE_S, 2 * pause)

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.stopped():
            time.sleep(_LOOK_S)
