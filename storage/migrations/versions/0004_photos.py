"""Photos of what was published, and of the items made of it"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("publications", sa.Column("photo", sa.Text(), nullable=True))
    op.add_column("items", sa.Column("photo", sa.Text(), nullable=True))
