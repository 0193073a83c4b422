"""The catalogue as every surface reads it.

All functions take an open unit of work and the caller, show only what that caller may see, and carry the
caller's own likes, ratings and play counts.
"""

from resonance.library.catalogue_album_pages import (
    AlbumQuery,
    album_ids,
    album_total,
    albums,
    albums_at,
)
from resonance.library.catalogue_albums import album_detail, albums_by_ids
from resonance.library.catalogue_tracks import track_detail, tracks_by_ids

__all__ = [
    "AlbumQuery",
    "album_detail",
    "album_ids",
    "album_total",
    "albums",
    "albums_at",
    "albums_by_ids",
    "track_detail",
    "tracks_by_ids",
]
