"""Of what many items hold the newest are found first, however far apart they lie, and at a bounded cost."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from domain.queries import Query, Word
from storage.engine import Connection, Database
from storage.search import Found, find
from storage.search.plans import COMMON
from storage.search.postgresql import BLOCK
from storage.search.vocabulary import IndexVocabulary
from tests.stories import tell

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)
KNOWN = IndexVocabulary({"каток": 10 * COMMON, "открыть": 10 * COMMON}, 100 * COMMON)
RINK, OPEN = Word("каток", ("каток",)), Word("открыть", ("открыть",))
IN_QUOTES = Query("каток открыт", "каток открыт", (RINK, OPEN), phrases=(("каток", "открыть"),))


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is busy with other things must not cut an answer short here."""
    monkeypatch.setattr("storage.search.postgresql.LONGEST", 60.0)


async def found(database: Database, query: Query) -> Found:
    return await find(database, query, vocabulary=KNOWN, now=NOW, strictly=True)


async def much_later(connection: Connection) -> None:
    """As many documents as five blocks hold came and went."""
    statement = text("UPDATE search_state SET value = value + :gone WHERE name = 'last_id'")
    await connection.execute(statement, {"gone": 5 << BLOCK})


async def test_the_newest_come_first_from_blocks_far_apart(database: Database) -> None:
    async with database.begin() as connection:
        told = []
        for number in range(3):
            told.append(await tell(connection, f"Каток в парке {number}", now=NOW))
            await much_later(connection)
    answer = await found(database, Query("каток", "каток", (RINK,)))
    assert [hit.item_id for hit in answer.hits] == told[::-1]
    assert not answer.more


async def test_words_in_quotes_are_found_in_old_blocks_and_only_side_by_side(database: Database) -> None:
    async with database.begin() as connection:
        beside = await tell(connection, "Зима пришла", "Наш каток открыт для всех.", now=NOW)
        await much_later(connection)
        await tell(connection, "Каток в парке открыт", now=NOW)
    assert [hit.item_id for hit in (await found(database, IN_QUOTES)).hits] == [beside]


async def test_a_headline_and_its_text_are_no_phrase(database: Database) -> None:
    async with database.begin() as connection:
        await tell(connection, "В парке залит каток", "Открыта запись в кружки.", now=NOW)
    assert not (await found(database, IN_QUOTES)).hits


async def test_a_question_that_reads_too_much_leaves_out_the_past_and_says_so(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with postgresql.begin() as connection:
        await tell(connection, "Каток открыт", now=NOW)
        await much_later(connection)
        latest = await tell(connection, "Каток открыт снова", now=NOW)
    monkeypatch.setattr("storage.search.postgresql.MOST_READ", 1)
    answer = await found(postgresql, IN_QUOTES)
    assert [hit.item_id for hit in answer.hits] == [latest]
    assert answer.more


async def test_a_question_that_takes_too_long_reads_the_newest_block_all_the_same(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with postgresql.begin() as connection:
        await tell(connection, "Каток открыт", now=NOW)
        await much_later(connection)
        latest = await tell(connection, "Каток открыт снова", now=NOW)
    monkeypatch.setattr("storage.search.postgresql.LONGEST", -1.0)
    answer = await found(postgresql, Query("каток", "каток", (RINK,)))
    assert [hit.item_id for hit in answer.hits] == [latest]
    assert answer.more
