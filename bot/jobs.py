"""The periodic jobs: name, interval, call. Each finds its work by query and is safe to repeat."""

from datetime import datetime, timedelta
from functools import partial

from analysis.reader import Reader
from bot.schedule import Call, Job
from delivery.digests import bundle_waiting, start_digests
from delivery.matching import match_new
from delivery.recovery import recover
from delivery.reminding import remind_due
from delivery.scheduled import announce_due
from delivery.telling import tell_changes
from ingestion.polling import Poller
from ingestion.unread import read_unread
from ingestion.upkeep import tell_of_health, tell_of_questions, tidy
from storage.engine import Database
from storage.operation import indexing, updates
from storage.people import dialogues

UPDATES_KEPT = timedelta(days=2)
DIALOGUES_KEPT = timedelta(days=30)


def table(database: Database, reader: Reader, poller: Poller, language: str, publish_menus: Call) -> tuple[Job, ...]:
    """Every job of the process, by the way of the data."""
    return (
        # what comes in
        Job("poll sources", timedelta(seconds=2), poller.tick),
        Job("read new texts", timedelta(seconds=5), partial(read_unread, database, reader)),
        Job("tell of sources", timedelta(minutes=1), partial(tell_of_health, database, language=language)),
        Job("tell of questions", timedelta(seconds=30), partial(tell_of_questions, database, language=language)),
        Job("tidy items", timedelta(hours=1), partial(tidy, database)),
        Job("keep the index", timedelta(minutes=10), partial(keep_index, database)),
        # what goes out
        Job("match items", timedelta(seconds=5), partial(match_new, database)),
        Job("begin announcements", timedelta(seconds=5), partial(announce_due, database)),
        Job("make digests", timedelta(minutes=1), partial(start_digests, database)),
        Job("bundle what waited", timedelta(minutes=1), partial(bundle_waiting, database)),
        Job("remind", timedelta(seconds=30), partial(remind_due, database)),
        Job("tell of changes", timedelta(seconds=30), partial(tell_changes, database)),
        Job("recover", timedelta(seconds=30), partial(recover, database)),
        # the process itself
        Job("publish menus", timedelta(hours=1), publish_menus),
        Job("forget updates", timedelta(hours=1), partial(forget_updates, database)),
        Job("forget dialogues", timedelta(hours=1), partial(forget_dialogues, database)),
    )


async def keep_index(database: Database, _now: datetime) -> None:
    """Merges the full-text index; builds it anew, step by step, where lemmas are not what they were."""
    more = True
    while more:
        async with database.begin() as connection:
            more = await indexing.keep(connection)


async def forget_updates(database: Database, now: datetime) -> None:
    """Drops the numbers of updates that Telegram will not repeat any more."""
    async with database.begin() as connection:
        await updates.forget(connection, now - UPDATES_KEPT)


async def forget_dialogues(database: Database, now: datetime) -> None:
    """Drops what people began and never ended: it may hold what they wrote."""
    async with database.begin() as connection:
        await dialogues.forget_before(connection, now - DIALOGUES_KEPT)
