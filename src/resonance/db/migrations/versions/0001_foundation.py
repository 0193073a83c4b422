"""The first schema: accounts, catalogue, listens, playlists, jobs, text index.

Written out in full, because the tables of resonance.db.tables go on changing and this one does not.
"""

import sqlalchemy as sa
from alembic import op

from resonance.db.tables.base import ID, TEXT

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# One prefix index for each length that is looked up while somebody types; columnsize and positions would
# only serve bm25 and phrases, which are not used.
SEARCH_ON_SQLITE = """
CREATE VIRTUAL TABLE search_fts USING fts5(
    name_terms, more_terms, content='search_document', content_rowid='rowid',
    tokenize='ascii', prefix='1 2 3', detail='column', columnsize=0
)
"""
SEARCH_ON_POSTGRESQL = (
    "ALTER TABLE search_document ADD COLUMN vector tsvector",
    "CREATE INDEX ix_search_document_vector ON search_document USING gin (vector)",
)


def upgrade() -> None:
    _tables()
    # Alembic cannot reflect this one, so it is not among the others.
    op.create_index(
        "ix_search_document_title", "search_document", ["kind", "title", sa.text("weight DESC")], unique=False
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SEARCH_ON_SQLITE)
    else:
        for statement in SEARCH_ON_POSTGRESQL:
            op.execute(statement)


def _tables() -> None:
    op.create_table(
        "genre",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_folded", TEXT, nullable=False),
        sa.Column("track_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("album_count", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_genre")),
        sa.UniqueConstraint("name_folded", name=op.f("uq_genre_name_folded")),
    )
    op.create_table(
        "job",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("args", TEXT, nullable=False),
        sa.Column("unique_key", TEXT, nullable=True),
        sa.Column("wanted_key", TEXT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("priority", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("max_attempts", sa.Integer(), server_default="3", nullable=False),
        sa.Column("run_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("holder", TEXT, nullable=True),
        sa.Column("cancel_requested", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("progress", sa.Float(precision=53), nullable=True),
        sa.Column("progress_text", TEXT, nullable=True),
        sa.Column("error", TEXT, nullable=True),
        sa.Column("external_id", TEXT, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_job_unique_key")),
    )
    op.create_index("ix_job_ready", "job", ["state", "run_at", "priority"], unique=False)
    op.create_index("ix_job_recent", "job", ["created_at", "id"], unique=False)
    op.create_table(
        "library",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, server_default="folder", nullable=False),
        sa.Column("path", TEXT, nullable=False),
        sa.Column("watch", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("watch_problem", TEXT, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library")),
        sa.UniqueConstraint("number", name=op.f("uq_library_number")),
    )
    op.create_table(
        "schedule",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("every_s", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "due_at", name=op.f("pk_schedule")),
    )
    op.create_table(
        "search_document",
        sa.Column(
            "rowid", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("item_id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("name_terms", TEXT, nullable=False),
        sa.Column("more_terms", TEXT, nullable=False),
        sa.Column("weight", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("rowid", name=op.f("pk_search_document")),
    )
    op.create_index("ix_search_document_item", "search_document", ["kind", "item_id"], unique=True)
    op.create_table(
        "search_term",
        sa.Column("term", TEXT, nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_search_term")),
    )
    op.create_index(op.f("ix_search_term_number"), "search_term", ["number"], unique=False)
    op.create_table(
        "server_setting",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_server_setting")),
    )
    op.create_table(
        "user_account",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_folded", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("password_hash", TEXT, nullable=True),
        sa.Column("preferences", TEXT, server_default="{}", nullable=False),
        sa.Column("all_libraries", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("disabled_at", sa.BigInteger(), nullable=True),
        sa.Column("password_changed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("name_folded", name=op.f("uq_user_account_name_folded")),
    )
    op.create_table(
        "version",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_version")),
    )
    op.create_table(
        "api_key",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("key_hash", TEXT, nullable=False),
        sa.Column("key_hint", TEXT, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_api_key_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_key_key_hash")),
    )
    op.create_index(op.f("ix_api_key_user_id"), "api_key", ["user_id"], unique=False)
    op.create_table(
        "app_password",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("secret_encrypted", TEXT, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_used_at", sa.BigInteger(), nullable=True),
        sa.Column("last_client", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_app_password_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_password")),
    )
    op.create_index(op.f("ix_app_password_user_id"), "app_password", ["user_id"], unique=False)
    op.create_table(
        "artist",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_folded", TEXT, nullable=False),
        sa.Column("name_sort", TEXT, nullable=False),
        sa.Column("mbid", TEXT, nullable=True),
        sa.Column("identity", TEXT, nullable=False),
        sa.Column("image_path", TEXT, nullable=True),
        sa.Column("image_library_id", ID, nullable=True),
        sa.Column("image_hash", TEXT, nullable=True),
        sa.Column("album_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("track_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_library_id"],
            ["library.id"],
            name=op.f("fk_artist_image_library_id_library"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_artist")),
        sa.UniqueConstraint("identity", name=op.f("uq_artist_identity")),
    )
    op.create_index(op.f("ix_artist_mbid"), "artist", ["mbid"], unique=False)
    op.create_index(op.f("ix_artist_name_folded"), "artist", ["name_folded"], unique=False)
    op.create_index("ix_artist_sort", "artist", ["name_sort", "id"], unique=False)
    op.create_table(
        "broken_file",
        sa.Column("library_id", ID, nullable=False),
        sa.Column("path", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"], ["library.id"], name=op.f("fk_broken_file_library_id_library"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("library_id", "path", name=op.f("pk_broken_file")),
    )
    op.create_table(
        "cover",
        sa.Column("id", ID, nullable=False),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("path", TEXT, nullable=False),
        sa.Column("library_id", ID, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("placeholder", TEXT, nullable=True),
        sa.Column("palette", TEXT, nullable=True),
        sa.Column("problem", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["library_id"], ["library.id"], name=op.f("fk_cover_library_id_library"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
        sa.UniqueConstraint("content_hash", name=op.f("uq_cover_content_hash")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", ID, nullable=False),
        sa.Column("code_hash", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_by", ID, nullable=True),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["user_account.id"],
            name=op.f("fk_invitation_created_by_user_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["used_by"],
            ["user_account.id"],
            name=op.f("fk_invitation_used_by_user_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitation_code_hash")),
    )
    op.create_table(
        "item_like",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("item_kind", TEXT, nullable=False),
        sa.Column("item_id", TEXT, nullable=False),
        sa.Column("liked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_item_like_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "item_kind", "item_id", name=op.f("pk_item_like")),
    )
    op.create_index("ix_item_like_item", "item_like", ["item_kind", "item_id"], unique=False)
    op.create_table(
        "item_rating",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("item_kind", TEXT, nullable=False),
        sa.Column("item_id", TEXT, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("rated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_item_rating_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "item_kind", "item_id", name=op.f("pk_item_rating")),
    )
    op.create_index(
        "ix_item_rating_best", "item_rating", ["user_id", "item_kind", "stars", "item_id"], unique=False
    )
    op.create_table(
        "library_access",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("library_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"],
            ["library.id"],
            name=op.f("fk_library_access_library_id_library"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_library_access_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "library_id", name=op.f("pk_library_access")),
    )
    op.create_table(
        "library_lease",
        sa.Column("library_id", ID, nullable=False),
        sa.Column("holder", TEXT, nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"],
            ["library.id"],
            name=op.f("fk_library_lease_library_id_library"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("library_id", name=op.f("pk_library_lease")),
    )
    op.create_table(
        "oidc_identity",
        sa.Column("issuer", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_oidc_identity_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_oidc_identity")),
    )
    op.create_index(op.f("ix_oidc_identity_user_id"), "oidc_identity", ["user_id"], unique=False)
    op.create_table(
        "play_queue",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("track_ids", TEXT, server_default="[]", nullable=False),
        sa.Column("current_index", sa.Integer(), nullable=True),
        sa.Column("position_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_play_queue_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_play_queue")),
    )
    op.create_table(
        "playlist",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_sort", TEXT, nullable=False),
        sa.Column("comment", TEXT, server_default="", nullable=False),
        sa.Column("public", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["user_account.id"],
            name=op.f("fk_playlist_owner_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlist")),
    )
    op.create_index(op.f("ix_playlist_owner_id"), "playlist", ["owner_id"], unique=False)
    op.create_table(
        "scan",
        sa.Column("id", ID, nullable=False),
        sa.Column("library_id", ID, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("error", TEXT, nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("files", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seen", sa.Integer(), server_default="0", nullable=False),
        sa.Column("added", sa.Integer(), server_default="0", nullable=False),
        sa.Column("updated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unchanged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("missing", sa.Integer(), server_default="0", nullable=False),
        sa.Column("broken", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"], ["library.id"], name=op.f("fk_scan_library_id_library"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
    )
    op.create_index(op.f("ix_scan_library_id"), "scan", ["library_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("device_name", TEXT, nullable=False),
        sa.Column("client", TEXT, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_why", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_session_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_user_id"), "session", ["user_id"], unique=False)
    op.create_table(
        "album",
        sa.Column("id", ID, nullable=False),
        sa.Column("library_id", ID, nullable=False),
        sa.Column("identity", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("title_folded", TEXT, nullable=False),
        sa.Column("title_sort", TEXT, nullable=False),
        sa.Column("artist_display", TEXT, nullable=False),
        sa.Column("artist_sort", TEXT, nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("date", TEXT, nullable=True),
        sa.Column("original_date", TEXT, nullable=True),
        sa.Column("release_types", TEXT, server_default="", nullable=False),
        sa.Column("labels", TEXT, server_default="", nullable=False),
        sa.Column("catalog_number", TEXT, nullable=True),
        sa.Column("version", TEXT, nullable=True),
        sa.Column("mbid", TEXT, nullable=True),
        sa.Column("release_group_mbid", TEXT, nullable=True),
        sa.Column("compilation", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("cover_id", ID, nullable=True),
        sa.Column("disc_count", sa.Integer(), server_default="1", nullable=False),
        sa.Column("track_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("duration_s", sa.Float(precision=53), server_default="0", nullable=False),
        sa.Column("genres", TEXT, server_default="", nullable=False),
        sa.Column("lead", TEXT, server_default="", nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cover_id"], ["cover.id"], name=op.f("fk_album_cover_id_cover"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["library_id"], ["library.id"], name=op.f("fk_album_library_id_library"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_album")),
        sa.UniqueConstraint("library_id", "identity", name=op.f("uq_album_library_id_identity")),
    )
    op.create_index("ix_album_added", "album", ["added_at", "id"], unique=False)
    op.create_index("ix_album_artist_sort", "album", ["artist_sort", "title_sort", "id"], unique=False)
    op.create_index(op.f("ix_album_library_id"), "album", ["library_id"], unique=False)
    op.create_index(op.f("ix_album_mbid"), "album", ["mbid"], unique=False)
    op.create_index("ix_album_title", "album", ["title_sort", "id"], unique=False)
    op.create_index("ix_album_year", "album", ["year", "title_sort", "id"], unique=False)
    op.create_table(
        "library_folder",
        sa.Column("library_id", ID, nullable=False),
        sa.Column("path", TEXT, nullable=False),
        sa.Column("sides", TEXT, nullable=False),
        sa.Column("cover_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["cover_id"], ["cover.id"], name=op.f("fk_library_folder_cover_id_cover"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["library_id"],
            ["library.id"],
            name=op.f("fk_library_folder_library_id_library"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("library_id", "path", name=op.f("pk_library_folder")),
    )
    op.create_table(
        "refresh_token",
        sa.Column("token_hash", TEXT, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("replaced_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
            name=op.f("fk_refresh_token_session_id_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_refresh_token")),
    )
    op.create_index(op.f("ix_refresh_token_session_id"), "refresh_token", ["session_id"], unique=False)
    op.create_table(
        "album_artist",
        sa.Column("album_id", ID, nullable=False),
        sa.Column("artist_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["album_id"], ["album.id"], name=op.f("fk_album_artist_album_id_album"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["artist.id"], name=op.f("fk_album_artist_artist_id_artist"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("album_id", "artist_id", name=op.f("pk_album_artist")),
    )
    op.create_index(op.f("ix_album_artist_artist_id"), "album_artist", ["artist_id"], unique=False)
    op.create_table(
        "track",
        sa.Column("id", ID, nullable=False),
        sa.Column("album_id", ID, nullable=True),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("title_folded", TEXT, nullable=False),
        sa.Column("title_sort", TEXT, nullable=False),
        sa.Column("artist_display", TEXT, nullable=False),
        sa.Column("artist_sort", TEXT, nullable=False),
        sa.Column("disc", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("disc_subtitle", TEXT, nullable=True),
        sa.Column("duration_s", sa.Float(precision=53), server_default="0", nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("date", TEXT, nullable=True),
        sa.Column("original_date", TEXT, nullable=True),
        sa.Column("genres", TEXT, server_default="", nullable=False),
        sa.Column("composers", TEXT, server_default="", nullable=False),
        sa.Column("comment", TEXT, nullable=True),
        sa.Column("isrc", TEXT, nullable=True),
        sa.Column("recording_mbid", TEXT, nullable=True),
        sa.Column("track_mbid", TEXT, nullable=True),
        sa.Column("explicit", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("compilation", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("bpm_tag", sa.Float(precision=53), nullable=True),
        sa.Column("key_tag", TEXT, nullable=True),
        sa.Column("gain_track_db", sa.Float(precision=53), nullable=True),
        sa.Column("peak_track", sa.Float(precision=53), nullable=True),
        sa.Column("gain_album_db", sa.Float(precision=53), nullable=True),
        sa.Column("peak_album", sa.Float(precision=53), nullable=True),
        sa.Column("facts_source", TEXT, server_default="tags", nullable=False),
        sa.Column("cover_id", ID, nullable=True),
        sa.Column("has_lyrics", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("missing_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["album_id"], ["album.id"], name=op.f("fk_track_album_id_album"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["cover_id"], ["cover.id"], name=op.f("fk_track_cover_id_cover"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track")),
    )
    op.create_index("ix_track_added", "track", ["added_at", "id"], unique=False)
    op.create_index(op.f("ix_track_album_id"), "track", ["album_id"], unique=False)
    op.create_index(
        "ix_track_album_order", "track", ["album_id", "disc", "number", "title_sort", "id"], unique=False
    )
    op.create_index("ix_track_artist_sort", "track", ["artist_sort", "title_sort", "id"], unique=False)
    op.create_index("ix_track_duration", "track", ["duration_s", "id"], unique=False)
    op.create_index(
        "ix_track_present",
        "track",
        ["id"],
        unique=False,
        sqlite_where=sa.text("missing_at IS NULL"),
        postgresql_where=sa.text("missing_at IS NULL"),
    )
    op.create_index(op.f("ix_track_recording_mbid"), "track", ["recording_mbid"], unique=False)
    op.create_index("ix_track_title", "track", ["title_sort", "id"], unique=False)
    op.create_index("ix_track_year", "track", ["year", "title_sort", "id"], unique=False)
    op.create_table(
        "carrier",
        sa.Column("id", ID, nullable=False),
        sa.Column("track_id", ID, nullable=False),
        sa.Column("library_id", ID, nullable=False),
        sa.Column("kind", TEXT, server_default="file", nullable=False),
        sa.Column("path", TEXT, nullable=False),
        sa.Column("folder", TEXT, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("payload_id", TEXT, nullable=True),
        sa.Column("format", TEXT, nullable=False),
        sa.Column("codec", TEXT, nullable=False),
        sa.Column("bit_rate_kbps", sa.Integer(), nullable=True),
        sa.Column("sample_rate_hz", sa.Integer(), nullable=True),
        sa.Column("bit_depth", sa.Integer(), nullable=True),
        sa.Column("channels", sa.Integer(), nullable=True),
        sa.Column("duration_s", sa.Float(precision=53), server_default="0", nullable=False),
        sa.Column("cover_id", ID, nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("missing_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cover_id"], ["cover.id"], name=op.f("fk_carrier_cover_id_cover"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["library_id"], ["library.id"], name=op.f("fk_carrier_library_id_library"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_carrier_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier")),
    )
    op.create_index(op.f("ix_carrier_cover_id"), "carrier", ["cover_id"], unique=False)
    op.create_index("ix_carrier_folder", "carrier", ["library_id", "folder", "missing_at"], unique=False)
    op.create_index("ix_carrier_missing", "carrier", ["library_id", "missing_at"], unique=False)
    op.create_index(op.f("ix_carrier_payload_id"), "carrier", ["payload_id"], unique=False)
    op.create_index(op.f("ix_carrier_track_id"), "carrier", ["track_id"], unique=False)
    op.create_index(
        "ix_carrier_walk", "carrier", ["library_id", "path", "size", "mtime_ns", "missing_at"], unique=False
    )
    op.create_index(
        "uq_carrier_present_path",
        "carrier",
        ["library_id", "path"],
        unique=True,
        sqlite_where=sa.text("missing_at IS NULL"),
        postgresql_where=sa.text("missing_at IS NULL"),
    )
    op.create_table(
        "lyrics",
        sa.Column("track_id", ID, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("synced", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_lyrics_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "source", "language", name=op.f("pk_lyrics")),
    )
    op.create_table(
        "play",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("track_id", ID, nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("played_s", sa.Float(precision=53), nullable=True),
        sa.Column("client", TEXT, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_play_track_id_track"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_play_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_play")),
    )
    op.create_index(op.f("ix_play_track_id"), "play", ["track_id"], unique=False)
    op.create_index("ix_play_user_time", "play", ["user_id", "started_at", "id"], unique=False)
    op.create_table(
        "playlist_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("playlist_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("track_id", ID, nullable=False),
        sa.Column("added_by", ID, nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["user_account.id"],
            name=op.f("fk_playlist_entry_added_by_user_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["playlist_id"],
            ["playlist.id"],
            name=op.f("fk_playlist_entry_playlist_id_playlist"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_playlist_entry_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlist_entry")),
    )
    op.create_index("ix_playlist_entry_order", "playlist_entry", ["playlist_id", "position"], unique=False)
    op.create_index(op.f("ix_playlist_entry_track_id"), "playlist_entry", ["track_id"], unique=False)
    op.create_table(
        "track_artist",
        sa.Column("track_id", ID, nullable=False),
        sa.Column("artist_id", ID, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["artist.id"], name=op.f("fk_track_artist_artist_id_artist"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_track_artist_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "artist_id", "role", name=op.f("pk_track_artist")),
    )
    op.create_index(op.f("ix_track_artist_artist_id"), "track_artist", ["artist_id"], unique=False)
    op.create_table(
        "track_genre",
        sa.Column("track_id", ID, nullable=False),
        sa.Column("genre_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["genre_id"], ["genre.id"], name=op.f("fk_track_genre_genre_id_genre"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_track_genre_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "genre_id", name=op.f("pk_track_genre")),
    )
    op.create_index(op.f("ix_track_genre_genre_id"), "track_genre", ["genre_id"], unique=False)
    op.create_table(
        "track_note",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("track_id", ID, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_track_note_track_id_track"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_track_note_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "track_id", name=op.f("pk_track_note")),
    )
    op.create_index(op.f("ix_track_note_track_id"), "track_note", ["track_id"], unique=False)
    op.create_table(
        "track_stat",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("track_id", ID, nullable=False),
        sa.Column("play_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_played_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_track_stat_track_id_track"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_track_stat_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "track_id", name=op.f("pk_track_stat")),
    )
    op.create_index("ix_track_stat_most", "track_stat", ["user_id", "play_count", "track_id"], unique=False)
    op.create_index(op.f("ix_track_stat_track_id"), "track_stat", ["track_id"], unique=False)
    op.create_table(
        "track_tag",
        sa.Column("user_id", ID, nullable=False),
        sa.Column("track_id", ID, nullable=False),
        sa.Column("tag", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_track_tag_track_id_track"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_track_tag_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "track_id", "tag", name=op.f("pk_track_tag")),
    )
    op.create_index(op.f("ix_track_tag_track_id"), "track_tag", ["track_id"], unique=False)
