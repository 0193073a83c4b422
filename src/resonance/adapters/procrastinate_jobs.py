"""Jobs on PostgreSQL: Procrastinate carries the messages and finds dead workers; the `job` table is the
truth that people see.

A message is sent in the transaction that makes or changes its row, and names it; `job.external_id` names the
message back. A message whose row has another one by now is ignored.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import procrastinate
import psycopg
import psycopg.sql
from procrastinate.exceptions import ProcrastinateException
from procrastinate.jobs import Job as Message
from procrastinate.manager import JobManager
from procrastinate.schema import SchemaManager
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from resonance.core.clock import now_ms
from resonance.core.errors import NotFound
from resonance.core.events import EventBus
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.jobs import store
from resonance.jobs.keeper import Keeper
from resonance.jobs.ports import Handler, State
from resonance.jobs.running import RETRY_BASE_MS, RunningJob, announce, work

log = logger(__name__)

QUEUE = "resonance"
TASK = "resonance.run"
# Any fixed number: one process at a time looks for the jobs of dead workers.
RESCUE_LOCK = 7_262_932


class ProcrastinateJobs:
    """Jobs and JobRunner. The worker has an event loop in a thread of its own, each job a thread."""

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
        self._count = threads
        self._lease_s = lease_s
        self._poll_s = poll_s
        self._retry_base_ms = retry_base_ms
        self._handlers: Mapping[str, Handler] = {}
        self._keeper = Keeper(db, lease_s)
        # Only ever used on the connection of a unit of work.
        self._messages = JobManager(procrastinate.SyncPsycopgConnector())
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="jobs", daemon=True)
        self._pending: set[asyncio.Future[None]] = set()
        self._working: tuple[asyncio.AbstractEventLoop, asyncio.Task[None]] | None = None

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
            self._send(uow, job_id)
            announce(uow, self._events, job_id)
        return job_id

    def cancel(self, uow: UnitOfWork, job_id: str) -> None:
        """See jobs.ports.Jobs."""
        if store.cancel(uow, job_id) is State.RUNNING:
            uow.after_commit(lambda: self._keeper.ask_to_stop(job_id))
        else:
            sent = store.dispatch(uow, job_id).external_id
            self._messages.cancel_job_by_id(int(sent), delete_job=True, connection=_raw(uow))
        announce(uow, self._events, job_id)

    def retry(self, uow: UnitOfWork, job_id: str) -> None:
        """See jobs.ports.Jobs."""
        store.retry(uow, job_id)
        self._send(uow, job_id)
        announce(uow, self._events, job_id)

    def _send(self, uow: UnitOfWork, job_id: str) -> None:
        row = store.dispatch(uow, job_id)
        message = Message(
            queue=QUEUE,
            task_name=TASK,
            priority=row.priority,
            lock=None,
            queueing_lock=None,
            task_kwargs={"job_id": job_id},
            scheduled_at=datetime.fromtimestamp(row.run_at / 1000, UTC) if row.run_at > now_ms() else None,
        )
        sent = self._messages.defer_job(message, connection=_raw(uow))
        store.set_external(uow, job_id, str(sent.id))

    # JobRunner

    def start(self, handlers: Mapping[str, Handler]) -> None:
        """See jobs.ports.JobRunner."""
        self._handlers = handlers
        self._keeper.start()
        self._thread.start()

    def stop(self, grace_s: float = 5.0) -> None:
        """See jobs.ports.JobRunner."""
        self._stopping.set()
        self._keeper.stop()
        for running in self._keeper.present():
            running.stopping = True
        if not self._thread.is_alive():
            return
        self._call(lambda worker: worker.cancel())  # takes no more messages and waits for its jobs
        self._thread.join(grace_s)
        left = self._keeper.present()
        if left:
            with self._db.write() as uow:
                for running in left:
                    running.lost = True
                    if store.requeue(uow, running.claim, now_ms(), error=None, counts=False):
                        self._send(uow, running.job_id)
        self._call(lambda _worker: self._abandon())
        self._thread.join(5)

    def _call(self, action: Callable[[asyncio.Task[None]], object]) -> None:
        working = self._working
        if working:
            with suppress(RuntimeError):  # the loop has just ended
                working[0].call_soon_threadsafe(action, working[1])

    def _loop(self) -> None:
        while not self._stopping.is_set():
            try:
                asyncio.run(self._serve())
            except Exception as fault:  # the edge of the worker: the database may be back in a while
                log.error("jobs.loop_failed", exc_info=fault)
            self._stopping.wait(self._poll_s)

    async def _serve(self) -> None:
        """Work until stopped, or until Procrastinate's worker gives up (its connection was lost)."""
        connector = procrastinate.PsycopgConnector(conninfo=self._db.libpq_url, min_size=1, max_size=4)
        app = procrastinate.App(connector=connector)
        # A message that could not even be begun comes again.
        again = procrastinate.RetryStrategy(wait=max(1, int(self._poll_s)))
        app.task(name=TASK, queue=QUEUE, pass_context=True, retry=again)(self._perform)
        async with app.open_async():
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE],
                    name=self._keeper.holder,
                    concurrency=self._count,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=self._poll_s,
                    update_heartbeat_interval=self._lease_s / 6,
                    stalled_worker_timeout=self._lease_s,
                    delete_jobs="always",
                )
            )
            self._working = asyncio.get_running_loop(), worker
            if self._stopping.is_set():
                worker.cancel()
            rescue = asyncio.create_task(self._rescue_regularly(app))
            try:
                await worker
            except asyncio.CancelledError:
                if not self._stopping.is_set():
                    raise
            finally:
                rescue.cancel()
                self._working = None

    async def _perform(self, context: procrastinate.JobContext, job_id: str) -> None:
        """One message, in a daemon thread: a job that does not heed its end must not hold up ours."""
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[None] = loop.create_future()

        def tell(fault: Exception | None) -> None:
            if not ended.done():
                ended.set_exception(fault) if fault else ended.set_result(None)

        def body() -> None:
            fault: Exception | None = None
            try:
                self._work(job_id, str(context.job.id))
            except Exception as caught:  # the edge of the worker; Procrastinate sends the message again
                log.error("jobs.message_failed", job_id=job_id, exc_info=caught)
                fault = caught
            with suppress(RuntimeError):  # the loop did not wait
                loop.call_soon_threadsafe(tell, fault)

        self._pending.add(ended)
        threading.Thread(target=body, name=f"job-{job_id}", daemon=True).start()
        try:
            await ended
        finally:
            self._pending.discard(ended)

    def _abandon(self) -> None:
        for ended in self._pending:
            if not ended.done():
                ended.set_result(None)

    def _work(self, job_id: str, message_id: str) -> None:
        with self._db.write() as uow:
            claim = store.claim_one(uow, job_id, message_id, self._keeper.holder, self._keeper.lease_ms)
            with suppress(NotFound):  # pruned meanwhile
                announce(uow, self._events, job_id)
        if claim is None:
            return
        running = RunningJob(self._db, self._events, claim)
        self._keeper.add(running)
        try:
            work(
                self._db,
                self._events,
                running,
                self._handlers,
                retry_base_ms=self._retry_base_ms,
                on_requeue=self._send,
            )
        finally:
            self._keeper.remove(running)

    async def _rescue_regularly(self, app: procrastinate.App) -> None:
        while True:
            await asyncio.sleep(self._lease_s / 3)
            try:
                await asyncio.to_thread(self._rescue, app, asyncio.get_running_loop())
            except (ProcrastinateException, SQLAlchemyError) as fault:
                log.warning("jobs.rescue_failed", reason=str(fault))

    def _rescue(self, app: procrastinate.App, loop: asyncio.AbstractEventLoop) -> None:
        """Send the messages of dead workers again. One process at a time, so that none is sent twice."""
        with self._db.write() as uow:
            lock = text("SELECT pg_try_advisory_xact_lock(:lock)")
            if not uow.execute(lock, {"lock": RESCUE_LOCK}).scalar():
                return
            asyncio.run_coroutine_threadsafe(self._resend_stalled(app), loop).result()
            # A row whose message is gone altogether; messages of rows that were given back are ignored.
            for job_id in store.recover(uow, grace_ms=2 * self._keeper.lease_ms):
                if store.dispatch(uow, job_id).state == State.QUEUED:
                    self._send(uow, job_id)
                announce(uow, self._events, job_id)

    async def _resend_stalled(self, app: procrastinate.App) -> None:
        for message in await app.job_manager.get_stalled_jobs(
            queue=QUEUE, seconds_since_heartbeat=self._lease_s
        ):
            log.warning("jobs.worker_lost", message=message.id)
            await app.job_manager.retry_job(message)


def prepare(db: Database) -> None:
    """Make Procrastinate's tables, or bring them up to the installed version."""
    wanted = version("procrastinate")
    with db.write() as uow:
        uow.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": RESCUE_LOCK})
        present = uow.execute(text("SELECT to_regclass('procrastinate_jobs')")).scalar()
        made_by = uow.execute(text("SELECT obj_description(to_regclass('procrastinate_jobs'))")).scalar()
        if made_by == wanted:
            return
        raw = _raw(uow)
        if not present:
            raw.execute(SchemaManager.get_schema().encode())
        else:
            for script in _scripts_after(made_by or "0"):
                raw.execute(script.read_bytes())
        raw.execute(psycopg.sql.SQL("COMMENT ON TABLE procrastinate_jobs IS {}").format(wanted))


def _scripts_after(made_by: str) -> list[Path]:
    """Procrastinate's own migrations newer than the version that made the tables, oldest first."""
    folder = Path(SchemaManager.get_migrations_path())
    return sorted(path for path in folder.glob("*.sql") if _numbers(path.name[:8]) > _numbers(made_by))


def _numbers(words: str) -> tuple[int, ...]:
    return tuple(int(word) for word in words.split(".")[:3] if word.isdecimal())


def _raw(uow: UnitOfWork) -> psycopg.Connection[Any]:
    connection: Any = uow.connection.connection.driver_connection
    return connection  # type: ignore[no-any-return]
