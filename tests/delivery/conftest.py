"""A sender over a real database and the local Telegram, and ways to watch it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest

from delivery.bot_api import Telegram
from delivery.pacer import Pacer
from delivery.sender import Sender
from delivery.spacing import Spacing
from domain.mailings import MailingState, Progress
from sandbox.limits import Limits
from sandbox.server import Sandbox
from storage.engine import Database
from storage.outbox import mailings
from tests.deliveries import NOON

UNLIMITED = 1_000_000.0


class Office:
    """A database, a local Telegram with its population, and a sender between them."""

    def __init__(self, database: Database, sandbox: Sandbox) -> None:
        self.database = database
        self.sandbox = sandbox
        self.rate = UNLIMITED
        self.pacer = Pacer(self.rate)
        self.paid: Pacer | None = None
        self.spacing = Spacing()
        self.now = NOON

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[asyncio.Event]:
        """A sender that runs inside the block; setting the event stops it."""
        stop = asyncio.Event()
        telegram = Telegram(self.sandbox.token, self.sandbox.url)
        sender = Sender(self.database, telegram, self.pacer, self.spacing, paid=self.paid, clock=lambda: self.now)
        running = asyncio.create_task(sender.run(stop))
        try:
            yield stop
        finally:
            stop.set()
            await running
            await telegram.close()

    async def finished(self, *mailing_ids: int) -> None:
        for mailing_id in mailing_ids:
            await self.until(partial(self.is_over, mailing_id))

    async def is_over(self, mailing_id: int) -> bool:
        async with self.database.read() as connection:
            found = await mailings.find(connection, mailing_id)
        assert found
        return found.state in (MailingState.FINISHED, MailingState.CANCELLED)

    async def until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        """Waits for a state that will come; the test's own time limit ends it otherwise."""
        while not await holds():  # noqa: ASYNC110  the state is another process's or the database's: nothing tells
            await asyncio.sleep(0.01)

    async def progress(self, mailing_id: int) -> Progress:
        async with self.database.read() as connection:
            return await mailings.progress(connection, mailing_id)


@pytest.fixture
async def office(sqlite: Database) -> AsyncIterator[Office]:
    async with Sandbox(limits=Limits.off(), population=range(1, 100_000)) as sandbox:
        yield Office(sqlite, sandbox)


def copies(office: Office) -> dict[int, int]:
    """Chat → how often the most repeated text reached it."""
    result: dict[int, Any] = dict(office.sandbox.ledger.copies())
    return result
