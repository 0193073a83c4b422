"""What the rest of Resonance knows about jobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol

import msgspec

from resonance.db.engine import UnitOfWork


class State(StrEnum):
    """queued -> running -> done | failed | cancelled; a failed attempt with attempts left is queued again."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(msgspec.Struct, frozen=True):
    """A job as people see it. Times are ISO 8601 UTC; `progress` is 0..1, None when unknown."""

    id: str
    name: str
    state: str
    progress: float | None
    progress_text: str | None
    attempts: int
    max_attempts: int
    error: str | None
    created_at: str
    started_at: str | None
    finished_at: str | None


class JobContext(Protocol):
    """What a handler holds while its job runs."""

    @property
    def job_id(self) -> str:
        """The id of the job."""

    @property
    def cancelled(self) -> bool:
        """Whether to stop soon: someone cancelled the job, the server stops, or the lease was lost.

        Cheap enough to ask once a file. A handler that has seen True returns early; a job stopped by the
        server is queued again without losing an attempt.
        """

    def progress(self, fraction: float | None, text: str = "") -> None:
        """Tell how far the work is (0..1, None when unknown). Stored and published at most twice a second."""


Handler = Callable[[JobContext, dict[str, Any]], None]


class Jobs(Protocol):
    """Queue work and steer it."""

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
        """The id of a new job, made in the caller's transaction and started after its commit.

        While a job with the same `unique_key` is queued or running, its id is returned and nothing is made.
        Higher `priority` runs first; `run_at` is in milliseconds, None means now.
        """

    def cancel(self, uow: UnitOfWork, job_id: str) -> None:
        """End a queued job at once; ask a running one to stop. NotFound; Conflict when it has ended."""

    def retry(self, uow: UnitOfWork, job_id: str) -> None:
        """Queue a failed or cancelled job again with all its attempts. NotFound; Conflict otherwise."""


class JobRunner(Jobs, Protocol):
    """A queue that can also work."""

    def start(self, handlers: Mapping[str, Handler]) -> None:
        """Start working in threads of this process."""

    def stop(self, grace_s: float = 5.0) -> None:
        """Take no more jobs, tell running ones to stop, wait `grace_s` seconds, give back what is left."""
