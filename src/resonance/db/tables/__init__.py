"""Every table, one file a room. Any store may join any of them; only the owning room writes it."""

from resonance.db.tables import (
    accounts,
    analysis,
    cues,
    dj_sets,
    jobs,
    library,
    listens,
    lists,
    lyrics,
    playlists,
    remote,
    search,
    vectors,
)
from resonance.db.tables.base import metadata

__all__ = [
    "accounts",
    "analysis",
    "cues",
    "dj_sets",
    "jobs",
    "library",
    "listens",
    "lists",
    "lyrics",
    "metadata",
    "playlists",
    "remote",
    "search",
    "vectors",
]
