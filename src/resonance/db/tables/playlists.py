"""Playlists and their entries."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from resonance.db.tables.base import ID, big, flag, integer, key, metadata, ref, string

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
    # A smart playlist has a rule (JSON, see rules.tree); its entries are made from it, never by hand.
    string("rule", null=True),
    string("watches", server_default=""),  # kinds of rule_change that concern the rule, between spaces
    string("sources", server_default="{}"),  # JSON {playlist id: version} of the lists the rule looks into
    big("due_at", null=True, index=True),  # when time alone may change its members
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

# News for smart playlists, written by db.changes while somebody's rule watches that kind, and taken away by
# the refresh. No foreign keys: what is gone is news too.
rule_change = Table(
    "rule_change",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    string("kind"),  # catalogue | features | moods | plays | likes | ratings | tags
    Column("track_id", ID, nullable=True),  # null: any track
    Column("user_id", ID, nullable=True),  # whose; null: everybody's
)
