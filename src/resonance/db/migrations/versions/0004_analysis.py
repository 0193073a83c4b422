"""What the ear measured, what people say of it, and vectors."""

import sqlalchemy as sa
from alembic import op

from resonance.db.tables.base import ID, TEXT

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("track", sa.Column("mood_tags", TEXT, server_default="", nullable=False))
    op.create_table(
        "analysis_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=True),
        sa.Column("to_minute", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_policy")),
    )
    op.create_table(
        "embedding_space",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("dimensions", sa.Integer(), nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_embedding_space")),
    )
    op.create_table(
        "map_layout",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("space", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("regions", TEXT, nullable=False),
        sa.Column("drawn_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_map_layout")),
    )
    op.create_table(
        "analysis_claim",
        sa.Column("track_id", ID, nullable=False),
        sa.Column("stage", TEXT, nullable=False),
        sa.Column("holder", TEXT, nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_analysis_claim_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_analysis_claim")),
    )
    op.create_table(
        "embedding",
        sa.Column("space", TEXT, nullable=False),
        sa.Column("track_id", ID, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("source_mark", TEXT, nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_embedding_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("space", "track_id", name=op.f("pk_embedding")),
    )
    op.create_index("ix_embedding_changed", "embedding", ["space", "version", "changed"], unique=False)
    op.create_index("ix_embedding_track", "embedding", ["track_id"], unique=False)
    op.create_index("ix_embedding_version", "embedding", ["space", "version", "track_id"], unique=False)
    op.create_table(
        "map_point",
        sa.Column("track_id", ID, nullable=False),
        sa.Column("x", sa.Float(precision=53), nullable=False),
        sa.Column("y", sa.Float(precision=53), nullable=False),
        sa.Column("region", sa.Integer(), nullable=False),
        sa.Column("layout", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_map_point_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_map_point")),
    )
    op.create_table(
        "mood",
        sa.Column("track_id", ID, nullable=False),
        sa.Column("mood", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("user_id", TEXT, server_default="", nullable=False),
        sa.Column("value", sa.Float(precision=53), nullable=False),
        sa.Column("model", TEXT, nullable=True),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_mood_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "mood", "source", "user_id", name=op.f("pk_mood")),
    )
    op.create_index("ix_mood_mood", "mood", ["mood", "track_id"], unique=False)
    op.create_table(
        "mood_reading",
        sa.Column("track_id", ID, nullable=False),
        sa.Column("model", TEXT, nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_mood_reading_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "model", name=op.f("pk_mood_reading")),
    )
    op.create_table(
        "track_edit",
        sa.Column("track_id", ID, nullable=False),
        sa.Column("bpm", sa.Float(precision=53), nullable=True),
        sa.Column("key_tonic", sa.Integer(), nullable=True),
        sa.Column("key_mode", TEXT, nullable=True),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_track_edit_track_id_track"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_track_edit_user_id_user_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_track_edit")),
    )
    op.create_table(
        "features",
        sa.Column("track_id", ID, nullable=False),
        sa.Column("carrier_id", ID, nullable=True),
        sa.Column("etag", TEXT, nullable=False),
        sa.Column("payload_id", TEXT, nullable=True),
        sa.Column("analyser", TEXT, nullable=False),
        sa.Column("tempo_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("key_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("timbre_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("loudness_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("bpm", sa.Float(precision=53), nullable=True),
        sa.Column("bpm_alt", sa.Float(precision=53), nullable=True),
        sa.Column("bpm_confidence", sa.Float(precision=53), nullable=True),
        sa.Column("bpm_stability", sa.Float(precision=53), nullable=True),
        sa.Column("beat_offset_s", sa.Float(precision=53), nullable=True),
        sa.Column("key_tonic", sa.Integer(), nullable=True),
        sa.Column("key_mode", TEXT, nullable=True),
        sa.Column("key_strength", sa.Float(precision=53), nullable=True),
        sa.Column("key_alt_tonic", sa.Integer(), nullable=True),
        sa.Column("key_alt_mode", TEXT, nullable=True),
        sa.Column("key_window", TEXT, nullable=True),
        sa.Column("tuning_cents", sa.Float(precision=53), nullable=True),
        sa.Column("energy", sa.Float(precision=53), nullable=True),
        sa.Column("danceability", sa.Float(precision=53), nullable=True),
        sa.Column("brightness", sa.Float(precision=53), nullable=True),
        sa.Column("onset_rate", sa.Float(precision=53), nullable=True),
        sa.Column("dynamic_complexity", sa.Float(precision=53), nullable=True),
        sa.Column("acousticness_proxy", sa.Float(precision=53), nullable=True),
        sa.Column("valence_proxy", sa.Float(precision=53), nullable=True),
        sa.Column("valence_confidence", sa.Float(precision=53), nullable=True),
        sa.Column("lufs_i", sa.Float(precision=53), nullable=True),
        sa.Column("lra", sa.Float(precision=53), nullable=True),
        sa.Column("true_peak_dbtp", sa.Float(precision=53), nullable=True),
        sa.Column("sample_peak_dbfs", sa.Float(precision=53), nullable=True),
        sa.Column("intro_end_s", sa.Float(precision=53), nullable=True),
        sa.Column("outro_start_s", sa.Float(precision=53), nullable=True),
        sa.Column("silence_head_s", sa.Float(precision=53), nullable=True),
        sa.Column("silence_tail_s", sa.Float(precision=53), nullable=True),
        sa.Column("problem", TEXT, nullable=True),
        sa.Column("problem_detail", TEXT, nullable=True),
        sa.Column("cpu_ms", sa.Integer(), server_default="0", nullable=False),
        sa.Column("analysed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier_id"], ["carrier.id"], name=op.f("fk_features_carrier_id_carrier"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_features_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_features")),
    )
    op.create_index(
        "ix_features_state",
        "features",
        [
            *("tempo_version", "timbre_version", "key_version", "loudness_version", "key_window", "problem"),
            "track_id",
        ],
        unique=False,
    )
    op.create_table(
        "trait",
        sa.Column("track_id", ID, nullable=False),
        sa.Column("bpm", sa.Float(precision=53), nullable=True),
        sa.Column("bpm_source", TEXT, nullable=True),
        sa.Column("bpm_confidence", sa.Float(precision=53), nullable=True),
        sa.Column("key_tonic", sa.Integer(), nullable=True),
        sa.Column("key_mode", TEXT, nullable=True),
        sa.Column("key_place", sa.Integer(), nullable=True),
        sa.Column("key_source", TEXT, nullable=True),
        sa.Column("key_confidence", sa.Float(precision=53), nullable=True),
        sa.Column("energy", sa.Float(precision=53), nullable=True),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_trait_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_trait")),
    )
    op.create_index(
        "ix_track_absent",
        "track",
        ["id"],
        unique=False,
        sqlite_where=sa.text("missing_at IS NOT NULL"),
        postgresql_where=sa.text("missing_at IS NOT NULL"),
    )
    op.create_index("ix_trait_bpm", "trait", ["bpm", "track_id"], unique=False)
    op.create_index("ix_trait_energy", "trait", ["energy", "track_id"], unique=False)
    op.create_index("ix_trait_key", "trait", ["key_place", "track_id"], unique=False)
