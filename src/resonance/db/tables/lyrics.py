"""Words that are neither in a file nor beside one: whom they were asked of, and what people wrote."""

from __future__ import annotations

from sqlalchemy import Table

from resonance.db.tables.base import big, flag, integer, metadata, ref, string

# What a provider answered for a track, kept for good. Its text is in the table `lyrics`, source = provider.
lyrics_lookup = Table(
    "lyrics_lookup",
    metadata,
    ref("track_id", "track", primary_key=True),
    string("provider", primary_key=True),  # lrclib
    string("asked_for"),  # the names and length that were asked for: others make it a new question
    string("outcome"),  # found | none | error
    big("asked_at"),
)

# A person's own text of a track, or only how much sooner the words of any text shall come.
own_lyrics = Table(
    "own_lyrics",
    metadata,
    ref("user_id", "user_account", primary_key=True),
    ref("track_id", "track", primary_key=True, index=True),
    string("body", null=True),  # as in `lyrics`
    flag("synced"),
    integer("offset_ms", server_default="0"),  # positive: sooner
    big("changed_at"),
)
