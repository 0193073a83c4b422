"""Every table, one file a room. Any store may join any of them; only the owning room writes it."""

from resonance.db.tables import (
    accounts,
    analysis,
    jobs,
    library,
    listens,
    lyrics,
    playlists,
    search,
    vectors,
)
from resonance.db.tables.base import metadata

__all__ = [
    "accounts",
    "analysis",
    "jobs",
    "library",
    "listens",
    "lyrics",
    "metadata",
    "playlists",
    "search",
    "vectors",
]
