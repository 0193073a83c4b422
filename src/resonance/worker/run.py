"""The background half of the serving process: the job runner, the timers, the folder watchers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from resonance.jobs.ports import Handler
from resonance.library import scan_requests
from resonance.worker.handlers import HANDLERS
from resonance.worker.schedule import Scheduler

if TYPE_CHECKING:
    from resonance.services import Services
    from resonance.settings import Settings


class Worker:
    """Started once the server's services are built; `stop` before they are closed."""

    def __init__(self, services: Services, settings: Settings) -> None:
        self._services = services
        self._settings = settings
        self._scheduler = Scheduler(services, settings)

    def start(self) -> None:
        """Begin to work. Libraries without a finished scan are scanned at once."""
        handlers: dict[str, Handler] = {
            name: partial(handler, self._services) for name, handler in HANDLERS.items()
        }
        with self._services.db.write() as uow:
            scan_requests.request_unfinished(uow, self._services.jobs)
        self._services.jobs.start(handlers)
        self._scheduler.start()

    def stop(self, grace_s: float = 5.0) -> None:
        """Stop timers and jobs. What is cut short is queued again and goes on at the next start."""
        self._scheduler.stop()
        self._services.jobs.stop(grace_s)
