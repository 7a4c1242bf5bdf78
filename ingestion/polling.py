"""Polls sources when they are due: each in a task of its own, so that one that hangs delays no other."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog

from analysis.reader import Reader
from domain.sources import Intake, Source, SourceKind
from ingestion.bursts import is_burst, raise_burst
from ingestion.collecting import Collected, Collector, follows_articles
from ingestion.drafts import ZONE
from ingestion.fetching.client import FetchError
from ingestion.intervals import next_poll
from ingestion.parsers.given import ParseError
from ingestion.pipeline import take_in
from ingestion.vanished import ask_about_vanished
from storage import territories
from storage.engine import Database
from storage.intake import publications, source_health, sources

log = structlog.get_logger(__name__)

AT_ONCE = 64
"""Polls under way."""
AT_ONE_HOST = 40
"""Of these to one host: where it hangs with all its sources, there is room for the others."""
WAIT = timedelta(seconds=30)
DEADLINE = timedelta(minutes=5)
"""For one poll with all its articles."""
CLAIM = timedelta(minutes=10)
"""After this a poll that was lost in a crash is tried again."""
LOOK_AGAIN_AFTER = timedelta(hours=6)
LOOK_AGAIN_FOR = timedelta(days=3)
LOOK_AT_EVENTS_AFTER = timedelta(hours=24)
MOST_LOOKED_AT_AGAIN = 3


class Poller:
    """One for the process. ``tick`` returns at once: polls go on beside it until ``close``."""

    def __init__(
        self, database: Database, reader: Reader, collector: Collector, *, interval: timedelta, at_once: int = AT_ONCE
    ) -> None:
        self._database = database
        self._reader = reader
        self._collector = collector
        self._interval = interval
        self._at_once = at_once
        self._running: set[asyncio.Task[None]] = set()
        self._hosts: Counter[str] = Counter()
        self._chance = random.Random()  # noqa: S311  spreads polls, keeps no secret

    async def tick(self, now: datetime) -> int:
        """Starts polls of sources that are due, as many as there is room for; returns how many."""
        room = self._at_once - len(self._running)
        if room <= 0:
            return 0
        async with self._database.begin() as connection:
            due = await sources.claim_due(connection, now, now + CLAIM, room)
            begun = [source for source in due if self._takes(source)]
            waiting = [source.id for source in due if source not in begun]
            await sources.postpone(connection, waiting, now + WAIT)
        for source in begun:
            task = asyncio.create_task(self._guarded(source, now), name=f"poll {source.id}")
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return len(begun)

    def _takes(self, source: Source) -> bool:
        """Takes up one of the places for the source's host, where one is left."""
        host = urlsplit(source.url).netloc
        if self._hosts[host] >= AT_ONE_HOST:
            return False
        self._hosts[host] += 1
        return True

    async def drain(self) -> None:
        """Waits until every poll under way is done."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def close(self) -> None:
        """Gives up the polls under way; their sources come up again when their claim ends."""
        for task in set(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _guarded(self, source: Source, now: datetime) -> None:
        try:
            await poll(self._database, self._reader, self._collector, source, now, self._interval, self._chance)
        except Exception:
            log.exception("poll failed", source=source.id)
        finally:
            self._hosts.subtract([urlsplit(source.url).netloc])
            self._hosts += Counter()  # forgets the hosts that nobody is at


async def poll(
    database: Database,
    reader: Reader,
    collector: Collector,
    source: Source,
    now: datetime,
    interval: timedelta,
    chance: random.Random,
) -> Intake:
    """Polls one source and writes down how it went; a fault of the source is its health, not an error."""
    zone = await _zone(database, source)
    try:
        async with asyncio.timeout(DEADLINE.total_seconds()):
            collected = await _collect(database, collector, source, zone, now)
    except (FetchError, ParseError, TimeoutError) as error:
        pause = error.retry_after if isinstance(error, FetchError) else None
        await _failed(database, source, now, interval, chance, str(error) or "took too long", pause)
        return Intake()
    intake = await _take(database, reader, source, collected, now)
    await _succeeded(database, source, collected, intake, now, interval, chance)
    return intake


async def _collect(database: Database, collector: Collector, source: Source, zone: str, now: datetime) -> Collected:
    async def known(addresses: Sequence[str]) -> set[str]:
        async with database.read() as connection:
            return set(await publications.known_ids(connection, source.id, addresses))

    again = await _to_look_at_again(database, source, now)
    collected = await collector.collect(source, zone, now, known=known, again=again)
    if again:
        async with database.begin() as connection:
            await publications.looked_at(connection, source.id, again, now)
    return collected


async def _to_look_at_again(database: Database, source: Source, now: datetime) -> list[str]:
    """Known articles that are worth another look: recent ones, and those of events ahead, which may be called off."""
    if source.kind not in (SourceKind.PAGE, SourceKind.SITEMAP, SourceKind.FEED):
        return []
    async with database.read() as connection:
        found = await publications.to_look_at_again(
            connection, source.id, now=now, fetched_before=now - LOOK_AT_EVENTS_AFTER, limit=MOST_LOOKED_AT_AGAIN
        )
        if follows_articles(source):  # others bring their edits themselves
            found += await publications.recent_to_look_at(
                connection,
                source.id,
                added_after=now - LOOK_AGAIN_FOR,
                fetched_before=now - LOOK_AGAIN_AFTER,
                limit=MOST_LOOKED_AT_AGAIN,
            )
    return list(dict.fromkeys(found))


async def _take(database: Database, reader: Reader, source: Source, collected: Collected, now: datetime) -> Intake:
    burst = source.seeded_at is not None and await is_burst(database, source, collected.entries, now)
    intake = await take_in(database, reader, source, collected.entries, now, silent=True if burst else None)
    if burst:
        await raise_burst(database, source, intake, collected.entries, now)
    await ask_about_vanished(database, source, collected, now)
    return intake


async def _succeeded(
    database: Database,
    source: Source,
    collected: Collected,
    intake: Intake,
    now: datetime,
    interval: timedelta,
    chance: random.Random,
) -> None:
    changed = bool(intake.added or intake.merged or intake.updated)
    due = next_poll(source, now, interval, chance, more=collected.more, changed=changed)
    async with database.begin() as connection:
        await source_health.record_success(
            connection, source.id, now, due, changed=changed, seeded=not collected.more, fetched=collected.fetched
        )
    if changed or intake.rejected:
        log.info("polled", source=source.id, added=intake.added, merged=intake.merged, updated=intake.updated)


async def _failed(
    database: Database,
    source: Source,
    now: datetime,
    interval: timedelta,
    chance: random.Random,
    error: str,
    retry_after: timedelta | None,
) -> None:
    due = next_poll(source, now, interval, chance, failures=source.failures + 1, retry_after=retry_after)
    async with database.begin() as connection:
        await source_health.record_failure(connection, source.id, now, due, error)
    log.info("poll went wrong", source=source.id, error=error)


async def _zone(database: Database, source: Source) -> str:
    if source.territory is None:
        return ZONE
    async with database.read() as connection:
        return (await territories.zones(connection, [source.territory])).get(source.territory, ZONE)
