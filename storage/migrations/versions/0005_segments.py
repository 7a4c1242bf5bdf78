"""SQLite merges two segments of the full-text index as soon as it is asked to: fewer of them, faster searches"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO search_index (search_index, rank) VALUES ('usermerge', 2)")
