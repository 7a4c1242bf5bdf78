"""Who said they would come. The last place is not given twice."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cards import Attendance
from domain.events import Answer, EventStatus
from storage.tables import attendances, events

_CLOSED = (EventStatus.CANCELLED, EventStatus.PAST)


class Reply(StrEnum):
    """What became of an answer."""

    TAKEN = "taken"
    FULL = "full"
    """All places are taken; the answer was not written down."""
    CLOSED = "closed"
    """Over, cancelled, or not there any more."""


async def answer(connection: AsyncConnection, event_id: int, subscriber_id: int, value: Answer, now: datetime) -> Reply:
    """Writes down an answer, or changes the one given before.

    The event's row is locked meanwhile, and SQLite has one writer anyway: two people cannot be given one place.
    """
    query = select(events.c.capacity, events.c.status, events.c.ends_at).where(events.c.id == event_id)
    event = (await connection.execute(query.with_for_update())).first()
    if event is None or event.status in _CLOSED or (event.ends_at is not None and event.ends_at < now):
        return Reply.CLOSED
    if value is Answer.YES and event.capacity is not None:
        others = select(func.count()).where(
            attendances.c.event_id == event_id,
            attendances.c.answer == Answer.YES,
            attendances.c.subscriber_id != subscriber_id,
        )
        if (await connection.scalar(others) or 0) >= event.capacity:
            return Reply.FULL
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    row = {"event_id": event_id, "subscriber_id": subscriber_id, "answer": value, "answered_at": now}
    statement = dialect.insert(attendances).values(row)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["event_id", "subscriber_id"], set_={"answer": value, "answered_at": now}
        )
    )
    return Reply.TAKEN


async def attendance(connection: AsyncConnection, event_id: int, subscriber_id: int | None) -> Attendance:
    """How many answered what, and what the subscriber did."""
    counted = (
        select(attendances.c.answer, func.count())
        .where(attendances.c.event_id == event_id)
        .group_by(attendances.c.answer)
    )
    counts = {Answer(name): count for name, count in await connection.execute(counted)}
    own = select(attendances.c.answer).where(
        attendances.c.event_id == event_id, attendances.c.subscriber_id == subscriber_id
    )
    mine = await connection.scalar(own) if subscriber_id is not None else None
    by_name = {str(name): count for name, count in counts.items()}
    return Attendance(**by_name, mine=Answer(mine) if mine else None)
