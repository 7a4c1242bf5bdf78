"""A million people: written down, waited behind, and carried in memory."""

import asyncio
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

import psutil
from sqlalchemy import text

from bench.delivery.stage import mail, opened, over, telegram
from delivery.freezing import freeze_step
from delivery.pacer import Pacer, Turn
from delivery.sender import Sender
from domain.announcements import Audience
from domain.mailings import Lane
from sandbox.server import TOKEN

SETTLED = 20
"""Seconds until a bot that was just started has read its dictionaries."""


async def measure(folder: Path, people: int, parts: Sequence[str]) -> None:
    url = f"sqlite+aiosqlite:///{folder / 'million.db'}"
    await fanout(url, people, "SQLite")
    if "backlog" in parts:
        await _backlog(url)
    if "memory" in parts:
        await _memory(url)


async def fanout(url: str, people: int, name: str) -> None:
    async with opened(url, people) as database:
        await mail(database, "announcement:1")
        start, cpu, longest = time.perf_counter(), time.process_time(), 0.0
        while True:
            began = time.perf_counter()
            if not await freeze_step(database, datetime.now(UTC)):
                break
            longest = max(longest, time.perf_counter() - began)
        took = time.perf_counter() - start
        cpu = time.process_time() - cpu
        print(f"{name}: fan-out to {people:,} in {took:.2f} s, of these {cpu:.2f} s of our CPU; ", end="")
        print(f"longest transaction {longest * 1000:.0f} ms")


async def _backlog(url: str) -> None:
    """With the million waiting: how soon an urgent mailing begins and ends, and how long a reply waits."""
    async with telegram("--counting", "off") as client, opened(url, 0) as database:
        pacer, stop = Pacer(29.9), asyncio.Event()
        running = asyncio.create_task(Sender(database, client, pacer).run(stop))
        await asyncio.sleep(3)
        waits = await _replies(pacer)
        async with database.begin() as connection:
            statement = "UPDATE subscribers SET home = '95708000' WHERE id % 1000 = 0 AND id <= 300000"
            await connection.execute(text(statement))
        began = time.perf_counter()
        mailing_id = await mail(database, "announcement:2", lane=Lane.URGENT, audience=Audience(("95708000",)))
        await over(database, mailing_id)
        stop.set()
        await running
        count, expected = len(client.urgent), (len(client.urgent) - 1) / 29.9
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"urgent beside the backlog: first after {client.urgent[0] - began:.2f} s, ", end="")
        print(f"{count} after {client.urgent[-1] - began:.1f} s (the rate's own time is {expected:.1f} s)")
        print(
            f"a reply waits {waits[49] * 1000:.0f} ms in the median, {waits[98] * 1000:.0f} ms at p99; {memory:.0f} MB"
        )


async def _replies(pacer: Pacer) -> list[float]:
    waits = []
    for _ in range(100):
        began = time.perf_counter()
        await pacer.take(Turn.REPLY)
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(0.1)
    return quantiles(waits, n=100)


async def _memory(url: str) -> None:
    """The whole bot, idle and then while it sends to everybody at 1000 a second."""
    async with telegram("--counting", "off") as client, opened(url, 0) as database:
        settings = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": client.base_url, "DATABASE_URL": url, "SEND_RATE": "1000"}
        command = [sys.executable, "-m", "bot", "run"]
        environment = {**os.environ, **settings, "LOG_LEVEL": "warning"}
        process = await asyncio.create_subprocess_exec(*command, env=environment)
        bot = psutil.Process(process.pid)
        await asyncio.sleep(SETTLED)
        idle = bot.memory_info().rss
        await mail(database, "announcement:3")
        most = idle
        for _ in range(60):
            await asyncio.sleep(1)
            most = max(most, bot.memory_info().rss)
        print(f"glashatai run: {idle / 1024**2:.0f} MB idle, at most {most / 1024**2:.0f} MB while it sends to all")
        process.send_signal(signal.SIGTERM)
        await process.wait()
