"""The periodic jobs of this installation: name, interval, call. Each finds its work by query and is safe to repeat."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from analysis.reader import Reader
from bot.schedule import Call, Job
from ingestion import upkeep
from ingestion.polling import Poller
from ingestion.unread import read_unread
from storage import updates
from storage.engine import Database

UPDATES_KEPT = timedelta(days=2)


def table(database: Database, reader: Reader, poller: Poller, publish_menus: Call) -> Iterable[Job]:
    """Every job, most frequent first."""

    async def read_what_came(now: datetime) -> None:
        await read_unread(database, reader, now)

    async def tell_of_sources(now: datetime) -> None:
        await upkeep.tell_of_health(database, now)
        await upkeep.tell_of_questions(database, now)

    async def tidy_texts(now: datetime) -> None:
        await upkeep.tidy(database, now)

    async def forget_updates(now: datetime) -> None:
        async with database.begin() as connection:
            await updates.forget(connection, now - UPDATES_KEPT)

    return (
        Job("read unread texts", timedelta(seconds=5), read_what_came),
        Job("poll sources", timedelta(seconds=2), poller.tick),
        Job("tell of sources", timedelta(seconds=30), tell_of_sources),
        Job("publish menus", timedelta(hours=1), publish_menus),
        Job("tidy texts", timedelta(hours=1), tidy_texts),
        Job("forget updates", timedelta(hours=1), forget_updates),
    )
