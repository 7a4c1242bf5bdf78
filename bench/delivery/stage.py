"""The stage of the delivery bench: a local Telegram in its own process, a database with people, one mailing."""

import asyncio
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from delivery.bot_api import Telegram
from delivery.outcomes import Outcome, Verdict
from delivery.pacer import Pacer
from delivery.sender import Sender
from domain.announcements import Audience
from domain.mailings import Lane, MailingDraft, MailingKind, MailingState
from domain.territories import RUSSIA
from sandbox.server import TOKEN
from storage.engine import Database
from storage.migrations import migrate
from storage.outbox import mailings
from storage.territories import seed

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


async def mail(
    database: Database,
    key: str,
    lane: Lane = Lane.ORDINARY,
    audience: Audience | None = None,
    *,
    paid: bool = False,
) -> int:
    draft = MailingDraft(
        kind=MailingKind.ANNOUNCEMENT,
        key=key,
        lane=lane,
        audience=audience or Audience((RUSSIA,)),
        paid=paid,
        content={"title": "Отключение", "text": LETTER, "photo": None},
    )
    async with database.begin() as connection:
        return await mailings.create(connection, draft, datetime.now(UTC))


async def over(database: Database, mailing_id: int) -> None:
    while True:
        async with database.read() as connection:
            found = await mailings.find(connection, mailing_id)
        if found and found.state is MailingState.FINISHED:
            return
        await asyncio.sleep(0.1)


async def send(database: Database, client: Counting, pacer: Pacer, paid: Pacer | None = None) -> tuple[float, float]:
    """Sends one mailing to everybody: seconds of wall and of CPU."""
    mailing_id = await mail(database, "announcement:1", paid=paid is not None)
    stop = asyncio.Event()
    wall, cpu = time.perf_counter(), time.process_time()
    running = asyncio.create_task(Sender(database, client, pacer, paid=paid).run(stop))
    await over(database, mailing_id)
    used = time.perf_counter() - wall, time.process_time() - cpu
    stop.set()
    await running
    return used
