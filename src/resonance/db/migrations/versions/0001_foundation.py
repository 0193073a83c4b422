"""The first schema: accounts, catalogue, listens, playlists, jobs, text index."""

from alembic import op

from resonance.db.tables import metadata

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
    connection = op.get_bind()
    metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        op.execute(SEARCH_ON_SQLITE)
    else:
        for statement in SEARCH_ON_POSTGRESQL:
            op.execute(statement)
