"""GraphQL's view of the server: people, libraries, scans, jobs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

_WORDS = ("id", "library_id", "state", "reason", "started_at")
_NUMBERS = ("files", "seen", "added", "updated", "unchanged", "missing", "broken")


@strawberry.type
class Server:
    name: str
    version: str


@strawberry.type(description="The signed-in account. `role` is admin, user or guest.")
class Me:
    id: strawberry.ID
    name: str
    role: str


@strawberry.type(
    description="One run over a library. `state` is running, done, failed or cancelled; counts are files."
)
class Scan:
    id: strawberry.ID
    library_id: strawberry.ID
    state: str
    reason: str
    error: str | None
    started_at: str
    finished_at: str | None
    files: int
    seen: int
    added: int
    updated: int
    unchanged: int
    missing: int
    broken: int

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> Scan:
        """From the Scan of the REST contract; a field it lacks is null or 0."""
        empty: dict[str, Any] = dict.fromkeys(_WORDS, "") | dict.fromkeys(_NUMBERS, 0)
        return cls(**{**empty, "error": None, "finished_at": None, **item})


@strawberry.type(description="A folder that music comes from.")
class Library:
    id: strawberry.ID
    number: int
    name: str
    kind: str
    watch: bool
    watch_problem: str | None
    tracks: int
    last_scan: Scan | None
    path: str | None = strawberry.field(default=None, description="Told to admins only.")

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> Library:
        """From the library of the REST contract."""
        last = item["last_scan"]
        return cls(**{**item, "last_scan": Scan.of(last) if last else None})


@strawberry.type(description="A background job. `progress` is 0..1, null when unknown.")
class Job:
    id: strawberry.ID
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


@strawberry.type
class JobPage:
    items: list[Job]
    next: str | None
