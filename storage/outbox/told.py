"""What people know of an event: the sequence, time, place and status that they were told last."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import literal, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.events import Answer, Event, EventStatus
from domain.mailings import DeliveryState
from storage.content.events import event_of
from storage.outbox.audiences import write
from storage.tables import attendances, events, reminders

Told = dict[str, Any]
"""start, time, venue, status: as JSON keeps them."""


async def changed(connection: AsyncConnection, limit: int = 200) -> list[tuple[Event, Told | None]]:
    """Events that stand otherwise than people know, with what they know; None: nobody was told anything yet."""
    differs = or_(events.c.told_sequence.is_(None), events.c.told_sequence != events.c.sequence)
    rows = await connection.execute(select(events).where(differs).order_by(events.c.id).limit(limit))
    return [(event_of(row), row["told"]) for row in rows.mappings()]


async def note(connection: AsyncConnection, event: Event) -> None:
    """People know it as it stands now."""
    known = update(events).where(events.c.id == event.id)
    await connection.execute(known.values(told_sequence=event.sequence, told=snapshot(event)))


def snapshot(event: Event) -> Told:
    return {
        "start": event.start_date.isoformat() if event.start_date else None,
        "time": event.start_time.isoformat() if event.start_time else None,
        "venue": event.venue,
        "status": event.status,
    }


def differs(event: Event, told: Told) -> bool:
    """Whether people who come must hear of it. That it is over, or confirmed, is no news to them."""
    now = snapshot(event)
    if event.status is EventStatus.PAST:
        return False
    called_off = (EventStatus.CANCELLED, EventStatus.POSTPONED)
    if (event.status in called_off or told["status"] in called_off) and told["status"] != event.status:
        return True
    return any(now[name] != told[name] for name in ("start", "time", "venue"))


def start_of(told: Told) -> tuple[date | None, time | None]:
    """The local day and hour that people were told."""
    day, hour = told["start"], told["time"]
    return (date.fromisoformat(day) if day else None), (time.fromisoformat(hour) if hour else None)


async def freeze(connection: AsyncConnection, mailing_id: int, event_id: int, changed_at: datetime) -> int:
    """Deliveries to all who said they would come, or may, or wanted to be reminded, before it changed."""
    coming = select(attendances.c.subscriber_id).where(
        attendances.c.event_id == event_id,
        attendances.c.answer.in_((Answer.YES, Answer.MAYBE)),
        attendances.c.answered_at <= changed_at,
    )
    waiting = select(reminders.c.subscriber_id).where(reminders.c.event_id == event_id)
    people = union(coming, waiting).subquery()
    chosen = select(literal(mailing_id), people.c[0], literal(DeliveryState.PENDING.value)).where(people.c[0] > 0)
    return await write(connection, chosen)
