"""The first schema: accounts, catalogue, listens, playlists, jobs, text index."""

from alembic import op

from resonance.db.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    metadata.create_all(connection)
