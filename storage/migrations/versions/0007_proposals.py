"""What a text in review says of a known event waits with the text"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("items", sa.Column("proposal", sa.JSON(), nullable=True))
    op.drop_column("items", "index_terms")
