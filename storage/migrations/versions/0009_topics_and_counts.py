"""A topic in a territory is one token of the index; the words of many items are added up at once"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "term_counts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("counted", sa.Text(), nullable=False),
    )
    # The tokens are new: the job «keep the index» builds it anew.
    op.execute(
        "UPDATE search_state SET value = 0 WHERE name = 'normaliser' AND EXISTS (SELECT 1 FROM search_documents)"
    )
