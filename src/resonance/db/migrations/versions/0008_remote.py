"""Servers whose music is part of the library."""

import sqlalchemy as sa
from alembic import op

from resonance.db.tables.base import ID, TEXT

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remote_server",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("username", TEXT, nullable=False),
        sa.Column("secret", TEXT, nullable=False),
        sa.Column("token", TEXT, nullable=True),
        sa.Column("everyone", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("mappings", TEXT, server_default="[]", nullable=False),
        sa.Column("cursor", TEXT, server_default="{}", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_sync_at", sa.BigInteger(), nullable=True),
        sa.Column("problem", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remote_server")),
    )
    op.create_table(
        "remote_library",
        sa.Column("server_id", ID, nullable=False),
        sa.Column("remote_id", TEXT, nullable=False),
        sa.Column("library_id", ID, nullable=False),
        sa.Column("path", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"],
            ["library.id"],
            name=op.f("fk_remote_library_library_id_library"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["server_id"],
            ["remote_server.id"],
            name=op.f("fk_remote_library_server_id_remote_server"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("server_id", "remote_id", name=op.f("pk_remote_library")),
        sa.UniqueConstraint("library_id", name=op.f("uq_remote_library_library_id")),
    )
    op.create_table(
        "remote_link",
        sa.Column("id", ID, nullable=False),
        sa.Column("server_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("username", TEXT, nullable=False),
        sa.Column("secret", TEXT, nullable=False),
        sa.Column("token", TEXT, nullable=True),
        sa.Column("likes", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("ratings", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("plays", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("playlists", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("scrobbles", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("cursor", TEXT, server_default="{}", nullable=False),
        sa.Column("report", TEXT, server_default="{}", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_sync_at", sa.BigInteger(), nullable=True),
        sa.Column("problem", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["server_id"],
            ["remote_server.id"],
            name=op.f("fk_remote_link_server_id_remote_server"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_remote_link_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remote_link")),
        sa.UniqueConstraint("server_id", "user_id", name=op.f("uq_remote_link_server_id_user_id")),
    )
    op.create_index(op.f("ix_remote_link_user_id"), "remote_link", ["user_id"], unique=False)
    op.create_table(
        "remote_run",
        sa.Column("id", ID, nullable=False),
        sa.Column("server_id", ID, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("full", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("step", TEXT, server_default="", nullable=False),
        sa.Column("error", TEXT, nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("counts", TEXT, server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(
            ["server_id"],
            ["remote_server.id"],
            name=op.f("fk_remote_run_server_id_remote_server"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remote_run")),
    )
    op.create_index("ix_remote_run_latest", "remote_run", ["server_id", "started_at"], unique=False)
    op.create_table(
        "remote_field",
        sa.Column("link_id", ID, nullable=False),
        sa.Column("item_kind", TEXT, nullable=False),
        sa.Column("item_id", TEXT, nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["remote_link.id"],
            name=op.f("fk_remote_field_link_id_remote_link"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("link_id", "item_kind", "item_id", "field", name=op.f("pk_remote_field")),
    )
    op.create_table(
        "remote_link_library",
        sa.Column("link_id", ID, nullable=False),
        sa.Column("library_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"],
            ["library.id"],
            name=op.f("fk_remote_link_library_library_id_library"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["remote_link.id"],
            name=op.f("fk_remote_link_library_link_id_remote_link"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("link_id", "library_id", name=op.f("pk_remote_link_library")),
    )
    op.create_table(
        "remote_note",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("track_id", TEXT, nullable=True),
        sa.Column("remote_id", TEXT, nullable=True),
        sa.Column("why", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["remote_run.id"], name=op.f("fk_remote_note_run_id_remote_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f("pk_remote_note")),
    )
    op.create_table(
        "remote_playlist",
        sa.Column("link_id", ID, nullable=False),
        sa.Column("remote_id", TEXT, nullable=False),
        sa.Column("playlist_id", ID, nullable=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("changed_at", TEXT, nullable=False),
        sa.Column("songs", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["remote_link.id"],
            name=op.f("fk_remote_playlist_link_id_remote_link"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["playlist_id"],
            ["playlist.id"],
            name=op.f("fk_remote_playlist_playlist_id_playlist"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("link_id", "remote_id", name=op.f("pk_remote_playlist")),
    )
    op.create_index(op.f("ix_remote_playlist_playlist_id"), "remote_playlist", ["playlist_id"], unique=False)
    op.create_table(
        "remote_scrobble",
        sa.Column("link_id", ID, nullable=False),
        sa.Column("play_id", ID, nullable=False),
        sa.Column("remote_id", TEXT, nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("problem", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["remote_link.id"],
            name=op.f("fk_remote_scrobble_link_id_remote_link"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["play_id"], ["play.id"], name=op.f("fk_remote_scrobble_play_id_play"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("link_id", "play_id", name=op.f("pk_remote_scrobble")),
    )
    op.create_index("ix_remote_scrobble_due", "remote_scrobble", ["state", "next_at"], unique=False)
    op.create_table(
        "remote_song",
        sa.Column("carrier_id", ID, nullable=False),
        sa.Column("server_id", ID, nullable=False),
        sa.Column("remote_id", TEXT, nullable=False),
        sa.Column("remote_album_id", TEXT, nullable=True),
        sa.Column("remote_artist_id", TEXT, nullable=True),
        sa.Column("path", TEXT, nullable=False),
        sa.Column("stamp", TEXT, nullable=False),
        sa.Column("changed_at", TEXT, nullable=False),
        sa.Column("matched", TEXT, nullable=True),
        sa.Column("apart", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier_id"], ["carrier.id"], name=op.f("fk_remote_song_carrier_id_carrier"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["server_id"],
            ["remote_server.id"],
            name=op.f("fk_remote_song_server_id_remote_server"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("carrier_id", name=op.f("pk_remote_song")),
        sa.UniqueConstraint("server_id", "remote_id", name=op.f("uq_remote_song_server_id_remote_id")),
    )
    op.create_index("ix_remote_song_seen", "remote_song", ["server_id", "seen_at"], unique=False)
