"""The event an unsent announcement stands for: nobody knows of it yet, so it may be written anew as often as needed."""

from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.announcements import Announcement
from domain.events import EventDraft, EventStatus, end_of_day
from storage.announcing import announcements
from storage.content import events
from storage.tables import deadlines
from storage.tables import events as table


async def put(connection: AsyncConnection, one: Announcement, draft: EventDraft, now: datetime) -> int | None:
    """Makes the event of a draft or replaces all that was said of it; None where the announcement has moved on."""
    if one.event_id is None:
        event_id = await events.make(connection, draft, now)
        return event_id if await announcements.set_event(connection, one.id, event_id, now) else None
    starts_at, ends_at = draft.span
    values = {name: getattr(draft, name) for name in EventDraft.__slots__ if name != "deadline"}
    values |= {"starts_at": starts_at, "ends_at": ends_at, "updated_at": now}
    unknown = (table.c.id == one.event_id) & (table.c.status == EventStatus.TENTATIVE)
    if not (await connection.execute(update(table).where(unknown).values(values))).rowcount:
        return None
    await connection.execute(delete(deadlines).where(deadlines.c.event_id == one.event_id))
    if draft.deadline:
        row = {"event_id": one.event_id, "title": "", "at": end_of_day(draft.deadline, draft.time_zone)}
        await connection.execute(insert(deadlines).values(row))
    return one.event_id
