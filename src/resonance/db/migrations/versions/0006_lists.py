"""Playlist folders, covers and shares."""

import sqlalchemy as sa
from alembic import op

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
