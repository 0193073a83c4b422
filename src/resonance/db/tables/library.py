"""The catalogue. `track` is what is liked, listed and played; `carrier` is where it lies.

A track has one carrier or more: files, later remote songs and record sides. Columns named *_folded and
*_sort are made by core.text; every comparison uses them.
"""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint, text

from resonance.db.tables.base import big, flag, integer, key, metadata, real, ref, string

library = Table(
    "library",
    metadata,
    key(),
    integer("number", unique=True),  # Subsonic's MusicFolder ids are integers
    string("name"),
    string("kind", server_default="folder"),
    string("path"),  # absolute
    flag("watch", default=True),
    string("watch_problem", null=True),  # why the timer stands in for the watcher
    big("created_at"),
)

# One row a run; the last ones are kept as history. counts are those of `resonance scan --json`.
scan = Table(
    "scan",
    metadata,
    key(),
    ref("library_id", "library", index=True),
    string("state"),  # running | done | failed | cancelled
    string("reason"),  # setup | manual | timer | watcher | start
    string("error", null=True),
    big("started_at"),
    big("finished_at", null=True),
    integer("files", server_default="0"),
    integer("seen", server_default="0"),
    integer("added", server_default="0"),
    integer("updated", server_default="0"),
    integer("unchanged", server_default="0"),
    integer("missing", server_default="0"),
    integer("broken", server_default="0"),
)

# Lease so that a CLI scan and the server never scan one library at once.
library_lease = Table(
    "library_lease",
    metadata,
    ref("library_id", "library", primary_key=True),
    string("holder"),
    big("lease_until"),
)

artist = Table(
    "artist",
    metadata,
    key(),
    string("name"),
    string("name_folded", index=True),
    string("name_sort"),
    string("mbid", null=True, index=True),
    string("identity", unique=True),  # mbid, else the folded name
    string("image_path", null=True),  # artist.jpg beside the music, as in carrier
    ref("image_library_id", "library", null=True, cascade=False),
    string("image_hash", null=True),
    integer("album_count", server_default="0"),  # albums as album artist with tracks present
    integer("track_count", server_default="0"),
    big("added_at"),
    Index("ix_artist_sort", "name_sort", "id"),
)

cover = Table(
    "cover",
    metadata,
    key(),  # hashed from the content hash: one row per picture, however many albums share it
    string("content_hash", unique=True),
    string("source"),  # embedded | folder
    string("path"),  # of the picture, or of the music file that embeds it, as in carrier
    ref("library_id", "library"),
    big("size"),
    string("placeholder", null=True),  # tiny picture as a data URL
    string("palette", null=True),  # JSON {accent:{h,c,l}, background, text, ...}; null until the job made it
    string("problem", null=True),  # why no thumbnail can be made
)

album = Table(
    "album",
    metadata,
    key(),
    ref("library_id", "library", index=True),
    string("identity"),  # release mbid, else folded (album artist, title, year of release)
    string("title"),
    string("title_folded"),
    string("title_sort"),
    string("artist_display"),
    string("artist_sort"),
    integer("year", null=True),
    string("date", null=True),  # as precise as known: YYYY, YYYY-MM or YYYY-MM-DD
    string("original_date", null=True),
    string("release_types", server_default=""),  # ";"-joined, lower case
    string("labels", server_default=""),
    string("catalog_number", null=True),
    string("version", null=True),
    string("mbid", null=True, index=True),
    string("release_group_mbid", null=True),
    flag("compilation"),
    ref("cover_id", "cover", null=True, cascade=False),
    integer("disc_count", server_default="1"),
    integer("track_count", server_default="0"),  # present tracks; 0 hides the album
    real("duration_s", server_default="0"),
    string("genres", server_default=""),  # display, ";"-joined
    string("lead", server_default=""),  # orders files: the album's own values come from the first one
    big("added_at"),
    big("updated_at"),
    UniqueConstraint("library_id", "identity"),
    Index("ix_album_title", "title_sort", "id"),
    Index("ix_album_artist_sort", "artist_sort", "title_sort", "id"),
    Index("ix_album_added", "added_at", "id"),
    Index("ix_album_year", "year", "title_sort", "id"),
)

album_artist = Table(
    "album_artist",
    metadata,
    ref("album_id", "album", primary_key=True),
    ref("artist_id", "artist", primary_key=True, index=True),
    integer("position"),
)

track = Table(
    "track",
    metadata,
    key(),
    ref("album_id", "album", null=True, index=True),
    string("title"),
    string("title_folded"),
    string("title_sort"),
    string("artist_display"),
    string("artist_sort"),
    integer("disc", null=True),
    integer("number", null=True),
    string("disc_subtitle", null=True),
    real("duration_s", server_default="0"),
    integer("year", null=True),
    string("date", null=True),
    string("original_date", null=True),
    string("genres", server_default=""),
    string("composers", server_default=""),
    string("mood_tags", server_default=""),  # as tagged, ";"-joined
    string("comment", null=True),
    string("isrc", null=True),
    string("recording_mbid", null=True, index=True),
    string("track_mbid", null=True),
    flag("explicit"),
    flag("compilation"),
    real("bpm_tag", null=True),  # as tagged; measured values live in the analysis room
    string("key_tag", null=True),
    real("gain_track_db", null=True),
    real("peak_track", null=True),
    real("gain_album_db", null=True),
    real("peak_album", null=True),
    string("facts_source", server_default="tags"),  # tags | path
    ref("cover_id", "cover", null=True, cascade=False),  # only where it differs from the album's
    flag("has_lyrics"),
    big("added_at"),
    big("updated_at"),
    big("missing_at", null=True),  # set when no carrier is present
    Index("ix_track_album_order", "album_id", "disc", "number", "title_sort", "id"),
    Index("ix_track_title", "title_sort", "id"),
    Index("ix_track_title_folded", "title_folded"),  # imports find tracks by name
    Index(
        "ix_track_isrc",
        "isrc",
        sqlite_where=text("isrc IS NOT NULL"),
        postgresql_where=text("isrc IS NOT NULL"),
    ),
    Index("ix_track_artist_sort", "artist_sort", "title_sort", "id"),
    Index("ix_track_added", "added_at", "id"),
    Index("ix_track_year", "year", "title_sort", "id"),
    Index("ix_track_duration", "duration_s", "id"),
    # Partial: as a plain column SQLite would search missing_at first and sort all rows for every page.
    Index(
        "ix_track_present",
        "id",
        sqlite_where=text("missing_at IS NULL"),
        postgresql_where=text("missing_at IS NULL"),
    ),
    Index(
        "ix_track_absent",
        "id",
        sqlite_where=text("missing_at IS NOT NULL"),
        postgresql_where=text("missing_at IS NOT NULL"),
    ),
)

track_artist = Table(
    "track_artist",
    metadata,
    ref("track_id", "track", primary_key=True),
    ref("artist_id", "artist", primary_key=True, index=True),
    string("role", primary_key=True),  # artist | remixer | composer | conductor | ...
    integer("position"),
)

genre = Table(
    "genre",
    metadata,
    key(),
    string("name"),
    string("name_folded", unique=True),
    integer("track_count", server_default="0"),
    integer("album_count", server_default="0"),
)

track_genre = Table(
    "track_genre",
    metadata,
    ref("track_id", "track", primary_key=True),
    ref("genre_id", "genre", primary_key=True, index=True),
    integer("position"),
)

carrier = Table(
    "carrier",
    metadata,
    key(),
    ref("track_id", "track"),
    ref("library_id", "library"),
    string("kind", server_default="file"),
    string("path"),  # relative to the library, in the form of library.paths
    string("folder"),  # its directory part, "" for the root
    big("size"),
    big("mtime_ns"),
    string("payload_id", null=True, index=True),  # what is heard, whatever the tags say
    string("format"),  # mp3 | flac | ogg | opus | m4a | wav | aiff | wma | ape | wv
    string("codec"),  # mp3 | flac | vorbis | opus | aac | alac | pcm | ...
    integer("bit_rate_kbps", null=True),
    integer("sample_rate_hz", null=True),
    integer("bit_depth", null=True),
    integer("channels", null=True),
    real("duration_s", server_default="0"),
    ref("cover_id", "cover", null=True, cascade=False, index=True),  # folder picture, else embedded one
    big("added_at"),
    big("missing_at", null=True),
    # A missing file keeps its row while another one has taken its place.
    Index(
        "uq_carrier_present_path",
        "library_id",
        "path",
        unique=True,
        sqlite_where=text("missing_at IS NULL"),
        postgresql_where=text("missing_at IS NULL"),
    ),
    # With what rules and libraries ask of a file, so that asking many tracks reads no rows.
    Index("ix_carrier_heard", "track_id", "missing_at", "library_id", "codec", "bit_rate_kbps"),
    Index("ix_carrier_walk", "library_id", "path", "size", "mtime_ns", "missing_at"),
    Index("ix_carrier_folder", "library_id", "folder", "missing_at"),
    Index("ix_carrier_missing", "library_id", "missing_at"),
)

# Folders with pictures or lyrics beside the music. `sides` lists them with sizes and times, so that a
# changed cover.jpg or .lrc is noticed though no music file changed.
library_folder = Table(
    "library_folder",
    metadata,
    ref("library_id", "library", primary_key=True),
    string("path", primary_key=True),
    string("sides"),  # JSON {name: [size, mtime_ns]}
    ref("cover_id", "cover", null=True, cascade=False),  # the picture chosen for the folder
)

lyrics = Table(
    "lyrics",
    metadata,
    ref("track_id", "track", primary_key=True),
    string("source", primary_key=True),  # tag | lrc
    string("language", primary_key=True),  # ISO 639 or "xxx"
    flag("synced"),
    string("body"),  # plain text, or LRC lines when synced
)

broken_file = Table(
    "broken_file",
    metadata,
    ref("library_id", "library", primary_key=True),
    string("path", primary_key=True),
    # A stable word: empty, truncated, unreadable, not_audio, bad_tags, bad_name, outside, loop, ...
    string("reason"),
    string("detail"),
    big("size"),
    big("mtime_ns"),
    big("seen_at"),
)

# Caches are keyed by these counters, so no second process is served stale ("catalogue", "artists", ...).
version = Table(
    "version",
    metadata,
    string("name", primary_key=True),
    big("value"),
)
