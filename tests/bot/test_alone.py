"""One process works, the others stand ready."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from bot import alone as house
from bot.alone import alone
from storage.engine import Database
from storage.operation import leases


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_the_second_process_takes_over_when_the_first_ends(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "RENEW", 0.01)
    began: asyncio.Queue[str] = asyncio.Queue()

    def worker(name: str) -> asyncio.Task[None]:
        async def work() -> None:
            await began.put(name)
            await asyncio.Event().wait()

        return asyncio.create_task(alone(database, "poller", work))

    first = worker("first")
    assert await began.get() == "first"
    second = worker("second")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(began.get(), 0.2)
    await _end(first)
    assert await began.get() == "second"
    await _end(second)
    async with database.read() as connection:
        assert await leases.holder(connection, "poller", datetime.now(UTC)) is None


async def test_a_lost_lease_ends_the_work(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "RENEW", 0.01)
    began, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    task = asyncio.create_task(alone(sqlite, "poller", work))
    await began.wait()
    async with sqlite.begin() as connection:
        holder = await leases.holder(connection, "poller", datetime.now(UTC))
        assert holder is not None
        await leases.release(connection, "poller", holder)
        assert await leases.acquire(connection, "poller", "other", now=datetime.now(UTC), length=house.LENGTH)
    await asyncio.wait_for(ended.wait(), 10)
    await _end(task)


async def test_what_the_work_raises_is_raised(sqlite: Database) -> None:
    async def work() -> None:
        raise ValueError("unauthorized")

    with pytest.raises(ValueError, match="unauthorized"):
        await alone(sqlite, "poller", work)
