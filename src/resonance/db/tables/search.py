"""The text index's own tables. The FTS5 table itself (SQLite) is made by the migration."""

from __future__ import annotations

from sqlalchemy import Index, Table

from resonance.db.tables.base import integer, metadata, string

# One row per searchable thing. `body` holds folded, space-separated terms; CJK runs are cut into bigrams.
search_document = Table(
    "search_document",
    metadata,
    integer("rowid", primary_key=True, autoincrement=True),
    string("kind"),  # track | album | artist | playlist-free: playlists are few and scanned
    string("item_id"),
    string("title"),  # folded name, for exact and prefix ranking
    string("body"),
    integer("weight", server_default="0"),  # popularity within the kind, breaks ties
    Index("ix_search_document_item", "kind", "item_id", unique=True),
    Index("ix_search_document_title", "kind", "title"),
)

# Distinct terms with their document counts: what misspelt words are expanded against.
search_term = Table(
    "search_term",
    metadata,
    string("term", primary_key=True),
    integer("documents"),
)
