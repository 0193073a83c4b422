"""Places that people marked in tracks."""

from __future__ import annotations

from sqlalchemy import Index, Table

from resonance.db.tables.base import big, integer, key, metadata, real, ref, string

# Each person's own. Seconds from the first sample that our decoder gives, whatever other programs count.
cue = Table(
    "cue",
    metadata,
    key(),
    ref("user_id", "user_account"),
    ref("track_id", "track", index=True),
    string("kind"),  # cue | loop | grid | fade_in | fade_out | load
    integer("number", null=True),  # the pad it lies on, 0 is the first; null: none
    real("start_s"),
    real("end_s", null=True),  # of a loop
    string("name", server_default=""),
    string("colour", null=True),  # #rrggbb
    real("bpm", null=True),  # of a grid
    integer("beat", null=True),  # which beat of the bar a grid starts with, 1 is the first
    integer("beats", null=True),  # in a bar of the grid
    big("changed_at"),
    Index("ix_cue_user_track", "user_id", "track_id", "start_s"),
)
