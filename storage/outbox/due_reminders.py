"""Reminders whose moment has come. What was asked for counts; who said they would come and asked for nothing gets
the usual ones: a day and an hour before the event, seven days and one before the last day to apply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.events import Answer, Event, EventStatus
from domain.mailings import DeliveryState
from storage.content import events as event_store
from storage.outbox.audiences import write
from storage.people.reminders import due
from storage.tables import attendances, deadlines, events, reminders

HOUR, DAY = 60, 24 * 60
BEFORE_EVENT = (DAY, HOUR)
BEFORE_DEADLINE = (7 * DAY, DAY)
LATE = timedelta(days=7)
"""How far back a missed reminder is looked for."""
_ON = (EventStatus.TENTATIVE, EventStatus.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Reminding:
    """One matter to remind of: an event or one of its deadlines, so many minutes before."""

    event: Event
    deadline_id: int | None
    minutes: int
    due_at: datetime

    @property
    def moment(self) -> datetime:
        """What it reminds of."""
        return self.due_at + timedelta(minutes=self.minutes)


async def owed(connection: AsyncConnection, now: datetime) -> list[Reminding]:
    """Everything whose moment to remind has come and whose own moment lies ahead."""
    wishes = {*await _asked_for(connection, now), *await _usual(connection, now)}
    known = {event_id: await event_store.get(connection, event_id) for event_id in {wish[0] for wish in wishes}}
    found = []
    for event_id, deadline_id, minutes in sorted(wishes, key=lambda wish: (wish[0], wish[1] or 0, wish[2])):
        event = known[event_id]
        due_at = due(event, deadline_id, minutes) if event and event.status in _ON else None
        if event and due_at is not None and due_at <= now < due_at + timedelta(minutes=minutes):
            found.append(Reminding(event, deadline_id, minutes, due_at))
    return found


async def follow_changes(connection: AsyncConnection, now: datetime) -> int:
    """Moves reminders with the events and deadlines that were moved; returns how many groups of them."""
    query = select(
        reminders.c.event_id, reminders.c.deadline_id, reminders.c.minutes_before, reminders.c.due_at
    ).distinct()
    rows = (await connection.execute(query.where(or_(reminders.c.due_at > now, _of_what_lies_ahead(now))))).all()
    known = {event_id: await event_store.get(connection, event_id) for event_id in {row[0] for row in rows}}
    moved = 0
    for event_id, deadline_id, minutes, was_due_at in rows:
        event = known[event_id]
        due_at = due(event, deadline_id, minutes) if event else None
        if due_at != was_due_at:
            group = _group(event_id, deadline_id, minutes)
            await connection.execute(update(reminders).where(group).values(due_at=due_at))
            moved += 1
    return moved


async def freeze(
    connection: AsyncConnection, mailing_id: int, event_id: int, deadline_id: int | None, minutes: int, due_at: datetime
) -> int:
    """Writes the deliveries of one matter; returns how many."""
    pending = DeliveryState.PENDING.value
    declined = _answered(event_id, (Answer.NO,), reminders.c.subscriber_id)
    asked = select(literal(mailing_id), reminders.c.subscriber_id, literal(pending)).where(
        _group(event_id, deadline_id, minutes), reminders.c.due_at <= due_at
    )
    added = await write(connection, asked if deadline_id is not None else asked.where(~declined))
    usual = BEFORE_EVENT if deadline_id is None else BEFORE_DEADLINE
    if minutes not in usual:
        return added
    answers = (Answer.YES,) if deadline_id is None else (Answer.YES, Answer.MAYBE)
    own = select(reminders.c.id).where(
        reminders.c.event_id == event_id, reminders.c.subscriber_id == attendances.c.subscriber_id
    )
    coming: Select[tuple[int, int, str]] = select(
        literal(mailing_id), attendances.c.subscriber_id, literal(pending)
    ).where(
        attendances.c.event_id == event_id,
        attendances.c.answer.in_(answers),
        attendances.c.answered_at <= due_at,
        ~exists(own),
    )
    return added + await write(connection, coming)


async def _asked_for(connection: AsyncConnection, now: datetime) -> list[tuple[int, int | None, int]]:
    query = select(reminders.c.event_id, reminders.c.deadline_id, reminders.c.minutes_before).distinct()
    rows = await connection.execute(query.where(reminders.c.due_at <= now, reminders.c.due_at > now - LATE))
    return [(row[0], row[1], row[2]) for row in rows]


async def _usual(connection: AsyncConnection, now: datetime) -> list[tuple[int, int | None, int]]:
    somebody_comes = exists(select(literal(1)).where(attendances.c.event_id == events.c.id))
    soon = now + timedelta(days=1, hours=9)  # an event of a whole day begins at nine, not at midnight
    begin = select(events.c.id).where(
        events.c.starts_at > now - timedelta(hours=9), events.c.starts_at <= soon, somebody_comes
    )
    end = (
        select(events.c.id, deadlines.c.id)
        .join_from(deadlines, events, events.c.id == deadlines.c.event_id)
        .where(deadlines.c.at > now, deadlines.c.at <= now + timedelta(days=7), somebody_comes)
    )
    starts: Sequence[int] = list(await connection.scalars(begin))
    stages = (await connection.execute(end)).all()
    found: list[tuple[int, int | None, int]] = [(event, None, minutes) for event in starts for minutes in BEFORE_EVENT]
    return found + [(row[0], row[1], minutes) for row in stages for minutes in BEFORE_DEADLINE]


def _of_what_lies_ahead(now: datetime) -> ColumnElement[bool]:
    """Reminders that were sent, or had no moment, of an event that may be ahead again."""
    return reminders.c.event_id.in_(select(events.c.id).where(events.c.starts_at > now))


def _group(event_id: int, deadline_id: int | None, minutes: int) -> ColumnElement[bool]:
    of_stage = reminders.c.deadline_id.is_(None) if deadline_id is None else reminders.c.deadline_id == deadline_id
    return and_(reminders.c.event_id == event_id, reminders.c.minutes_before == minutes, of_stage)


def _answered(event_id: int, answers: Sequence[Answer], subscriber: ColumnElement[int]) -> ColumnElement[bool]:
    return exists(
        select(literal(1)).where(
            attendances.c.event_id == event_id,
            attendances.c.subscriber_id == subscriber,
            attendances.c.answer.in_(answers),
        )
    )
