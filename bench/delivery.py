"""Delivery measured: rate, cost, fan-out, lanes; beside a plain loop over aiogram, in one run on the same machine.

    python -m bench delivery [PART…] [--people N] [--messages N] [--postgresql URL]

Parts: rate, cost, flat, fanout, backlog; all where none is named. The local Telegram runs in a process of its own;
CPU is that of the sending process alone, its database thread included.
"""

import argparse
import asyncio
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

import uvloop
from sqlalchemy import text

from delivery.bot_api import Telegram
from delivery.freezing import freeze_step
from delivery.outcomes import Outcome, Verdict
from delivery.pacer import Pacer, Turn
from delivery.sender import Sender
from domain.announcements import Audience
from domain.mailings import Lane, MailingDraft, MailingKind, MailingState
from domain.territories import RUSSIA
from sandbox.server import TOKEN
from storage.engine import Database
from storage.migrations import migrate
from storage.outbox import mailings
from storage.territories import seed

PARTS = ("rate", "cost", "flat", "fanout", "backlog")
LETTER = "Завтра, 15 декабря, с 9:00 до 18:00 не будет холодной воды. " * 9
PEOPLE = {
    "sqlite": """
        INSERT INTO subscribers (chat_id, kind, language, time_zone, created_at)
        WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)
        SELECT i, 'private', 'ru', 'Europe/Moscow', 0 FROM n""",
    "postgresql": """
        INSERT INTO subscribers (chat_id, kind, language, time_zone, created_at)
        SELECT i, 'private', 'ru', 'Europe/Moscow', now()
        FROM generate_series(CAST(:first AS int), CAST(:last AS int)) i""",
}


class Counting(Telegram):
    """Counts verdicts, and notes when each message was accepted."""

    def __init__(self, base_url: str) -> None:
        super().__init__(TOKEN, base_url)
        self.base_url = base_url
        self.verdicts: Counter[Verdict] = Counter()
        self.times: list[float] = []
        self.urgent: list[float] = []

    async def call(self, method: str, body: bytes) -> Outcome:
        outcome = await super().call(method, body)
        self.verdicts[outcome.verdict] += 1
        if outcome.verdict is Verdict.SENT:
            (self.urgent if "🔴".encode() in body else self.times).append(time.perf_counter())
        return outcome


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench delivery")
    parser.add_argument("parts", nargs="*", help="what to measure")
    parser.add_argument("--people", type=int, default=1_000_000, help="subscribers of fan-out and backlog")
    parser.add_argument("--messages", type=int, default=20_000, help="messages of the flat-out runs")
    parser.add_argument("--postgresql", help="address of an empty database: postgresql+asyncpg://…")
    options = parser.parse_args(list(arguments))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(options))


async def run(options: argparse.Namespace) -> None:
    parts = options.parts or PARTS
    with tempfile.TemporaryDirectory(prefix="bench-delivery-") as folder:
        if "rate" in parts:
            await _rate(Path(folder))
        if "cost" in parts:
            await _cost(Path(folder))
        if "flat" in parts:
            await _flat(Path(folder), options.messages)
        if {"fanout", "backlog"} & set(parts):
            await _million(Path(folder), options.people, parts)
        if options.postgresql and "fanout" in parts:
            await _fanout(options.postgresql, options.people, "PostgreSQL")


# --- rate, cost, flat out --------------------------------------------------------------------------------------------


async def _rate(folder: Path) -> None:
    for counting, rate in (("bucket", 29.9), ("window", 28.5)):
        async with telegram("--counting", counting) as client, prepared(folder / f"{counting}.db", 600) as database:
            await _send(database, client, Pacer(rate))
            took = client.times[-1] - client.times[0]
            refused = client.verdicts[Verdict.FLOOD] / client.verdicts.total()
            print(
                f"{counting} of 30/s, sent at {rate}: {(len(client.times) - 1) / took:.2f}/s, refused {refused:.2%}, "
                f"most in any second {_most_in_a_second(client.times)}"
            )


async def _cost(folder: Path) -> None:
    async with telegram("--counting", "off") as client, prepared(folder / "cost.db", 10_000) as database:
        wall, cpu = await _send(database, client, Pacer(1000, 10))
        print(
            f"paced at 1000/s: {10_000 / wall:.0f}/s, {cpu / wall:.0%} of a core, {cpu / 10_000 * 1e6:.0f} µs a message"
        )


async def _flat(folder: Path, messages: int) -> None:
    async with telegram("--counting", "off") as client, prepared(folder / "flat.db", messages) as database:
        wall, cpu = await _send(database, client, Pacer(1e6))
        _say_flat("Glashatai, outbox and all", messages, wall, cpu)
    async with telegram("--counting", "off") as client:
        wall, cpu = await _plain_aiogram(client, messages // 4)
        _say_flat("plain loop over aiogram, nothing written down", messages // 4, wall, cpu)


def _say_flat(name: str, messages: int, wall: float, cpu: float) -> None:
    print(f"{name}: {messages / wall:.0f}/s, {messages / cpu:.0f} a second of CPU, {cpu / messages * 1e6:.0f} µs")


async def _plain_aiogram(client: Counting, messages: int) -> tuple[float, float]:
    from aiogram import Bot  # here, so that its 130 MB are not counted as the sender's
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

    base = client.base_url
    buttons = [[InlineKeyboardButton(text=one, callback_data=one) for one in ("why:1", "rar:1")]]
    markup = InlineKeyboardMarkup(inline_keyboard=buttons)
    slots = asyncio.Semaphore(100)
    async with Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(base))) as bot:

        async def send(chat: int) -> None:
            async with slots:
                await bot.send_message(chat, f"<b>Отключение</b>\n\n{LETTER}", parse_mode="HTML", reply_markup=markup)

        wall, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(send(chat) for chat in range(1, messages + 1)))
        return time.perf_counter() - wall, time.process_time() - cpu


async def _send(database: Database, client: Counting, pacer: Pacer) -> tuple[float, float]:
    """Sends one mailing to everybody: seconds of wall and of CPU."""
    mailing_id = await _mail(database, "announcement:1")
    stop = asyncio.Event()
    wall, cpu = time.perf_counter(), time.process_time()
    running = asyncio.create_task(Sender(database, client, pacer).run(stop))
    await _over(database, mailing_id)
    used = time.perf_counter() - wall, time.process_time() - cpu
    stop.set()
    await running
    return used


# --- a million -------------------------------------------------------------------------------------------------------


async def _million(folder: Path, people: int, parts: Sequence[str]) -> None:
    url = f"sqlite+aiosqlite:///{folder / 'million.db'}"
    await _fanout(url, people, "SQLite")
    if "backlog" in parts:
        await _backlog(url)


async def _fanout(url: str, people: int, name: str) -> None:
    async with opened(url, people) as database:
        await _mail(database, "announcement:1")
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
        mailing_id = await _mail(database, "announcement:2", lane=Lane.URGENT, audience=Audience(("95708000",)))
        await _over(database, mailing_id)
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


# --- the stage -------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def telegram(*options: str) -> AsyncIterator[Counting]:
    """A local Telegram in its own process."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--population", "2000000", "--ledger-only", *options]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    said = ""
    while "http://" not in said:
        said = (await process.stdout.readline()).decode()
    client = Counting(said[said.index("http://") :].split()[0].rstrip("/"))
    try:
        yield client
    finally:
        await client.close()
        process.send_signal(signal.SIGTERM)
        await process.wait()


@asynccontextmanager
async def opened(url: str, people: int) -> AsyncIterator[Database]:
    """A migrated database with so many more subscribers."""
    database = Database(url)
    await migrate(database)
    async with database.begin() as connection:
        await seed(connection)
    engine = "sqlite" if database.is_sqlite else "postgresql"
    for first in range(1, people + 1, 100_000):
        async with database.begin() as connection:
            last = min(people, first + 99_999)
            await connection.execute(text(PEOPLE[engine]), {"first": first, "last": last})
    try:
        yield database
    finally:
        await database.close()


def prepared(path: Path, people: int) -> AbstractAsyncContextManager[Database]:
    return opened(f"sqlite+aiosqlite:///{path}", people)


async def _mail(database: Database, key: str, lane: Lane = Lane.ORDINARY, audience: Audience | None = None) -> int:
    draft = MailingDraft(
        kind=MailingKind.ANNOUNCEMENT,
        key=key,
        lane=lane,
        audience=audience or Audience((RUSSIA,)),
        content={"title": "Отключение", "text": LETTER, "photo": None},
    )
    async with database.begin() as connection:
        return await mailings.create(connection, draft, datetime.now(UTC))


async def _over(database: Database, mailing_id: int) -> None:
    while True:
        async with database.read() as connection:
            found = await mailings.find(connection, mailing_id)
        if found and found.state is MailingState.FINISHED:
            return
        await asyncio.sleep(0.1)


def _most_in_a_second(times: Sequence[float]) -> int:
    most, start = 0, 0
    for end, moment in enumerate(times):
        while times[start] <= moment - 1:
            start += 1
        most = max(most, end - start + 1)
    return most
