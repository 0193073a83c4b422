"""The text index's own tables.

What matches them stands beside: the FTS5 table `search_fts` on SQLite, the column `vector` on PostgreSQL
(both made by the migration and known only to their adapter).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, text

from resonance.db.tables.base import big, integer, metadata, string

# One row per searchable thing. The terms are folded and space-separated, CJK runs cut into bigrams; they
# are kept because an index without its own copy can only forget what it is told exactly.
search_document = Table(
    "search_document",
    metadata,
    Column("rowid", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    string("kind"),  # track | album | artist (playlists are few and scanned)
    string("item_id"),
    string("title"),  # folded name, for exact and prefix ranking
    string("name_terms"),
    string("more_terms"),  # of artist, album and the like
    integer("weight", server_default="0"),  # popularity within the kind, breaks ties
    Index("ix_search_document_item", "kind", "item_id", unique=True),
    Index("ix_search_document_title", "kind", "title", text("weight DESC")),
)

# Distinct terms with their document counts: what misspelt words are compared with. `number` is the value
# of the version "search_terms" that brought the term, so that a copy in memory fetches only what is new.
search_term = Table(
    "search_term",
    metadata,
    string("term", primary_key=True),
    integer("documents"),
    big("number", index=True),
)
