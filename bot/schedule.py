"""The table of periodic jobs. APScheduler only ticks: a job finds its work by query, so a missed tick loses nothing."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from storage import job_runs
from storage.engine import Database

log = structlog.get_logger(__name__)

Call = Callable[[datetime], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    every: timedelta
    call: Call
    """Given the current moment; short, and safe to repeat."""


def start(database: Database, jobs: Iterable[Job]) -> AsyncIOScheduler:
    """Starts the ticking; the scheduler is to be shut down by the caller."""
    scheduler = AsyncIOScheduler(
        timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for job in jobs:
        scheduler.add_job(
            tick,
            IntervalTrigger(seconds=int(job.every.total_seconds()), jitter=None),
            args=(database, job),
            id=job.name,
            next_run_time=datetime.now(UTC),
        )
    scheduler.start()
    return scheduler


async def tick(database: Database, job: Job) -> None:
    """Runs a job once and writes down how it went; an error is logged and ends this tick alone."""
    started = datetime.now(UTC)
    error: str | None = None
    try:
        await job.call(started)
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}"
        log.exception("job failed", job=job.name)
    async with database.begin() as connection:
        await job_runs.record(connection, job.name, started, datetime.now(UTC), error)
