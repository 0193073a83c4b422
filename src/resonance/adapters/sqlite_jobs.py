"""The embedded queue: leases and heartbeats on the `job` table, worked by threads of the serving process."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

from resonance.core.clock import now_ms
from resonance.core.events import EventBus
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.jobs import store
from resonance.jobs.keeper import Keeper, is_dead
from resonance.jobs.ports import Handler, State
from resonance.jobs.running import RETRY_BASE_MS, RunningJob, announce, work
from resonance.jobs.store import Claim

log = logger(__name__)


class SqliteJobs:
    """Jobs and JobRunner over one database.

    At rest one thread makes one small read every `poll_s` seconds; an enqueue in this process wakes it
    at once.
    """

    def __init__(
        self,
        db: Database,
        events: EventBus,
        *,
        threads: int = 2,
        lease_s: float = 30.0,
        poll_s: float = 2.0,
        retry_base_ms: int = RETRY_BASE_MS,
    ) -> None:
        self._db = db
        self._events = events
        self._poll_s = poll_s
        self._retry_base_ms = retry_base_ms
        self._handlers: Mapping[str, Handler] = {}
        self._keeper = Keeper(db, lease_s)
        self._turn = threading.Lock()  # whoever has it looks for work; the others work or queue for it
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._loop, name=f"job-{n}", daemon=True) for n in range(threads)
        ]

    # Jobs

    def enqueue(
        self,
        uow: UnitOfWork,
        name: str,
        args: dict[str, Any],
        *,
        unique_key: str | None = None,
        priority: int = 0,
        run_at: int | None = None,
        max_attempts: int = 3,
    ) -> str:
        """See jobs.ports.Jobs."""
        job_id, new = store.insert(
            uow,
            name,
            args,
            unique_key=unique_key,
            priority=priority,
            run_at=run_at,
            max_attempts=max_attempts,
        )
        if new:
            announce(uow, self._events, job_id)
            uow.after_commit(self._wake.set)
        return job_id

    def cancel(self, uow: UnitOfWork, job_id: str) -> None:
        """See jobs.ports.Jobs."""
        if store.cancel(uow, job_id) is State.RUNNING:
            uow.after_commit(lambda: self._keeper.ask_to_stop(job_id))
        announce(uow, self._events, job_id)

    def retry(self, uow: UnitOfWork, job_id: str) -> None:
        """See jobs.ports.Jobs."""
        store.retry(uow, job_id)
        announce(uow, self._events, job_id)
        uow.after_commit(self._wake.set)

    # JobRunner

    def start(self, handlers: Mapping[str, Handler]) -> None:
        """See jobs.ports.JobRunner."""
        self._handlers = handlers
        with self._db.write() as uow:
            dead = [holder for holder in store.holders(uow) if is_dead(holder)]
            for job_id in store.recover(uow, dead):
                announce(uow, self._events, job_id)
        self._keeper.start()
        for thread in self._threads:
            thread.start()

    def stop(self, grace_s: float = 5.0) -> None:
        """See jobs.ports.JobRunner."""
        self._stopping.set()
        self._keeper.stop()
        self._wake.set()
        for running in self._keeper.present():
            running.stopping = True
        deadline = time.monotonic() + grace_s
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))
        left = self._keeper.present()
        if left:
            with self._db.write() as uow:
                for running in left:
                    running.lost = True
                    store.requeue(uow, running.claim, now_ms(), error=None, counts=False)

    def _loop(self) -> None:
        while not self._stopping.is_set():
            try:
                running = self._next()
                if running is None:
                    return
                try:
                    work(
                        self._db,
                        self._events,
                        running,
                        self._handlers,
                        retry_base_ms=self._retry_base_ms,
                        on_requeue=lambda uow, _id: uow.after_commit(self._wake.set),
                    )
                finally:
                    self._keeper.remove(running)
            except Exception as fault:  # the edge of the worker: a full disk must not end it
                log.error("jobs.loop_failed", exc_info=fault)
                self._stopping.wait(self._poll_s)

    def _next(self) -> RunningJob | None:
        """Wait for a job; None when the runner stops."""
        with self._turn:
            while True:
                self._wake.clear()
                if self._stopping.is_set():
                    return None
                with self._db.read() as uow:
                    waiting, due = store.work_waiting(uow)
                claim = self._claim() if waiting else None
                if claim:
                    running = RunningJob(self._db, self._events, claim)
                    self._keeper.add(running)
                    return running
                wait_s = self._poll_s if due is None else (due - now_ms()) / 1000
                self._wake.wait(min(self._poll_s, max(0.01, wait_s)))

    def _claim(self) -> Claim | None:
        with self._db.write() as uow:
            for job_id in store.recover(uow):
                announce(uow, self._events, job_id)
            claim = store.claim(uow, self._keeper.holder, self._keeper.lease_ms)
            if claim:
                announce(uow, self._events, claim.id)
        return claim
