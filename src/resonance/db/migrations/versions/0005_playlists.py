"""Smart playlists."""

import sqlalchemy as sa
from alembic import op

from resonance.db.tables.base import ID, TEXT

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_carrier_track_id"), table_name="carrier")
    op.create_index(
        "ix_carrier_heard", "carrier", ["track_id", "missing_at", "library_id", "codec", "bit_rate_kbps"]
    )
    op.add_column("playlist", sa.Column("rule", TEXT, nullable=True))
    op.add_column("playlist", sa.Column("watches", TEXT, server_default="", nullable=False))
    op.add_column("playlist", sa.Column("sources", TEXT, server_default="{}", nullable=False))
    op.add_column("playlist", sa.Column("due_at", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_playlist_due_at"), "playlist", ["due_at"])
    op.create_table(
        "rule_change",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("track_id", ID, nullable=True),
        sa.Column("user_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_rule_change")),
    )
