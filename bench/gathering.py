"""Many sources by one process: how quickly polls get through, and whether the loop stays free meanwhile.

A site in a process of its own serves feeds that answer 304, answer the same, or hold something new. The figure to
reach: 10,000 sources at 15 minutes (11.1 polls a second), the loop never held up for longer than 100 ms.
"""

import argparse
import asyncio
import logging
import multiprocessing
import random
import resource
import tempfile
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import structlog
from aiohttp import web

from analysis.gazetteer import builtin
from analysis.reader import Reader
from domain.sources import SourceKind, Trust
from ingestion import gathering
from ingestion.polling import Poller
from storage.engine import Database
from storage.intake import sources
from storage.migrations import migrate
from storage.territories import seed

SITES = 50
"""Ports: hosts that keep their own pace."""
CHANGING = 0.05
"""Share of polls that find something new; municipal sites publish a few texts a day."""
STREETS = ("Ленина", "Мира", "Садовой", "Гагарина", "Шевченко", "Советской", "Лесной", "Новой")


def _feed(number: int, version: int) -> str:
    items = "".join(_item(number, n) for n in range(version + 3, version, -1))
    return f"<rss version='2.0'><channel><title>Сайт {number}</title>{items}</channel></rss>"


def _item(number: int, n: int) -> str:
    chance = random.Random(number * 1000 + n)
    words = " ".join(chance.choices(STREETS, k=60))
    return (
        f"<item><title>Ремонт на улице {chance.choice(STREETS)}, дом {chance.randrange(200)}</title>"
        f"<link>/{number}/{n}</link><guid>{number}-{n}</guid><description>{words}</description></item>"
    )


def _serve(ready: Connection) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        if request.path == "/robots.txt":
            return web.Response(status=404)
        number = int(request.path.strip("/") or 0)
        version = int(random.random() < CHANGING)
        etag = f'"{number}-{version}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        return web.Response(text=_feed(number, version), headers={"ETag": etag})

    async def run() -> None:
        loop, ports = asyncio.get_running_loop(), []
        for _ in range(SITES):
            server = await loop.create_server(web.Server(answer), "127.0.0.1", 0)
            ports.append(server.sockets[0].getsockname()[1])
        ready.send(ports)
        await asyncio.Event().wait()

    asyncio.run(run())


async def _watch(lags: list[float]) -> None:
    while True:
        before = time.perf_counter()
        await asyncio.sleep(0.01)
        lags.append(time.perf_counter() - before - 0.01)


async def _bench(count: int, ports: list[int], folder: str) -> None:
    database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")
    await migrate(database)
    now = datetime.now(UTC)
    async with database.begin() as connection:
        await seed(connection)
        for number in range(count):
            url = f"http://127.0.0.1:{ports[number % len(ports)]}/{number}"
            await sources.add(
                connection, kind=SourceKind.FEED, url=url, trust=Trust.AUTO, territory="95708000", now=now
            )
    async with gathering.opened(gathering.Options(allow_private=True)) as gathered:
        poller = Poller(database, Reader(builtin()), gathered.collector, interval=timedelta(minutes=15))
        for name, later in (("first crawl", timedelta(0)), ("polls afterwards", timedelta(hours=2))):
            await _round(name, poller, now + later, count)
    await database.close()


async def _round(name: str, poller: Poller, now: datetime, count: int) -> None:
    lags: list[float] = []
    watching = asyncio.create_task(_watch(lags))
    began, used, polled = time.perf_counter(), time.process_time(), 0
    while polled < count:
        polled += await poller.tick(now)
        await asyncio.sleep(0.05)
    await poller.drain()
    took, busy = time.perf_counter() - began, time.process_time() - used
    watching.cancel()
    lags.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name}: {count} polls in {took:.1f} s = {count / took:.0f}/s; this process busy {busy / took:.0%} of a core; "
        f"loop lag p99 {lags[int(len(lags) * 0.99)] * 1000:.0f} ms, most {lags[-1] * 1000:.0f} ms; memory {memory} MB"
    )


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench gathering")
    parser.add_argument("--sources", type=int, default=1000)
    count = parser.parse_args(arguments).sources
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    here, there = multiprocessing.Pipe()
    site = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    site.start()
    ports = here.recv()
    try:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_bench(count, ports, folder))
    finally:
        site.terminate()
