"""A topic in a territory is one token of the index, so that both together are found without walking the lists of each"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The job «keep the index» builds it anew.
    op.execute(
        "UPDATE search_state SET value = 0 WHERE name = 'normaliser' AND EXISTS (SELECT 1 FROM search_documents)"
    )
