"""This installation's database and what must be in it before anything works: schema, gazetteer, owners."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from analysis.geography.gazetteer import Gazetteer
from bot.settings import Settings
from storage import territories
from storage.engine import Database
from storage.migrations import migrate
from storage.people import roles


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, brought to the newest schema; closed at the end."""
    database = Database(settings.database_url)
    try:
        await prepare(database, settings.owner_ids)
        yield database
    finally:
        await database.close()


async def prepare(database: Database, owner_ids: Iterable[int] = ()) -> None:
    """Brings schema, gazetteer and owners up to date; safe to repeat."""
    await migrate(database)
    async with database.begin() as connection:
        await territories.seed(connection)
        await roles.ensure_owners(connection, owner_ids, datetime.now(UTC))


async def gazetteer_of(database: Database) -> Gazetteer:
    """Territories as this installation knows them, imported settlements included."""
    async with database.read() as connection:
        return Gazetteer(await territories.all_of(connection))
