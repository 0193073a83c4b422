"""One attempt of a job: progress, the wish to stop, and how its end is written down."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from resonance.core.clock import now_ms
from resonance.core.errors import Forbidden, Invalid, NotFound, ResonanceError
from resonance.core.events import Event, EventBus
from resonance.core.logs import logger, redact
from resonance.db.engine import Database, UnitOfWork
from resonance.jobs import store
from resonance.jobs.ports import Handler, State
from resonance.jobs.store import Claim

log = logger(__name__)

PROGRESS_EVERY_S = 0.5
ERROR_LENGTH = 500
RETRY_BASE_MS = 10_000
RETRY_CAP_MS = 3_600_000
# Trying again cannot mend these.
_FINAL = (NotFound, Invalid, Forbidden)

OnRequeue = Callable[[UnitOfWork, str], None]


class RunningJob:
    """The JobContext of one attempt."""

    def __init__(self, db: Database, events: EventBus, claim: Claim) -> None:
        self.claim = claim
        self.cancel_requested = False
        self.stopping = False
        self.lost = False
        self.saw_cancelled = False
        self._db = db
        self._events = events
        self._told_at = 0.0

    @property
    def job_id(self) -> str:
        """The id of the job."""
        return self.claim.id

    @property
    def cancelled(self) -> bool:
        """Whether to stop soon."""
        asked = self.cancel_requested or self.stopping or self.lost
        self.saw_cancelled = self.saw_cancelled or asked
        return asked

    def progress(self, fraction: float | None, text: str = "") -> None:
        """Store and publish, unless that happened less than half a second ago."""
        now = time.monotonic()
        if now - self._told_at < PROGRESS_EVERY_S:
            return
        self._told_at = now
        bounded = None if fraction is None else min(1.0, max(0.0, fraction))
        with self._db.write() as uow:
            if store.set_progress(uow, self.claim, bounded, text):
                announce(uow, self._events, self.claim.id)


def announce(uow: UnitOfWork, events: EventBus, job_id: str) -> None:
    """Publish the job as it stands, once the transaction is durable."""
    data: dict[str, Any] = msgspec.to_builtins(store.get(uow, job_id))
    uow.after_commit(lambda: events.publish(Event("job.changed", data)))


def backoff_ms(attempt: int, base_ms: int = RETRY_BASE_MS) -> int:
    """The wait after failed attempt number `attempt`: 10 s, 40 s, 160 s ... at most an hour."""
    return int(min(RETRY_CAP_MS, base_ms * 4 ** (attempt - 1)))


def work(
    db: Database,
    events: EventBus,
    running: RunningJob,
    handlers: Mapping[str, Handler],
    *,
    retry_base_ms: int = RETRY_BASE_MS,
    on_requeue: OnRequeue = lambda _uow, _job_id: None,
) -> None:
    """Run the handler and write down how it ended. Raises nothing that the handler raised."""
    fault = _call(running, handlers)
    held = running.claim
    with db.write() as uow:
        if fault is None and not running.saw_cancelled:
            kept = store.finish(uow, held, State.DONE)
        elif running.cancel_requested:
            kept = store.finish(uow, held, State.CANCELLED)
        elif running.stopping:
            kept = store.requeue(uow, held, now_ms(), error=None, counts=False)
            if kept:
                on_requeue(uow, held.id)
        elif fault is not None:
            kept = _failed(uow, held, fault, retry_base_ms, on_requeue)
        else:
            kept = False
        if kept:
            announce(uow, events, held.id)
    if not kept:
        log.warning("job.lease_lost", job=held.name, job_id=held.id, attempt=held.attempt)


def _call(running: RunningJob, handlers: Mapping[str, Handler]) -> Exception | None:
    held = running.claim
    handler = handlers.get(held.name)
    if handler is None:
        return Invalid(f"This server knows no job named {held.name}.")
    started = time.perf_counter()
    try:
        handler(running, held.args)
    except ResonanceError as fault:  # said on purpose, so its words are enough
        log.warning("job.failed", job=held.name, job_id=held.id, attempt=held.attempt, reason=fault.message)
        return fault
    except Exception as fault:  # the edge of the worker: any job may fail in any way
        log.error("job.failed", job=held.name, job_id=held.id, attempt=held.attempt, exc_info=fault)
        return fault
    log.info("job.ended", job=held.name, job_id=held.id, seconds=round(time.perf_counter() - started, 3))
    return None


def _failed(uow: UnitOfWork, held: Claim, fault: Exception, base_ms: int, on_requeue: OnRequeue) -> bool:
    text = error_text(fault)
    if isinstance(fault, _FINAL) or held.attempt >= held.max_attempts:
        return store.finish(uow, held, State.FAILED, text)
    kept = store.requeue(uow, held, now_ms() + backoff_ms(held.attempt, base_ms), error=text, counts=True)
    if kept:
        on_requeue(uow, held.id)
    return kept


def error_text(fault: Exception) -> str:
    """A short text for people; the traceback is in the log."""
    text = fault.message if isinstance(fault, ResonanceError) else f"{type(fault).__name__}: {fault}"
    return redact(text)[:ERROR_LENGTH]
