"""Playlists and their entries."""

from __future__ import annotations

from sqlalchemy import Index, Table

from resonance.db.tables.base import big, flag, integer, key, metadata, ref, string

playlist = Table(
    "playlist",
    metadata,
    key(),
    ref("owner_id", "user_account", index=True),
    string("name"),
    string("name_sort"),
    string("comment", server_default=""),
    flag("public"),
    integer("version", server_default="1"),  # grows with every change; stale edits are refused
    big("created_at"),
    big("changed_at"),
)

playlist_entry = Table(
    "playlist_entry",
    metadata,
    key(),
    ref("playlist_id", "playlist"),
    integer("position"),  # 0..n-1 without holes
    ref("track_id", "track", index=True),
    ref("added_by", "user_account", null=True, cascade=False),
    big("added_at"),
    Index("ix_playlist_entry_order", "playlist_id", "position"),
)
