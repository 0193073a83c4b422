"""Exact lengths, waveforms and silence of files."""

import sqlalchemy as sa
from alembic import op

from resonance.db.tables.base import ID, TEXT

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sound",
        sa.Column("carrier_id", ID, nullable=False),
        sa.Column("etag", TEXT, nullable=False),
        sa.Column("samples", sa.BigInteger(), nullable=True),
        sa.Column("sample_rate_hz", sa.Integer(), nullable=True),
        sa.Column("channels", sa.Integer(), nullable=True),
        sa.Column("encoder_delay", sa.Integer(), server_default="0", nullable=False),
        sa.Column("padding", sa.Integer(), server_default="0", nullable=False),
        sa.Column("cut", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("counted", TEXT, nullable=True),
        sa.Column("peaks", sa.LargeBinary(), nullable=True),
        sa.Column("lead_silence_s", sa.Float(precision=53), nullable=True),
        sa.Column("trail_silence_s", sa.Float(precision=53), nullable=True),
        sa.Column("problem", TEXT, nullable=True),
        sa.Column("measured_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier_id"], ["carrier.id"], name=op.f("fk_sound_carrier_id_carrier"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("carrier_id", name=op.f("pk_sound")),
    )
