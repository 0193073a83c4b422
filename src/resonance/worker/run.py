"""The background half of the serving process: the job runner, the timers, the folder watchers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from resonance.analysis import requests as analysis_requests
from resonance.jobs.ports import Handler
from resonance.library.scanning import requests as scan_requests
from resonance.library.scanning.watch import Watcher
from resonance.worker.follow import Follower
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
        self._follower = Follower(services)
        self._watcher = Watcher(services.db, self._request_scan) if settings.watch_folders else None

    def start(self) -> None:
        """Begin to work. Every library is scanned at once: files may have changed while nobody watched."""
        handlers: dict[str, Handler] = {
            name: partial(handler, self._services) for name, handler in HANDLERS.items()
        }
        with self._services.db.write() as uow:
            scan_requests.request_all(uow, self._services.jobs, reason="start")
            analysis_requests.request(uow, self._services.jobs)
        self._services.jobs.start(handlers)
        self._scheduler.start()
        self._follower.start()
        if self._watcher:
            self._watcher.start()

    def stop(self, grace_s: float = 5.0) -> None:
        """Stop timers and jobs. What is cut short is queued again and goes on at the next start."""
        if self._watcher:
            self._watcher.stop()
        self._scheduler.stop()
        self._follower.stop()
        self._services.jobs.stop(grace_s)

    def _request_scan(self, library_id: str, folders: tuple[str, ...]) -> None:
        with self._services.db.write() as uow:
            scan_requests.request(uow, self._services.jobs, library_id, reason="watcher", paths=folders)
