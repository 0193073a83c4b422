"""What people make of playlists: folders, own covers, shares, undo, files they follow, reports of imports."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, Table, UniqueConstraint

from resonance.db.tables.base import big, flag, integer, key, metadata, ref, string

# Each person orders playlists (own and public ones) into folders of their own.
playlist_folder = Table(
    "playlist_folder",
    metadata,
    key(),
    ref("owner_id", "user_account", index=True),
    ref("parent_id", "playlist_folder", null=True, cascade=False, index=True),
    string("name"),
    integer("position"),  # among the folders of its parent, 0..n-1
    big("changed_at"),
)

# Where a person keeps a playlist. Without a row it stands outside of all folders, after those with one.
playlist_place = Table(
    "playlist_place",
    metadata,
    ref("user_id", "user_account", primary_key=True),
    ref("playlist_id", "playlist", primary_key=True, index=True),
    ref("folder_id", "playlist_folder", null=True, cascade=False, index=True),
    integer("position"),  # among the playlists of its folder
)

playlist_cover = Table(
    "playlist_cover",
    metadata,
    ref("playlist_id", "playlist", primary_key=True),
    string("content_hash"),  # of `body`
    Column("body", LargeBinary, nullable=False),  # decoded and made anew when it came: no location inside
    big("added_at"),
)

# A link that opens one playlist, or some tracks, without an account. Only the token's hash is kept.
playlist_share = Table(
    "playlist_share",
    metadata,
    key(),
    ref("owner_id", "user_account", index=True),
    ref("playlist_id", "playlist", null=True, index=True),  # null: the tracks of playlist_share_track
    string("token_hash", unique=True),
    string("label", server_default=""),
    flag("plays", default=True),  # whether it may be listened to, or only looked at
    string("password_hash", null=True),
    big("expires_at", null=True),
    big("created_at"),
    big("opened_at", null=True),
    integer("opened", server_default="0"),
)

playlist_share_track = Table(
    "playlist_share_track",
    metadata,
    ref("share_id", "playlist_share", primary_key=True),
    integer("position", primary_key=True),
    ref("track_id", "track", index=True),
)

# How a playlist was before a change, for as long as it can be taken back. It outlives the playlist.
playlist_step = Table(
    "playlist_step",
    metadata,
    key(),
    string("playlist_id", index=True),
    ref("user_id", "user_account", index=True),
    integer("version_before"),
    integer("version_after"),
    string("what"),  # add | remove | move | replace | delete
    Column("body", LargeBinary, nullable=False),  # zlib of JSON, see playlists.steps
    big("at", index=True),
)

# Playlist files in a library, and the playlist that follows each.
playlist_file = Table(
    "playlist_file",
    metadata,
    key(),
    ref("library_id", "library"),
    string("path"),  # as in carrier
    ref("playlist_id", "playlist", null=True, cascade=False, index=True),
    string("state"),  # follows | edited (here, so it follows no more) | gone | refused | dropped
    string("note", server_default=""),
    big("size"),
    big("mtime_ns"),
    integer("entries", server_default="0"),
    integer("missing", server_default="0"),  # entries without a track: tried again when music comes
    big("read_at"),
    UniqueConstraint("library_id", "path"),
)

# What an import found and missed.
import_report = Table(
    "import_report",
    metadata,
    key(),
    ref("user_id", "user_account", index=True),
    string("name"),
    string("format"),
    integer("entries"),
    integer("matched"),
    Column("body", LargeBinary, nullable=False),  # zlib of JSON, see playlists.exchange.report
    big("made_at"),
)
