"""The table of periodic jobs. APScheduler only ticks: a job finds its work by query, so a missed tick loses nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from storage.engine import Database
from storage.operation import job_runs

log = structlog.get_logger(__name__)

QUIET = timedelta(minutes=1)
GRACE = 3.0
"""Seconds that ticks under way get at the end; what is given up then is found again by its query."""

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


@asynccontextmanager
async def running(journal: Journal, jobs: Iterable[Job], *, grace: float = GRACE) -> AsyncIterator[None]:
    """Lets every job tick; at the end no new tick begins, and those under way get ``grace`` seconds."""
    ticks = _Ticks()
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        executors={"default": ticks},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    for job in jobs:
        every = IntervalTrigger(seconds=int(job.every.total_seconds()))
        scheduler.add_job(tick, every, args=(journal, job), id=job.name, next_run_time=datetime.now(UTC))
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        await ticks.end(grace)
        scheduler.shutdown(wait=False)


class _Ticks(AsyncIOExecutor):  # type: ignore[misc]  # APScheduler has no types
    """The ticks under way, with an end that can be waited for: shutting down would cancel them and look no further."""

    async def end(self, grace: float) -> None:
        if not self._pending_futures:
            return
        _, late = await asyncio.wait(self._pending_futures, timeout=grace)
        for one in late:
            one.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def tick(journal: Journal, job: Job) -> None:
    """Runs a job once; an error is logged and ends this tick alone, as does being given up at the end."""
    started = datetime.now(UTC)
    error: str | None = None
    try:
        try:
            await job.call(started)
        except Exception as failure:
            error = f"{type(failure).__name__}: {failure}"
            log.exception("job failed", job=job.name)
        await journal.note(job.name, started, error)
    except asyncio.CancelledError:  # APScheduler would log it as an error
        log.info("given up at the end", job=job.name)
