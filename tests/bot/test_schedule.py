"""Periodic jobs: each tick is remembered, and a failing one stops nothing."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.schedule import Job, Journal, start, tick
from storage.engine import Database
from storage.operation import job_runs

HOURLY = timedelta(hours=1)


async def _nothing(now: datetime) -> None:
    """A job that finds no work."""


async def _fails(now: datetime) -> None:
    raise RuntimeError("no connection")


async def test_a_tick_is_remembered(sqlite: Database) -> None:
    before = datetime.now(UTC)
    await tick(Journal(sqlite), Job("poll", HOURLY, _nothing))
    async with sqlite.read() as connection:
        [run] = await job_runs.last(connection)
    assert run.name == "poll"
    assert run.error is None
    assert run.finished_at is not None
    assert before <= run.started_at <= run.finished_at


async def test_a_failing_tick_is_remembered_with_its_error_and_the_next_one_clears_it(sqlite: Database) -> None:
    journal = Journal(sqlite)
    await tick(journal, Job("poll", HOURLY, _fails))
    async with sqlite.read() as connection:
        assert [run.error for run in await job_runs.last(connection)] == ["RuntimeError: no connection"]
    await tick(journal, Job("poll", HOURLY, _nothing))
    async with sqlite.read() as connection:
        assert [run.error for run in await job_runs.last(connection)] == [None]


async def test_quiet_runs_are_written_down_once_a_minute(sqlite: Database) -> None:
    journal, begun = Journal(sqlite), datetime(2026, 12, 1, 12, tzinfo=UTC)
    for seconds in (0, 2, 59, 60):
        await journal.note("poll", begun + timedelta(seconds=seconds), None)
        async with sqlite.read() as connection:
            [run] = await job_runs.last(connection)
        assert run.started_at == begun + timedelta(seconds=60 if seconds == 60 else 0)


async def test_every_job_begins_at_once_and_one_that_fails_stops_no_other(sqlite: Database) -> None:
    ran = asyncio.Event()

    async def works(now: datetime) -> None:
        ran.set()

    scheduler = start(Journal(sqlite), [Job("fails", HOURLY, _fails), Job("works", HOURLY, works)])
    await asyncio.wait_for(ran.wait(), 10)
    scheduler.shutdown()
