"""Asks the index: candidates by the index, their order by ranking, with less of the question where nothing is found."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.queries import Query
from storage.search.documents import minutes
from storage.search.expressions import Expression, fts5, tsquery
from storage.search.plans import Plan, attempts, newest_first, plans
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
# The number as an expression keeps the planner from walking the key backwards to find the few that match.
_POSTGRESQL = text(
    f"SELECT {_COLUMNS} FROM search_documents d "  # noqa: S608  names are our own
    "WHERE d.words @@ CAST(:expression AS tsquery) ORDER BY d.id + 0 DESC LIMIT :most"
)


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
    measure = asked(query, vocabulary, near or query.concerning, minutes(now))
    for attempt, dropped in attempts(query, wider):
        hits, more = await _attempt(connection, attempt, measure, today, vocabulary)
        if hits:
            return Found(tuple(hits), more, dropped)
        if strictly:
            break
    return Found((), more=False)


async def _attempt(
    connection: AsyncConnection, query: Query, measure: Asked, today: date, vocabulary: IndexVocabulary
) -> tuple[list[Hit], bool]:
    candidates: dict[int, Candidate] = {}
    more = False
    for plan in plans(query, vocabulary, today, measure.near):
        found = await _candidates(connection, plan, today)
        more = more or len(found) >= NEWEST
        candidates |= {one.id: one for one in found}
        hits = ranked(candidates.values(), measure)
        if sum(hit.whole for hit in hits) >= plan.enough:
            break
    return hits, more


async def _candidates(connection: AsyncConnection, plan: Plan, today: date) -> list[Candidate]:
    if connection.dialect.name == "sqlite":
        return [Candidate._make(row) for row in await _sqlite(connection, plan)]
    stepwise = plan.common and not plan.in_days
    found = await _postgresql(connection, plan.expression, NEWEST, stepwise, today)
    for beside in plan.beside if len(found) == NEWEST else ():
        found += await _postgresql(connection, beside, BESIDE, stepwise, today)
    return found


async def _sqlite(connection: AsyncConnection, plan: Plan) -> Iterable[tuple[object, ...]]:
    """One statement, one turn of the connection's thread: the driver is asked directly, which halves the time."""
    found = _NEWEST + _BESIDE * len(plan.beside) if plan.common else f"{_BY_BM25} {BEST}"
    values = [fts5(one) for one in (plan.expression, *plan.beside)]
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None  # noqa: S101  the connection is open
    rows: Iterable[tuple[object, ...]] = await driver.execute_fetchall(_JOINED.format(found=found), values)
    return rows


async def _postgresql(
    connection: AsyncConnection, expression: Expression, most: int, stepwise: bool, today: date
) -> list[Candidate]:
    """The newest that match. Stepwise, the last days first: PostgreSQL fetches every row that its index gives."""
    found: list[Candidate] = []
    for part in newest_first(expression, today) if stepwise else (expression,):
        rows = await connection.execute(_POSTGRESQL, {"expression": tsquery(part), "most": most})
        found = [Candidate._make(row) for row in rows]
        if len(found) == most:
            break
    return found
