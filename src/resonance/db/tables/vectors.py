"""Vectors of tracks, and where the map draws them.

The blobs here are the truth on every database. What finds the nearest ones (an index in memory, pgvector's
column) is derived from them and can be made again.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table

from resonance.db.tables.base import big, integer, metadata, real, ref, string

# A space is one kind of vector ("timbre", "words", "audio"). Its version names what made them (model,
# algorithm): vectors of different versions are never compared.
embedding_space = Table(
    "embedding_space",
    metadata,
    string("name", primary_key=True),
    string("version"),
    integer("dimensions"),
    string("label"),  # for people: "built-in", "nomic-embed-text"
    big("changed_at"),
)

embedding = Table(
    "embedding",
    metadata,
    string("space", primary_key=True),
    ref("track_id", "track", primary_key=True),
    string("version"),
    string("source_mark"),  # changes with what the vector was made of: embedded again when it differs
    big("changed"),  # the version counter of the space when the row was written: an index reads what is newer
    Column("data", LargeBinary, nullable=False),  # float32, little endian, as many as the space's dimensions
    Index("ix_embedding_track", "track_id"),
    # Without a look at the rows, which are long: what is newer, and what has a vector.
    Index("ix_embedding_changed", "space", "version", "changed"),
    Index("ix_embedding_version", "space", "version", "track_id"),
)

# Where a track lies on the map: stable, so a place once given stays until the map is drawn anew.
map_point = Table(
    "map_point",
    metadata,
    ref("track_id", "track", primary_key=True),
    real("x"),
    real("y"),
    integer("region"),
    integer("layout"),  # the drawing that it belongs to
)

map_layout = Table(
    "map_layout",
    metadata,
    integer("number", primary_key=True),
    string("space"),
    string("version"),  # of the vectors that it was drawn from
    string("regions"),  # JSON: [{number, label, x, y, tracks}]
    big("drawn_at"),
)
