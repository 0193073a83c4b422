"""What surfaces tell of syncs: the last runs of a server, and what happened to which song."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypedDict, cast

from resonance.core.clock import iso
from resonance.db.engine import UnitOfWork
from resonance.library.remote import run_store
from resonance.library.remote.run_store import RUNS_KEPT, cancel

__all__ = ["RUNS_KEPT", "Action", "Counts", "Report", "SyncNote", "SyncRun", "cancel", "notes", "runs"]

Action = Literal["added", "updated", "joined", "parted", "returned", "removed", "unmatched", "failed"]


@dataclass(slots=True)
class Counts:
    """What a sync found and did, in songs. `joined` share their track with a file here."""

    requests: int = 0
    pages: int = 0
    total: int = 0
    seen: int = 0
    added: int = 0
    updated: int = 0
    joined: int = 0
    unchanged: int = 0
    removed: int = 0
    unmatched: int = 0
    notes_left_out: int = 0


@dataclass(slots=True)
class Report:
    """A sync. `state`: running, done, unchanged, postponed (the server was scanning), cancelled, failed."""

    run_id: str
    server_id: str
    state: str = "running"
    error: str | None = None
    seconds: float = 0.0
    counts: Counts = field(default_factory=Counts)
    people: list[dict[str, Any]] = field(default_factory=list)


class SyncCounts(TypedDict):
    """What a sync did, in songs."""

    requests: int
    pages: int
    total: int
    seen: int
    added: int
    updated: int
    joined: int
    unchanged: int
    removed: int
    unmatched: int
    notes_left_out: int


class SyncRun(TypedDict):
    """One sync. `people` tells of each linked account."""

    id: str
    server_id: str
    state: str
    reason: str
    full: bool
    step: str
    error: str | None
    started_at: str
    finished_at: str | None
    counts: SyncCounts
    people: list[dict[str, Any]]


class SyncNote(TypedDict):
    """What happened to one song, and why."""

    number: int
    action: str
    title: str
    track_id: str | None
    remote_id: str | None
    why: str


def runs(uow: UnitOfWork, server_id: str, limit: int = RUNS_KEPT) -> list[SyncRun]:
    """The last runs, newest first."""
    return [_item(row) for row in run_store.runs(uow, server_id, limit)]


def notes(
    uow: UnitOfWork, server_id: str, run_id: str, *, after: int, limit: int, action: str | None = None
) -> list[SyncNote]:
    """Lines of one run's log, in order."""
    return [
        {
            "number": row.number,
            "action": row.action,
            "title": row.title,
            "track_id": row.track_id,
            "remote_id": row.remote_id,
            "why": row.why,
        }
        for row in run_store.notes(uow, server_id, run_id, after=after, limit=limit, action=action)
    ]


def _item(row: Any) -> SyncRun:
    counts = json.loads(row.counts or "{}")
    people = counts.pop("people", [])
    return {
        "id": row.id,
        "server_id": row.server_id,
        "state": row.state,
        "reason": row.reason,
        "full": row.full,
        "step": row.step,
        "error": row.error,
        "started_at": iso(row.started_at),
        "finished_at": iso(row.finished_at) if row.finished_at else None,
        "counts": cast(SyncCounts, asdict(Counts()) | counts),
        "people": people,
    }
