"""The embedded queue. On PostgreSQL Procrastinate has its own tables; `job` then mirrors what people see."""

from __future__ import annotations

from sqlalchemy import Index, Table

from resonance.db.tables.base import big, flag, integer, key, metadata, real, string

job = Table(
    "job",
    metadata,
    key(),
    string("name"),
    string("args"),  # JSON object
    string("unique_key", null=True, unique=True),  # set while queued or running, cleared at the end
    string("wanted_key", null=True),  # the unique key it was made with, for a retry
    string("state"),  # queued | running | done | failed | cancelled
    integer("priority", server_default="0"),  # higher first
    integer("attempts", server_default="0"),
    integer("max_attempts", server_default="3"),
    big("run_at"),
    big("lease_until", null=True),
    string("holder", null=True),
    flag("cancel_requested"),
    real("progress", null=True),  # 0..1, null when unknown
    string("progress_text", null=True),
    string("error", null=True),
    string("external_id", null=True),
    big("created_at"),
    big("started_at", null=True),
    big("finished_at", null=True),
    Index("ix_job_ready", "state", "run_at", "priority"),
    Index("ix_job_recent", "created_at", "id"),
)

schedule = Table(
    "schedule",
    metadata,
    string("name", primary_key=True),
    big("due_at", primary_key=True),  # the insert that succeeds owns this tick
    integer("every_s"),  # time to the next tick when this one was taken
)
