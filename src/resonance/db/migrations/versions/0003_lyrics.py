"""Lyrics that are looked up, and those that people write themselves."""

import sqlalchemy as sa
from alembic import op

from resonance.db.tables.base import ID, TEXT

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lyrics_lookup",
        sa.Column("track_id", ID, nullable=False),
        sa.Column("provider", TEXT, nullable=False),
        sa.Column("asked_for", TEXT, nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_lyrics_lookup_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "provider", name=op.f("pk_lyrics_lookup")),
    )
    op.create_table(
        "own_lyrics",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("track_id", ID, nullable=False),
        sa.Column("body", TEXT, nullable=True),
        sa.Column("synced", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("offset_ms", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_own_lyrics_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_own_lyrics_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "track_id", name=op.f("pk_own_lyrics")),
    )
    op.create_index(op.f("ix_own_lyrics_track_id"), "own_lyrics", ["track_id"], unique=False)
