"""The catalogue as every surface reads it.

All functions take an open unit of work and the caller, show only what that caller may see, and carry the
caller's own likes, ratings and play counts.
"""

from resonance.library.catalogue.access import must_see, visible
from resonance.library.catalogue.album_pages import (
    AlbumQuery,
    AlbumSort,
    Order,
    album_ids,
    album_total,
    albums,
    albums_at,
)
from resonance.library.catalogue.albums import album_detail, albums_by_ids
from resonance.library.catalogue.artists import (
    ArtistQuery,
    ArtistSort,
    artist_detail,
    artist_index,
    artists,
    artists_by_ids,
    liked_artists,
    top_tracks,
)
from resonance.library.catalogue.facets import genre_named, genres, years
from resonance.library.catalogue.folders import folder, folder_by_id, roots
from resonance.library.catalogue.track_pages import track_ids, track_total, tracks, tracks_from
from resonance.library.catalogue.track_query import TrackQuery, TrackSort
from resonance.library.catalogue.tracks import track_detail, tracks_by_ids

__all__ = [
    "AlbumQuery",
    "AlbumSort",
    "ArtistQuery",
    "ArtistSort",
    "Order",
    "TrackQuery",
    "TrackSort",
    "album_detail",
    "album_ids",
    "album_total",
    "albums",
    "albums_at",
    "albums_by_ids",
    "artist_detail",
    "artist_index",
    "artists",
    "artists_by_ids",
    "folder",
    "folder_by_id",
    "genre_named",
    "genres",
    "liked_artists",
    "must_see",
    "roots",
    "top_tracks",
    "track_detail",
    "track_ids",
    "track_total",
    "tracks",
    "tracks_by_ids",
    "tracks_from",
    "visible",
    "years",
]
