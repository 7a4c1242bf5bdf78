"""Periodic jobs: each tick is remembered, and a failing one stops nothing."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.schedule import Job, Journal, running, tick
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

    async with running(Journal(sqlite), [Job("fails", HOURLY, _fails), Job("works", HOURLY, works)]):
        await asyncio.wait_for(ran.wait(), 10)


async def test_at_the_end_a_tick_under_way_gets_its_time(sqlite: Database, caplog: pytest.LogCaptureFixture) -> None:
    begun, released = asyncio.Event(), asyncio.Event()

    async def works(now: datetime) -> None:
        begun.set()
        await released.wait()

    async with running(Journal(sqlite), [Job("works", HOURLY, works)]):
        await asyncio.wait_for(begun.wait(), 10)
        released.set()
    async with sqlite.read() as connection:
        assert [run.error for run in await job_runs.last(connection)] == [None]
    assert _errors(caplog) == []


async def test_a_tick_that_does_not_end_is_given_up_without_a_word(
    sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    begun, given_up = asyncio.Event(), asyncio.Event()

    async def hangs(now: datetime) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            given_up.set()

    async with running(Journal(sqlite), [Job("hangs", HOURLY, hangs)], grace=0):
        await asyncio.wait_for(begun.wait(), 10)
    assert given_up.is_set()
    assert _errors(caplog) == []


async def test_a_tick_that_has_not_begun_yet_ends_without_a_word(
    sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(Journal(sqlite), [Job("nothing", HOURLY, _nothing)]):
        pass
    assert _errors(caplog) == []


def _errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
