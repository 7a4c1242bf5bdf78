"""An index that outlived its normaliser is built anew, step by step, and finds what it found before."""

from datetime import UTC, date, datetime

from sqlalchemy import text

from analysis.geography.gazetteer import builtin
from analysis.questions.queries import understand
from domain.items import ItemState
from storage.content import items
from storage.engine import Database
from storage.operation import indexing
from storage.search import find, vocabulary
from tests.stories import tell

NOW = datetime(2026, 11, 21, 7, tzinfo=UTC)


async def found(database: Database, typed: str) -> list[int]:
    async with database.read() as connection:
        known = await vocabulary.load(connection)
    query = understand(typed, today=date(2026, 11, 21), vocabulary=known, gazetteer=builtin())
    return [hit.item_id for hit in (await find(database, query, vocabulary=known, now=NOW)).hits]


async def test_a_fresh_index_is_whole_and_has_nothing_to_do(database: Database) -> None:
    async with database.begin() as connection:
        assert await indexing.is_whole(connection)
        assert not await indexing.keep(connection)


async def test_an_index_of_many_segments_becomes_one_that_finds_the_same(database: Database) -> None:
    for number in range(12):
        async with database.begin() as connection:
            await tell(connection, f"Каток номер {number}", f"Открыт каток в парке {number}.", now=NOW)
    before = await found(database, "каток")
    async with database.begin() as connection:
        while await indexing.keep(connection):
            pass
        if database.is_sqlite:
            segments = text("SELECT count(DISTINCT segid) FROM search_index_idx")
            assert await connection.scalar(segments) == 1
    assert await found(database, "каток") == before


async def test_an_index_of_an_older_normaliser_is_built_anew(database: Database) -> None:
    async with database.begin() as connection:
        kept = await tell(connection, "Каток открыт", now=NOW)
        gone = await tell(connection, "Каток закрыт на ремонт", "Лёд растаял раньше срока.", now=NOW)
        await items.set_state(connection, gone, ItemState.WITHDRAWN, NOW)
        await connection.execute(text("UPDATE search_state SET value = 0 WHERE name = 'normaliser'"))
        assert not await indexing.is_whole(connection)
        assert await indexing.keep(connection)
        assert not await indexing.keep(connection)
        assert await indexing.is_whole(connection)
    assert await found(database, "каток") == [kept]


async def test_building_goes_on_after_it_was_interrupted(database: Database) -> None:
    async with database.begin() as connection:
        told = [await tell(connection, title, now=NOW) for title in ("Ёлка привезена", "Ёлка наряжена к празднику")]
        await connection.execute(text("UPDATE search_state SET value = 0 WHERE name = 'normaliser'"))
        await indexing.keep(connection)
    async with database.begin() as connection:
        while await indexing.keep(connection):
            pass
    assert sorted(await found(database, "ёлка")) == told
