"""The table of periodic jobs. APScheduler only ticks: a job finds its work by query, so a missed tick loses nothing."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from storage.engine import Database
from storage.operation import job_runs

log = structlog.get_logger(__name__)

QUIET = timedelta(minutes=1)

Call = Callable[[datetime], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    every: timedelta
    call: Call
    """Given the current moment; short, and safe to repeat."""


class Journal:
    """Writes down how jobs went: every failure and every recovery, but no more than one quiet run a minute."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._last: dict[str, tuple[datetime, str | None]] = {}

    async def note(self, name: str, started: datetime, error: str | None) -> None:
        before, said = self._last.get(name, (datetime.min.replace(tzinfo=UTC), None))
        if error == said and started - before < QUIET:
            return
        async with self._database.begin() as connection:
            await job_runs.record(connection, name, started, datetime.now(UTC), error)
        self._last[name] = (started, error)


def start(journal: Journal, jobs: Iterable[Job]) -> AsyncIOScheduler:
    """Starts the ticking; the scheduler is to be shut down by the caller."""
    scheduler = AsyncIOScheduler(
        timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for job in jobs:
        every = IntervalTrigger(seconds=int(job.every.total_seconds()))
        scheduler.add_job(tick, every, args=(journal, job), id=job.name, next_run_time=datetime.now(UTC))
    scheduler.start()
    return scheduler


async def tick(journal: Journal, job: Job) -> None:
    """Runs a job once; an error is logged and ends this tick alone."""
    started = datetime.now(UTC)
    error: str | None = None
    try:
        await job.call(started)
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}"
        log.exception("job failed", job=job.name)
    await journal.note(job.name, started, error)
