"""Periodic jobs: each tick is remembered, and a failing one stops nothing."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.schedule import Job, start, tick
from storage import job_runs
from storage.engine import Database

HOURLY = timedelta(hours=1)


async def _nothing(now: datetime) -> None:
    """A job that finds no work."""


async def _fails(now: datetime) -> None:
    raise RuntimeError("no connection")


async def test_a_tick_is_remembered(sqlite: Database) -> None:
    before = datetime.now(UTC)
    await tick(sqlite, Job("poll", HOURLY, _nothing))
    async with sqlite.read() as connection:
        [run] = await job_runs.last(connection)
    assert run.name == "poll"
    assert run.error is None
    assert run.finished_at is not None
    assert before <= run.started_at <= run.finished_at


async def test_a_failing_tick_is_remembered_with_its_error_and_the_next_one_clears_it(sqlite: Database) -> None:
    await tick(sqlite, Job("poll", HOURLY, _fails))
    async with sqlite.read() as connection:
        assert [run.error for run in await job_runs.last(connection)] == ["RuntimeError: no connection"]
    await tick(sqlite, Job("poll", HOURLY, _nothing))
    async with sqlite.read() as connection:
        assert [run.error for run in await job_runs.last(connection)] == [None]


async def test_every_job_begins_at_once_and_one_that_fails_stops_no_other(sqlite: Database) -> None:
    ran = asyncio.Event()

    async def works(now: datetime) -> None:
        ran.set()

    scheduler = start(sqlite, [Job("fails", HOURLY, _fails), Job("works", HOURLY, works)])
    await asyncio.wait_for(ran.wait(), 10)
    scheduler.shutdown()
