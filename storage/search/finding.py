"""Asks the index: candidates by the index, their order by ranking, with less of the question where nothing is found."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from time import monotonic
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.queries import Query
from storage.search import postgresql
from storage.search.documents import minutes
from storage.search.expressions import fts5
from storage.search.plans import Plan, attempts, plans
from storage.search.ranking import Asked, Candidate, Found, Hit, asked, ranked
from storage.search.vocabulary import IndexVocabulary

BEST, NEWEST, BESIDE = 80, 80, 30
"""Candidates of one asking: by bm25, by age, by age among those with the words in their headline or near the asker."""
_COLUMNS = ", ".join(f"d.{name}" for name in Candidate._fields)
_BY_BM25 = (
    "SELECT rowid AS id, bm25(search_index, 1.0, 6.0, 0.0) AS rank "
    "FROM search_index WHERE search_index MATCH ? ORDER BY rank LIMIT"
)
_BY_AGE = "SELECT rowid AS id FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT"
_NEWEST = f"WITH newest AS MATERIALIZED ({_BY_AGE} {NEWEST}) SELECT id FROM newest"  # noqa: S608
# Where fewer than the newest match, they are all there is: nothing beside them needs to be looked for.
_BESIDE = (
    f" UNION SELECT id FROM ({_BY_AGE} "  # noqa: S608
    f"(SELECT CASE count(*) WHEN {NEWEST} THEN {BESIDE} ELSE 0 END FROM newest))"
)
_JOINED = f"SELECT {_COLUMNS} FROM ({{found}}) f JOIN search_documents d ON d.id = f.id"  # noqa: S608


async def find(
    connection: AsyncConnection,
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
    today = now.astimezone(ZoneInfo(zone)).date()
    until = monotonic() + postgresql.LONGEST
    measure = asked(query, vocabulary, near or query.concerning, minutes(now))
    for attempt, dropped in attempts(query, wider):
        hits, more = await _attempt(connection, attempt, measure, today, vocabulary, until)
        if hits:
            return Found(tuple(hits), more, dropped)
        if strictly:
            break
    return Found((), more=False)


async def _attempt(
    connection: AsyncConnection,
    query: Query,
    measure: Asked,
    today: date,
    vocabulary: IndexVocabulary,
    until: float,
) -> tuple[list[Hit], bool]:
    candidates: dict[int, Candidate] = {}
    more = False
    for plan in plans(query, vocabulary, today, measure.near):
        found, beyond = await _candidates(connection, plan, until)
        more = more or beyond
        candidates |= {one.id: one for one in found}
        hits = ranked(candidates.values(), measure)
        if sum(hit.whole for hit in hits) >= plan.enough:
            break
    return hits, more


async def _candidates(connection: AsyncConnection, plan: Plan, until: float) -> tuple[list[Candidate], bool]:
    """And whether there may be more."""
    if connection.dialect.name == "sqlite":
        found = [Candidate._make(row) for row in await _sqlite(connection, plan)]
        return found, len(found) >= NEWEST
    newest = partial(postgresql.newest, connection, until=until)
    found, more = await newest(plan.expression, NEWEST, common=plan.common)
    for beside in plan.beside if more else ():
        found += (await newest(beside, BESIDE, common=True))[0]
    return found, more


async def _sqlite(connection: AsyncConnection, plan: Plan) -> Iterable[tuple[object, ...]]:
    """One statement, one turn of the connection's thread: the driver is asked directly, which halves the time."""
    found = _NEWEST + _BESIDE * len(plan.beside) if plan.common else f"{_BY_BM25} {BEST}"
    values = [fts5(one) for one in (plan.expression, *plan.beside)]
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None  # noqa: S101  the connection is open
    rows: Iterable[tuple[object, ...]] = await driver.execute_fetchall(_JOINED.format(found=found), values)
    return rows
