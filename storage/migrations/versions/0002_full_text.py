"""The full-text index: what is found, by which lemmas and facets"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A document is one version of a published item in the index. Numbers of documents are never used again: on SQLite
# the postings of a document that is gone stay until the index is built anew, and must not belong to another one.
_DOCUMENTS = """
CREATE TABLE search_documents (
    id BIGINT_KEY PRIMARY KEY,
    item_id BIGINT_KEY NOT NULL UNIQUE REFERENCES items (id) ON DELETE CASCADE,
    event_id BIGINT,
    published BIGINT NOT NULL,
    starts BIGINT,
    ends BIGINT,
    deadline BIGINT,
    flags INTEGER NOT NULL,
    topics INTEGER NOT NULL,
    places TEXT NOT NULL,
    title BYTES NOT NULL,
    body BYTES NOT NULL
    VECTOR
)
"""
_STATE = "CREATE TABLE search_state (name VARCHAR(16) PRIMARY KEY, value BIGINT NOT NULL)"
# The column of most words stands first: its postings name no column, which saves a sixth of the index.
_FTS5 = """
CREATE VIRTUAL TABLE search_index USING fts5(
    body, title, facets, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '¶'"
)
"""


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    types = ("INTEGER", "BLOB", "") if is_sqlite else ("BIGINT", "BYTEA", ", words TSVECTOR NOT NULL")
    statement = _DOCUMENTS
    for name, kind in zip(("BIGINT_KEY", "BYTES", "VECTOR"), types, strict=True):
        statement = statement.replace(name, kind)
    op.execute(statement)
    op.execute(_STATE)
    op.execute(_FTS5 if is_sqlite else "CREATE INDEX ix_search_documents_words ON search_documents USING gin (words)")
    op.execute("INSERT INTO search_state (name, value) VALUES ('last_id', 0), ('normaliser', 1)")
