"""The index on PostgreSQL: what its vector holds, and how the newest that match are found at a bounded cost.

A GIN index gives every row that matches before any of them is put in order. So each document carries the number of
the block that it lies in, a token among the others, and blocks are walked from the newest until enough is found: no
block holds more than ``2 ** BLOCK`` documents, and the postings of other blocks are leapt over.

Vectors keep no positions: to look into one costs more than to find it. Words of a headline are tokens of their own;
whether words stand side by side is told by all lemmas of a text in their order, three bytes for each.
"""

from functools import cache
from time import monotonic

from sqlalchemy import Connection, TextClause, text

from analysis.text.lemmas import BREAK
from storage.search import facets
from storage.search.candidates import SELECTED, Row
from storage.search.documents import Document, signed
from storage.search.expressions import All, Expression, Phrase, tsquery

BLOCK = 13
"""Documents of a block, as a power of two: all of them are read where all match, some milliseconds."""
WIDEST = 4
"""Blocks that are read in one step after the first ones gave too little; of phrases, each by itself."""
MOST_READ = 10_000
"""Documents that are looked into for a phrase, some two microseconds each; with the last block, twice as many."""
LONGEST = 0.035
"""Seconds of one question after which only the newest block is read: what is left out lies deep in the past."""
_WALK = f"""
WITH RECURSIVE walked (block, width, found, total, read, began) AS (
    SELECT value >> {BLOCK}, 1, NULL::bigint[], 0::bigint, 0::bigint, NULL::timestamptz
    FROM search_state WHERE name = 'last_id'
    UNION ALL
    SELECT w.block - w.width, least(2 * w.width, :widest), here.found, w.total + coalesce(cardinality(here.found), 0),
        w.read + here.read, coalesce(w.began, clock_timestamp())
    FROM walked w, LATERAL (
        SELECT array_agg(d.id) FILTER (WHERE {{adjacent}}) AS found, count(*) AS read
        FROM search_documents d
        WHERE d.words @@ (
            SELECT CAST(string_agg('{facets.BLOCK}' || number, '|') AS tsquery)
            FROM generate_series(greatest(0, w.block - w.width + 1), w.block) number
        ) AND {{matching}}
    ) here
    WHERE w.total < :most AND w.read < :most_read
        AND (w.began IS NULL OR clock_timestamp() < w.began + :longest * interval '1 second')
        AND w.block >= (SELECT min(id) >> {BLOCK} FROM search_documents)
)
SELECT {SELECTED}, (SELECT min(block) FROM walked) >= (SELECT min(id) >> {BLOCK} FROM search_documents)
FROM (SELECT unnest(found) AS id FROM walked ORDER BY id DESC LIMIT :most) f JOIN search_documents d ON d.id = f.id
"""  # noqa: S608  names are our own
# The number as an expression keeps the planner from walking the key backwards to find the few that match.
_AT_ONCE = (
    f"SELECT {SELECTED}, false FROM search_documents d "  # noqa: S608  names are our own
    "WHERE {matching} AND {adjacent} ORDER BY d.id + 0 DESC LIMIT :most"
)


def newest(
    connection: Connection, expression: Expression, most: int, *, common: bool, until: float
) -> tuple[list[Row], bool]:
    """The newest that match, and whether older ones may have been left out.

    Each part of what is asked is a condition of its own, so that the scarcest of them leads and the others leap.
    common: many may match, so blocks are walked, ``until`` a moment of the monotonic clock; otherwise all are read.
    """
    parts = expression.parts if isinstance(expression, All) else (expression,)
    phrases = [part for part in parts if isinstance(part, Phrase)]
    values: dict[str, object] = {f"part_{at}": tsquery(part) for at, part in enumerate(parts)}
    values |= {f"phrase_{at}": b"".join(map(signed, phrase.lemmas)) for at, phrase in enumerate(phrases)}
    values["most"] = most
    if common:
        values |= {"widest": 1 if phrases else WIDEST, "most_read": MOST_READ, "longest": until - monotonic()}
    statement = _statement(_WALK if common else _AT_ONCE, len(parts), len(phrases))
    rows = connection.execute(statement, values).all()
    return [tuple(row[:-1]) for row in rows], len(rows) >= most or any(row[-1] for row in rows)


@cache
def _statement(template: str, parts: int, phrases: int) -> TextClause:
    matching = " AND ".join(f"d.words @@ CAST(:part_{at} AS tsquery)" for at in range(parts))
    adjacent = " AND ".join(f"position(:phrase_{at} IN d.in_order) > 0" for at in range(phrases)) or "true"
    return text(template.format(matching=matching, adjacent=adjacent))


def vector(number: int, one: Document) -> str:
    """As PostgreSQL writes a tsvector: lemmas, facets, the block."""
    tokens = [*one.lemmas, *one.facets.split(), f"{facets.BLOCK}{number >> BLOCK}"]
    return " ".join(f"'{token}'" for token in tokens)


def in_order(one: Document) -> bytes:
    """Every lemma of headline and text as it was spoken: further ones of the same word stand after a break."""
    spoken = [terms.partition(BREAK)[0].split() for terms in (one.title_terms, one.body_terms)]
    return signed(BREAK).join(b"".join(map(signed, lemmas)) for lemmas in spoken)
