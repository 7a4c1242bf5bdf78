"""Asks the index: candidates by the index, their order by ranking, with less of the question where nothing is found.

A search is a plain function from asking to answers. On SQLite all of it, ranking too, is one turn of a thread beside
the loop: to come back to the loop between its steps would cost as much as the steps, and hold up everybody else.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from time import monotonic
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.queries import Query
from storage.engine import Database
from storage.search import postgresql
from storage.search.asked import Asked, asked
from storage.search.candidates import SELECTED, Candidates, Row
from storage.search.documents import minutes
from storage.search.expressions import Expression, fts5
from storage.search.plans import Plan, attempts, completed, plans
from storage.search.ranking import Found, Hit, ranked
from storage.search.vocabulary import IndexVocabulary

NEWEST, BESIDE = 80, 30
"""Candidates of one asking: the newest or the best; beside them, with the words in their headline or near the asker."""
_BY_AGE = (
    f"SELECT {SELECTED} FROM search_index JOIN search_documents d ON d.id = search_index.rowid "  # noqa: S608
    "WHERE search_index MATCH ? ORDER BY search_index.rowid DESC LIMIT ?"
)
# The best are chosen before they are joined: what is sorted carries all its columns.
_BY_BM25 = (
    f"SELECT {SELECTED} FROM (SELECT rowid AS id, bm25(search_index, 1.0, 6.0, 0.0) AS rank FROM search_index "  # noqa: S608
    "WHERE search_index MATCH ? ORDER BY rank, id DESC LIMIT ?) f JOIN search_documents d ON d.id = f.id"
)


class Newest(Protocol):
    """Asks the index for so many candidates, of what many may match by age; and whether there may be more."""

    def __call__(self, expression: Expression, most: int, *, common: bool) -> tuple[list[Row], bool]: ...


async def find(
    database: Database,
    query: Query,
    *,
    vocabulary: IndexVocabulary,
    now: datetime,
    near: Sequence[str] = (),
    zone: str = "Europe/Moscow",
    wider: Sequence[str] = (),
    strictly: bool = False,
) -> Found:
    """Answers to a question, best first, as many as anybody pages through.

    near: where the asker lives, and all that contains it, nearest first; zone: the clock by which their days count.
    Where a question has no answer it is asked with less of it, unless ``strictly``; ``Found.dropped`` says what was
    left out. wider: territories around those of the question, in which it is asked next.
    """
    query = completed(query, vocabulary)
    today = now.astimezone(ZoneInfo(zone)).date()
    until = monotonic() + postgresql.LONGEST

    def search(newest: Newest) -> Found:
        measure = asked(query, vocabulary, near or query.concerning, minutes(now))
        for attempt, dropped in islice(attempts(query, wider), 1 if strictly else None):
            hits, more = _attempt(newest, plans(attempt, vocabulary, today, measure.near), measure)
            if hits:
                return Found(tuple(hits), more, dropped)
        return Found((), more=False)

    newest = _newest if database.is_sqlite else partial(postgresql.newest, until=until)
    return await database.look(lambda connection: search(partial(newest, connection)))


def _attempt(newest: Newest, planned: Iterable[Plan], measure: Asked) -> tuple[list[Hit], bool]:
    rows: dict[int, Row] = {}
    hits: list[Hit] = []
    more = False
    for plan in planned:
        found, beyond = newest(plan.expression, NEWEST, common=plan.common)
        for beside in plan.beside if beyond else ():
            found += newest(beside, BESIDE, common=True)[0]
        more = more or beyond
        rows |= {row[0]: row for row in found}
        hits = ranked(Candidates.of(rows.values()), measure)
        if sum(hit.whole for hit in hits) >= plan.enough:
            break
    return hits, more


def _newest(
    connection: sqlite3.Connection, expression: Expression, most: int, *, common: bool
) -> tuple[list[Row], bool]:
    rows = connection.execute(_BY_AGE if common else _BY_BM25, (fts5(expression), most)).fetchall()
    return rows, len(rows) >= most
