"""Cues and DJ sets."""

import sqlalchemy as sa
from alembic import op

from resonance.db.tables.base import ID, TEXT

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _cues()
    _sets()


def _cues() -> None:
    op.create_table(
        "cue",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("track_id", ID, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("start_s", sa.Float(53), nullable=False),
        sa.Column("end_s", sa.Float(53), nullable=True),
        sa.Column("name", TEXT, server_default="", nullable=False),
        sa.Column("colour", TEXT, nullable=True),
        sa.Column("bpm", sa.Float(53), nullable=True),
        sa.Column("beat", sa.Integer(), nullable=True),
        sa.Column("beats", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_cue_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_cue_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cue")),
    )
    op.create_index(op.f("ix_cue_track_id"), "cue", ["track_id"], unique=False)
    op.create_index("ix_cue_user_track", "cue", ["user_id", "track_id", "start_s"], unique=False)


def _sets() -> None:
    op.create_table(
        "dj_set",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_sort", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("average_score", sa.Integer(), nullable=True),
        sa.Column("weak", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tracks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("duration_s", sa.Float(53), server_default="0", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["user_account.id"],
            name=op.f("fk_dj_set_owner_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dj_set")),
    )
    op.create_index("ix_dj_set_owner", "dj_set", ["owner_id", "name_sort", "id"], unique=False)
    op.create_table(
        "dj_set_version",
        sa.Column("set_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("average_score", sa.Integer(), nullable=True),
        sa.Column("tracks", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["dj_set.id"], name=op.f("fk_dj_set_version_set_id_dj_set"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("set_id", "version", name=op.f("pk_dj_set_version")),
    )
