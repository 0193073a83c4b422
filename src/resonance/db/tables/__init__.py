"""Every table, one file a room. Any store may join any of them; only the owning room writes it."""

from resonance.db.tables import accounts, jobs, library, listens, playlists, search
from resonance.db.tables.base import metadata

__all__ = ["accounts", "jobs", "library", "listens", "metadata", "playlists", "search"]
