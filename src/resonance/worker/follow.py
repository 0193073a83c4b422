"""Looks for news that concern smart playlists, whoever wrote them: this server, another one, or a command."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from resonance.core.logs import logger
from resonance.playlists import smart_refresh

if TYPE_CHECKING:
    from resonance.services import Services

log = logger(__name__)

LOOK_S = 2.0
LONGEST_S = 15.0


class Follower:
    """One sleeping thread; a look is one read by an index, and most find nothing."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="follow", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def look(self) -> bool:
        """Queue the job where there is work; whether there was. One that waits or runs is not doubled."""
        with self._services.db.read() as uow:
            if not self._services.smart.something_to_do(uow):
                return False
        with self._services.db.write() as uow:
            smart_refresh.request(uow, self._services.jobs)
        return True

    def _loop(self) -> None:
        wait_s = LOOK_S
        while not self._stopping.wait(wait_s):
            try:
                # While a scan runs there is always news: the job is not to follow every batch of it.
                wait_s = min(wait_s * 1.5, LONGEST_S) if self.look() else LOOK_S
            except Exception as fault:  # the edge of the worker: the next look may succeed
                log.error("follow.failed", exc_info=fault)
                wait_s = 30.0
