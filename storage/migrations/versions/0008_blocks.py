"""PostgreSQL's full-text index in blocks of documents, so that the newest are found without reading all that match"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute(
        "UPDATE search_state SET value = 0 WHERE name = 'normaliser' AND EXISTS (SELECT 1 FROM search_documents)"
    )
    op.execute("TRUNCATE search_documents")  # the job «keep the index» builds it anew
    op.execute("ALTER TABLE search_documents ADD COLUMN in_order BYTEA NOT NULL")
    # Vectors are never read after they were indexed: they are kept apart, so that eight rows lie on a page, not two.
    op.execute("ALTER TABLE search_documents SET (toast_tuple_target = 128)")
    for column in ("places", "title", "body", "in_order"):
        op.execute(f"ALTER TABLE search_documents ALTER COLUMN {column} SET STORAGE MAIN")
    # A list of what is not yet in its place would be read by every question from its beginning to its end.
    op.execute("ALTER INDEX ix_search_documents_words SET (fastupdate = off)")
