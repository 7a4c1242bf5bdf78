"""Ten thousand sources by one process: how quickly polls get through, and whether the loop stays free meanwhile.

The figure to reach: 10,000 sources at 15 minutes (11.1 polls a second), the loop never held up for 100 ms.
Some sources are crawled for the first time; the others stand in the database as after their first crawl, and are
polled once: a share changed, a share hangs, a share is broken.
"""

import argparse
import asyncio
import hashlib
import logging
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from analysis.geography.gazetteer import builtin
from analysis.reader import Reader
from bench import sites
from bench.sites import Shape
from bot.run import spare_the_collector
from domain.sources import Source, SourceKind, Trust
from ingestion import gathering, parsing
from ingestion.parsers.given import Given
from ingestion.polling import Poller
from storage.engine import Connection, Database
from storage.intake import publications, source_health, sources
from storage.migrations import migrate
from storage.territories import seed

KINDS = {Shape.PAGE: SourceKind.PAGE, Shape.CALENDAR: SourceKind.CALENDAR}
INTERVAL = timedelta(minutes=15)


def _kind(number: int) -> SourceKind:
    return KINDS.get(sites.shape(number), SourceKind.FEED)


async def _add(connection: Connection, number: int, ports: list[int], now: datetime, query: str = "") -> Source:
    return await sources.add(
        connection,
        kind=_kind(number),
        url=f"http://127.0.0.1:{ports[number % len(ports)]}/{number}{query}",
        trust=Trust.AUTO,
        territory="95708000",
        now=now,
    )


async def _add_known(connection: Connection, number: int, ports: list[int], now: datetime) -> None:
    """A source as it stands after its first crawl; what a changing one published is written down, too."""
    source, answer = await _add(connection, number, ports, now, "?later"), sites.body(number, 0)
    fetched = {
        "etag": sites.etag(answer) if sites.shape(number) is Shape.FEED else None,
        "body_hash": hashlib.sha256(answer).hexdigest(),
        "listed": sites.LISTED,
    }
    await source_health.record_success(connection, source.id, now, now, fetched=fetched)
    if sites.changes(number) and sites.shape(number) not in (Shape.HANGING, Shape.BROKEN):
        parsed = parsing.parse_kind(_kind(number), Given(source.url, answer, "", "Europe/Moscow", now))
        for publication in await publications.receive(connection, source.id, parsed.entries, now):
            await publications.mark_read(connection, publication, None, now)


class _Lags:
    """How late a task wakes that wants to wake every ten milliseconds, and how much of that was work of ours.

    On a machine that others load, too, the rest is their share.
    """

    def __init__(self) -> None:
        self.seen: list[tuple[float, float]] = []

    async def watch(self) -> None:
        while True:
            before, worked = time.perf_counter(), time.process_time()
            await asyncio.sleep(0.01)
            late = time.perf_counter() - before - 0.01
            self.seen.append((late, min(late, time.process_time() - worked)))

    def __str__(self) -> str:
        late, own = (sorted(one) for one in zip(*self.seen, strict=True))
        p99 = late[int(len(late) * 0.99)]
        return (
            f"loop lag p99 {p99 * 1000:.0f} ms, most {late[-1] * 1000:.0f} ms, by our own work {own[-1] * 1000:.0f} ms"
        )


async def _round(name: str, poller: Poller, count: int, pause: float) -> None:
    """Polls what is due until ``count`` polls are done."""
    lags = _Lags()
    watching = asyncio.create_task(lags.watch())
    began, used, polled = time.perf_counter(), time.process_time(), 0
    while polled < count:
        polled += await poller.tick(datetime.now(UTC))
        await asyncio.sleep(pause)
    await poller.drain()
    took, busy = time.perf_counter() - began, time.process_time() - used
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name}: {count} polls in {took:.1f} s = {count / took:.1f}/s; "
        f"this process busy {busy / took:.0%} of a core; {lags}; memory {memory} MB"
    )


async def _counts(database: Database) -> str:
    async with database.read() as connection:
        asked = "SELECT (SELECT count(*) FROM items) items, (SELECT count(*) FROM sources WHERE failures > 0) troubled"
        found = (await connection.exec_driver_sql(asked)).mappings().one()
    return f"{found['items']} items in the database, {found['troubled']} sources in trouble"


async def _spread(database: Database, ids: Iterable[int], minutes: float) -> None:
    """Lets polls fall due evenly over so many minutes, as they do once a bot has run for a while."""
    now, numbers = datetime.now(UTC), list(ids)
    async with database.begin() as connection:
        for place, number in enumerate(numbers):
            due = now + timedelta(minutes=minutes) * (place / len(numbers))
            await sources.postpone(connection, [number], due)


async def _bench(count: int, crawled: int, minutes: float, ports: list[int], folder: str) -> None:
    database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")
    await migrate(database)
    now = datetime.now(UTC)
    async with database.begin() as connection:
        await seed(connection)
        for number in range(crawled):
            await _add(connection, number, ports, now)
    async with gathering.opened(gathering.Options(allow_private=True)) as gathered:
        poller = Poller(database, Reader(builtin()), gathered.collector, interval=INTERVAL)
        spare_the_collector()
        await _round("first crawl", poller, crawled, 0.05)
        print(await _counts(database))
        async with database.begin() as connection:
            known = [source.id for source in await sources.listed(connection, limit=count + crawled)]
            await sources.postpone(connection, known, now + timedelta(days=1))
            for number in range(count):
                await _add_known(connection, number, ports, now)
            added = [one.id for one in await sources.listed(connection, limit=count + crawled) if one.id not in known]
        await _spread(database, added, minutes)
        await _round("polls afterwards", poller, count, 2 if minutes else 0.05)
        print(await _counts(database))
    await database.close()


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench gathering")
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--crawled", type=int, default=300, help="sources that are crawled for the first time")
    parser.add_argument("--minutes", type=float, default=0, help="over which polls fall due; 0: all at once")
    chosen = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    here, there = multiprocessing.Pipe()
    site = multiprocessing.get_context("spawn").Process(target=sites.serve, args=(there,), daemon=True)
    site.start()
    ports = here.recv()
    try:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_bench(chosen.sources, chosen.crawled, chosen.minutes, ports, folder))
    finally:
        site.terminate()
