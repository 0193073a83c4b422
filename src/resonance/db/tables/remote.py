"""Music servers whose songs are part of the library, the accounts people linked there, and what was seen.

A remote song is a row of `carrier` with kind "remote"; `remote_song` holds what the server calls it.
"""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from resonance.db.tables.base import big, flag, integer, key, metadata, ref, string

remote_server = Table(
    "remote_server",
    metadata,
    key(),
    string("name"),
    string("kind"),  # navidrome | opensubsonic
    string("url"),  # without a slash at its end
    string("username"),  # the account that reads the catalogue
    string("secret"),  # sealed
    string("token", null=True),  # sealed: the sign-in that is still good
    flag("everyone"),  # people without a linked account see its music as well
    string("mappings", server_default="[]"),  # JSON [[remote folder, local folder]]
    string("cursor", server_default="{}"),  # JSON: how far the last whole sync came
    big("created_at"),
    big("last_sync_at", null=True),
    string("problem", null=True),
)

# Each library of a server is a library here, so access works as everywhere.
remote_library = Table(
    "remote_library",
    metadata,
    ref("server_id", "remote_server", primary_key=True),
    string("remote_id", primary_key=True),
    ref("library_id", "library", unique=True),
    string("path", server_default=""),  # the server's own folder, where it tells
)

remote_song = Table(
    "remote_song",
    metadata,
    ref("carrier_id", "carrier", primary_key=True),
    ref("server_id", "remote_server"),
    string("remote_id"),
    string("remote_album_id", null=True),
    string("remote_artist_id", null=True),
    string("path"),  # as the server tells it
    string("stamp"),  # of everything the catalogue takes from it
    string("changed_at"),  # as the server tells it
    string("matched", null=True),  # path | payload | mbid | isrc | names: why it shares its track
    flag("apart"),  # a person said that it is no other file's track
    big("seen_at"),  # of the sync that saw it last
    UniqueConstraint("server_id", "remote_id"),
    Index("ix_remote_song_seen", "server_id", "seen_at"),
)

remote_link = Table(
    "remote_link",
    metadata,
    key(),
    ref("server_id", "remote_server"),
    ref("user_id", "user_account", index=True),
    string("username"),
    string("secret"),  # sealed
    string("token", null=True),  # sealed
    flag("likes", default=True),
    flag("ratings", default=True),
    flag("plays", default=True),
    flag("playlists", default=True),
    flag("scrobbles", default=True),
    string("cursor", server_default="{}"),
    string("report", server_default="{}"),  # JSON: what the last sync did
    big("created_at"),
    big("last_sync_at", null=True),
    string("problem", null=True),
    UniqueConstraint("server_id", "user_id"),
)

# What the linked account may see.
remote_link_library = Table(
    "remote_link_library",
    metadata,
    ref("link_id", "remote_link", primary_key=True),
    ref("library_id", "library", primary_key=True),
)

# The value both sides agreed on last, so that it is known which of them changed. No row means 0.
remote_field = Table(
    "remote_field",
    metadata,
    ref("link_id", "remote_link", primary_key=True),
    string("item_kind", primary_key=True),  # track | album | artist
    string("item_id", primary_key=True),
    string("field", primary_key=True),  # like | rating | plays
    integer("value"),
)

remote_playlist = Table(
    "remote_playlist",
    metadata,
    ref("link_id", "remote_link", primary_key=True),
    string("remote_id", primary_key=True),
    ref("playlist_id", "playlist", null=True, cascade=False, index=True),
    string("name"),
    string("changed_at"),  # as the server tells it
    string("songs"),  # hash of the song ids both sides agreed on
    integer("version"),  # ours at that time
)

# Plays on their way to the server; a row stays, so that none is sent twice.
remote_scrobble = Table(
    "remote_scrobble",
    metadata,
    ref("link_id", "remote_link", primary_key=True),
    ref("play_id", "play", primary_key=True),
    string("remote_id"),
    big("started_at"),
    string("state"),  # queued | sending | sent | failed
    integer("attempts", server_default="0"),
    big("next_at", server_default="0"),
    string("problem", null=True),
    Index("ix_remote_scrobble_due", "state", "next_at"),
)

remote_run = Table(
    "remote_run",
    metadata,
    key(),
    ref("server_id", "remote_server"),
    string("state"),  # running | done | failed | cancelled | postponed
    string("reason"),  # setup | manual | timer | command
    flag("full"),
    string("step", server_default=""),
    string("error", null=True),
    big("started_at"),
    big("finished_at", null=True),
    string("counts", server_default="{}"),  # JSON
    Index("ix_remote_run_latest", "server_id", "started_at"),
)

remote_note = Table(
    "remote_note",
    metadata,
    ref("run_id", "remote_run", primary_key=True),
    integer("number", primary_key=True),
    string("action"),  # added | updated | joined | removed | unmatched | ...
    string("title"),
    string("track_id", null=True),
    string("remote_id", null=True),
    string("why", server_default=""),
)
