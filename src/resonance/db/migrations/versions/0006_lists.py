"""Playlist folders, covers, shares, undo and files; finding tracks by name."""

import sqlalchemy as sa
from alembic import op

from resonance.db.tables.base import ID, TEXT

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_track_title_folded"), "track", ["title_folded"], unique=False)
    op.create_index(
        op.f("ix_track_isrc"),
        "track",
        ["isrc"],
        unique=False,
        sqlite_where=sa.text("isrc IS NOT NULL"),
        postgresql_where=sa.text("isrc IS NOT NULL"),
    )
    op.create_table(
        "import_report",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("format", TEXT, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_import_report_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_report")),
    )
    op.create_index(op.f("ix_import_report_user_id"), "import_report", ["user_id"])
    op.create_table(
        "playlist_folder",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["user_account.id"],
            name=op.f("fk_playlist_folder_owner_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["playlist_folder.id"],
            name=op.f("fk_playlist_folder_parent_id_playlist_folder"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlist_folder")),
    )
    op.create_index(op.f("ix_playlist_folder_owner_id"), "playlist_folder", ["owner_id"])
    op.create_index(op.f("ix_playlist_folder_parent_id"), "playlist_folder", ["parent_id"])
    op.create_table(
        "playlist_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("playlist_id", TEXT, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("version_before", sa.Integer(), nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_playlist_step_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlist_step")),
    )
    op.create_index(op.f("ix_playlist_step_at"), "playlist_step", ["at"])
    op.create_index(op.f("ix_playlist_step_playlist_id"), "playlist_step", ["playlist_id"])
    op.create_index(op.f("ix_playlist_step_user_id"), "playlist_step", ["user_id"])
    op.create_table(
        "playlist_cover",
        sa.Column("playlist_id", ID, nullable=False),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["playlist_id"],
            ["playlist.id"],
            name=op.f("fk_playlist_cover_playlist_id_playlist"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("playlist_id", name=op.f("pk_playlist_cover")),
    )
    op.create_table(
        "playlist_file",
        sa.Column("id", ID, nullable=False),
        sa.Column("library_id", ID, nullable=False),
        sa.Column("path", TEXT, nullable=False),
        sa.Column("playlist_id", ID, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("note", TEXT, server_default="", nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("missing", sa.Integer(), server_default="0", nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"],
            ["library.id"],
            name=op.f("fk_playlist_file_library_id_library"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["playlist_id"],
            ["playlist.id"],
            name=op.f("fk_playlist_file_playlist_id_playlist"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlist_file")),
        sa.UniqueConstraint("library_id", "path", name=op.f("uq_playlist_file_library_id_path")),
    )
    op.create_index(op.f("ix_playlist_file_playlist_id"), "playlist_file", ["playlist_id"])
    op.create_table(
        "playlist_place",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("playlist_id", ID, nullable=False),
        sa.Column("folder_id", ID, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["folder_id"],
            ["playlist_folder.id"],
            name=op.f("fk_playlist_place_folder_id_playlist_folder"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["playlist_id"],
            ["playlist.id"],
            name=op.f("fk_playlist_place_playlist_id_playlist"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_playlist_place_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "playlist_id", name=op.f("pk_playlist_place")),
    )
    op.create_index(op.f("ix_playlist_place_folder_id"), "playlist_place", ["folder_id"])
    op.create_index(op.f("ix_playlist_place_playlist_id"), "playlist_place", ["playlist_id"])
    op.create_table(
        "playlist_share",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("playlist_id", ID, nullable=True),
        sa.Column("token_hash", TEXT, nullable=False),
        sa.Column("label", TEXT, server_default="", nullable=False),
        sa.Column("plays", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("password_hash", TEXT, nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.Column("opened", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["user_account.id"],
            name=op.f("fk_playlist_share_owner_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["playlist_id"],
            ["playlist.id"],
            name=op.f("fk_playlist_share_playlist_id_playlist"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlist_share")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_playlist_share_token_hash")),
    )
    op.create_index(op.f("ix_playlist_share_owner_id"), "playlist_share", ["owner_id"])
    op.create_index(op.f("ix_playlist_share_playlist_id"), "playlist_share", ["playlist_id"])
    op.create_table(
        "playlist_share_track",
        sa.Column("share_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("track_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["share_id"],
            ["playlist_share.id"],
            name=op.f("fk_playlist_share_track_share_id_playlist_share"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["track.id"],
            name=op.f("fk_playlist_share_track_track_id_track"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("share_id", "position", name=op.f("pk_playlist_share_track")),
    )
    op.create_index(op.f("ix_playlist_share_track_track_id"), "playlist_share_track", ["track_id"])
