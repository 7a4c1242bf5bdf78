"""Words of a headline and whether there is an event are tokens of the index; lengths of documents are not kept"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Lengths would be read for each document that bm25 measures, at half of what it costs; candidates alone are chosen by
# it, and the order of answers asks for no length.
_FTS5 = """
CREATE VIRTUAL TABLE search_index USING fts5(
    body, title, facets, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0 tokenchars '¶'"
)
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
        op.execute(_FTS5)
        op.execute("INSERT INTO search_index (search_index, rank) VALUES ('usermerge', 2)")
    # The tokens are new: the job «keep the index» builds it anew.
    op.execute(
        "UPDATE search_state SET value = 0 WHERE name = 'normaliser' AND EXISTS (SELECT 1 FROM search_documents)"
    )
