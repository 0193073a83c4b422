"""DJ sets: private to their owner."""

from __future__ import annotations

from sqlalchemy import Index, Table

from resonance.db.tables.base import big, integer, key, metadata, real, ref, string

# What a set is made of and its slots are read and written together: one document (JSON, sets/document.py).
dj_set = Table(
    "dj_set",
    metadata,
    key(),
    ref("owner_id", "user_account"),
    string("name"),
    string("name_sort"),
    integer("version", server_default="1"),  # grows with every change; stale edits are refused
    string("document"),
    integer("average_score", null=True),  # of the joints at the last change, for lists
    integer("weak", server_default="0"),
    integer("tracks", server_default="0"),
    real("duration_s", server_default="0"),
    big("created_at"),
    big("changed_at"),
    Index("ix_dj_set_owner", "owner_id", "name_sort", "id"),
)

# The last states of a set, so that undoing survives leaving the page.
dj_set_version = Table(
    "dj_set_version",
    metadata,
    ref("set_id", "dj_set", primary_key=True),
    integer("version", primary_key=True),
    string("change"),  # made | arranged | edited | settings | restored
    string("name"),
    string("document"),
    integer("average_score", null=True),
    integer("tracks"),
    big("changed_at"),
)
