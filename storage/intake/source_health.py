"""How the polls of sources went, and whose people are to be told that one died or is back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.sources import Source, SourceState
from storage.intake.sources import source_of
from storage.tables import publications, sources

ALARMING = 3
"""Polls failed in a row: by then it is no hiccup; the pauses between them grow."""
USUAL_OVER = timedelta(days=30)


async def record_success(
    connection: AsyncConnection,
    source_id: int,
    now: datetime,
    next_poll_at: datetime,
    *,
    changed: bool = False,
    seeded: bool = True,
    fetched: dict[str, Any] | None = None,
) -> None:
    """``fetched``: what the next poll compares with (etag, last_modified, body_hash, listed); None where unchanged."""
    values: dict[str, Any] = {
        **(fetched or {}),
        "last_poll_at": now,
        "last_success_at": now,
        "last_error": None,
        "failures": 0,
        "next_poll_at": next_poll_at,
    }
    if changed:
        values["last_change_at"] = now
    if seeded:
        values["seeded_at"] = func.coalesce(sources.c.seeded_at, literal(now, sources.c.seeded_at.type))
    await connection.execute(update(sources).where(sources.c.id == source_id).values(**values))


async def record_failure(
    connection: AsyncConnection, source_id: int, now: datetime, next_poll_at: datetime, error: str
) -> None:
    values = {"last_poll_at": now, "last_error": error[:500], "next_poll_at": next_poll_at}
    await connection.execute(
        update(sources).where(sources.c.id == source_id).values(**values, failures=sources.c.failures + 1)
    )


async def to_alarm(connection: AsyncConnection) -> list[Source]:
    """Sources that fail and whose people were not told."""
    failing = (sources.c.state == SourceState.ACTIVE, sources.c.failures >= ALARMING, sources.c.alarmed_at.is_(None))
    return await _chosen(connection, *failing)


async def recovered(connection: AsyncConnection) -> list[Source]:
    """Sources whose people were told that they fail, and that work again."""
    return await _chosen(
        connection, sources.c.alarmed_at.is_not(None), sources.c.failures == 0, sources.c.last_error.is_(None)
    )


async def set_alarmed(connection: AsyncConnection, source_id: int, at: datetime | None) -> None:
    await connection.execute(update(sources).where(sources.c.id == source_id).values(alarmed_at=at))


async def usual_per_day(connection: AsyncConnection, source_id: int, now: datetime) -> float:
    """How many texts a source publishes a day, over the month before today."""
    moment = func.coalesce(publications.c.published_at, publications.c.added_at)
    latest = now - timedelta(days=1)
    counted = select(func.count()).where(
        publications.c.source_id == source_id, moment >= latest - USUAL_OVER, moment < latest
    )
    return (await connection.scalar(counted) or 0) / USUAL_OVER.days


async def _chosen(connection: AsyncConnection, *conditions: Any) -> list[Source]:
    columns = [sources.c[name] for name in Source.__slots__]
    rows = await connection.execute(select(*columns).where(*conditions).order_by(sources.c.id).limit(100))
    return [source_of(dict(row)) for row in rows.mappings()]
