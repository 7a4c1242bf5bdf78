"""Reminders that people asked for: how long before an event or a last day to apply. When follows from its time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.events import Event
from storage.content.events import get
from storage.tables import reminders

MORNING = time(9)
"""The hour from which reminders of an event without a time of its own are counted, local."""
MOST_A_PERSON = 200
Wish = tuple[int | None, int]
"""A deadline's id (None: the event itself) and minutes before it."""


async def wanted(connection: AsyncConnection, subscriber_id: int, event_id: int) -> frozenset[Wish]:
    query = select(reminders.c.deadline_id, reminders.c.minutes_before).where(
        reminders.c.subscriber_id == subscriber_id, reminders.c.event_id == event_id
    )
    return frozenset((row[0], row[1]) for row in await connection.execute(query))


async def want(
    connection: AsyncConnection, subscriber_id: int, event_id: int, deadline_id: int | None, minutes: int, now: datetime
) -> bool:
    """Asks for a reminder. False where its moment is over, or there is no such event or deadline."""
    event = await get(connection, event_id)
    due_at = due(event, deadline_id, minutes) if event else None
    if due_at is None or due_at <= now or len(await _all_of(connection, subscriber_id)) >= MOST_A_PERSON:
        return False
    if (deadline_id, minutes) not in await wanted(connection, subscriber_id, event_id):
        row = {
            "subscriber_id": subscriber_id,
            "event_id": event_id,
            "deadline_id": deadline_id,
            "minutes_before": minutes,
            "due_at": due_at,
        }
        await connection.execute(insert(reminders).values(row))
    return True


async def unwant(
    connection: AsyncConnection, subscriber_id: int, event_id: int, deadline_id: int | None, minutes: int
) -> None:
    same = reminders.c.deadline_id.is_(None) if deadline_id is None else reminders.c.deadline_id == deadline_id
    await connection.execute(
        delete(reminders).where(
            reminders.c.subscriber_id == subscriber_id,
            reminders.c.event_id == event_id,
            reminders.c.minutes_before == minutes,
            same,
        )
    )


def due(event: Event, deadline_id: int | None, minutes: int) -> datetime | None:
    """When a reminder is owed, UTC; None where what it is about has no time."""
    moment = moment_of(event, deadline_id)
    return None if moment is None else moment - timedelta(minutes=minutes)


def moment_of(event: Event, deadline_id: int | None) -> datetime | None:
    """What a reminder is about, UTC; None where it has no time (any more)."""
    if deadline_id is not None:
        return next((stage.at for stage in event.deadlines if stage.id == deadline_id), None)
    if event.start_date is not None and event.start_time is None:
        return datetime.combine(event.start_date, MORNING, ZoneInfo(event.time_zone)).astimezone(UTC)
    return event.starts_at


async def _all_of(connection: AsyncConnection, subscriber_id: int) -> list[int]:
    query = select(reminders.c.id).where(reminders.c.subscriber_id == subscriber_id).limit(MOST_A_PERSON)
    return list(await connection.scalars(query))
