"""What each person did with the music. Every row carries its user."""

from __future__ import annotations

from sqlalchemy import Index, Table

from resonance.db.tables.base import big, integer, key, metadata, real, ref, string

play = Table(
    "play",
    metadata,
    key(),  # chosen by the client where it has one, so that a resent play counts once
    ref("user_id", "user_account"),
    ref("track_id", "track", index=True),
    big("started_at"),
    real("played_s", null=True),
    string("client", server_default=""),
    Index("ix_play_user_time", "user_id", "started_at", "id"),
)

# Totals a user sees on every row; kept with each play, so lists need no counting.
track_stat = Table(
    "track_stat",
    metadata,
    ref("user_id", "user_account", primary_key=True),
    ref("track_id", "track", primary_key=True, index=True),
    integer("play_count", server_default="0"),
    big("last_played_at", null=True),
    Index("ix_track_stat_most", "user_id", "play_count", "track_id"),
)

# item_kind: track | album | artist (an item may be any of three tables, so no foreign key)
like = Table(
    "item_like",
    metadata,
    ref("user_id", "user_account", primary_key=True),
    string("item_kind", primary_key=True),
    string("item_id", primary_key=True),
    big("liked_at"),
    Index("ix_item_like_item", "item_kind", "item_id"),
)

rating = Table(
    "item_rating",
    metadata,
    ref("user_id", "user_account", primary_key=True),
    string("item_kind", primary_key=True),
    string("item_id", primary_key=True),
    integer("stars"),  # 1-5
    big("rated_at"),
    Index("ix_item_rating_best", "user_id", "item_kind", "stars", "item_id"),
)

track_tag = Table(
    "track_tag",
    metadata,
    ref("user_id", "user_account", primary_key=True),
    ref("track_id", "track", primary_key=True, index=True),
    string("tag", primary_key=True),
)

track_note = Table(
    "track_note",
    metadata,
    ref("user_id", "user_account", primary_key=True),
    ref("track_id", "track", primary_key=True, index=True),
    string("note"),
    big("updated_at"),
)

play_queue = Table(
    "play_queue",
    metadata,
    ref("user_id", "user_account", primary_key=True),
    string("track_ids", server_default="[]"),  # JSON list
    integer("current_index", null=True),
    big("position_ms", server_default="0"),
    big("changed_at"),
    string("changed_by", server_default=""),
)
