"""On PostgreSQL a delivery costs two indexes and no foreign keys: ADR 4 has what a fan-out gains"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# A foreign key there locks the row that it points to, once for each delivery; SQLite looks it up and keeps it.
_POSTGRESQL = """
ALTER TABLE deliveries
    DROP CONSTRAINT fk_deliveries_mailing_id,
    DROP CONSTRAINT fk_deliveries_subscriber_id,
    DROP CONSTRAINT uq_deliveries_mailing_id_subscriber_id,
    ADD CONSTRAINT uq_deliveries_subscriber_id_mailing_id UNIQUE (subscriber_id, mailing_id)
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL)
        op.execute("DROP INDEX ix_deliveries_subscriber_id")
