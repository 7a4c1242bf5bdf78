"""Items of bench.corpus put into the tables and the index, as an import of an archive writes them."""

from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from bench import corpus
from bench.corpus import Drawn
from bot.cli.console import progress
from domain.items import ItemState
from storage.engine import Connection, Database
from storage.migrations import migrate
from storage.search import index
from storage.tables import item_territories, items
from storage.territories import seed

AT_ONCE = 5_000
"""Items of one transaction: document frequencies are counted once for all of them."""
_GIN = "CREATE INDEX ix_search_documents_words ON search_documents USING gin (words) WITH (fastupdate = off)"
T = TypeVar("T")


async def fill(database: Database, count: int) -> None:
    """Makes the tables and draws so many items into them."""
    await migrate(database)
    async with database.begin() as connection:
        await seed(connection)
    await _at_rest(database, "DROP INDEX ix_search_documents_words")
    with progress() as bar:
        task = bar.add_task(f"{count:,} items", total=count)
        for drawn in batches(corpus.draw(count), AT_ONCE):
            async with database.begin() as connection:
                await _write(connection, drawn)
            bar.advance(task, len(drawn))
    while await _kept(database):
        pass
    await _at_rest(database, _GIN)


async def _kept(database: Database) -> bool:
    """One step of what the job «keep the index» does every ten minutes."""
    async with database.begin() as connection:
        return await index.tidy(connection)


async def _at_rest(database: Database, statement: str) -> None:
    """PostgreSQL builds the index of a million items at once in a tenth of the time that one by one would take."""
    if not database.is_sqlite:
        async with database.begin() as connection:
            await connection.exec_driver_sql(statement)


def batches(drawn: Iterator[T], size: int) -> Iterator[list[T]]:
    while batch := list(islice(drawn, size)):
        yield batch


async def _write(connection: Connection, drawn: list[Drawn]) -> None:
    await connection.execute(items.insert(), [_row(one) for one in drawn])
    places = [{"territory": _territory(one), "item_id": one.document.item_id} for one in drawn]
    await connection.execute(item_territories.insert(), places)
    await index.add(connection, [one.document for one in drawn])


def _territory(one: Drawn) -> str:
    return one.document.places.split()[0]


def _row(one: Drawn) -> dict[str, object]:
    return dict.fromkeys(("url", "place")) | {
        "id": one.document.item_id,
        "kind": one.kind,
        "state": ItemState.PUBLISHED,
        "title": one.title,
        "summary": "",
        "text": f"{one.title}\n{one.text}",
        "published_at": one.published_at,
        "territories": [_territory(one)],
        "regions": [],
        "topics": [],
        "evidence": [],
        "doubts": [],
        "added_at": one.published_at,
        "matched_at": one.published_at,
        "updated_at": one.published_at,
    }
