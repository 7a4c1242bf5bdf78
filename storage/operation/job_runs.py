"""How each periodic job went last time: what `doctor` and the health check read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import job_runs


@dataclass(frozen=True, slots=True)
class JobRun:
    name: str
    started_at: datetime
    finished_at: datetime | None
    error: str | None


async def record(
    connection: AsyncConnection, name: str, started: datetime, finished: datetime, error: str | None
) -> None:
    """Keeps the last run of each job."""
    await connection.execute(delete(job_runs).where(job_runs.c.name == name))
    await connection.execute(insert(job_runs).values(name=name, started_at=started, finished_at=finished, error=error))


async def last(connection: AsyncConnection) -> list[JobRun]:
    rows = await connection.execute(select(job_runs).order_by(job_runs.c.name))
    return [JobRun(**row) for row in rows.mappings()]
