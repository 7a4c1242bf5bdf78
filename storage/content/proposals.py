"""What a text in review says of an event that people know: it waits with the text, and nobody is told of it before."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.events import Event, EventDraft, EventStatus
from domain.items import Item
from storage.content import events
from storage.tables import announcements, items

_DRAFT = TypeAdapter(EventDraft)


async def propose(connection: AsyncConnection, item_id: int, event_id: int, draft: EventDraft, now: datetime) -> None:
    """Changes the event at once where nobody knows it but by this item; else the item keeps what it says of it."""
    known = await events.get(connection, event_id)
    if known is None:
        return
    if known.status is EventStatus.TENTATIVE and not await others_tell(connection, event_id, item_id):
        await events.change(connection, event_id, replace(draft, status=EventStatus.TENTATIVE), now)
        return
    earlier = await _kept(connection, item_id)
    said = draft if earlier is None else replace(earlier, **_said(draft))
    await _keep(connection, item_id, _DRAFT.dump_python(said, mode="json"))


async def settle(connection: AsyncConnection, item_id: int, event_id: int, now: datetime) -> None:
    """The item is let out: what it says is true from now on. Of an event that others tell of it only adds."""
    draft = await _kept(connection, item_id)
    if draft is None:
        return
    if await others_tell(connection, event_id, item_id):
        await events.fill(connection, event_id, draft, now)
    else:
        status = EventStatus.CONFIRMED if draft.status is EventStatus.TENTATIVE else draft.status
        await events.change(connection, event_id, replace(draft, status=status), now)
    await forget(connection, item_id)


async def forget(connection: AsyncConnection, item_id: int) -> None:
    await _keep(connection, item_id, None)


async def event_of(connection: AsyncConnection, item: Item) -> Event | None:
    """The event as the item says it: what a moderator decides about."""
    known = await events.get(connection, item.event_id) if item.event_id else None
    draft = await _kept(connection, item.id) if known else None
    if known is None or draft is None:
        return known
    shared = await others_tell(connection, known.id, item.id)
    return events.filled(known, draft) if shared else events.changed(known, draft)


async def others_tell(connection: AsyncConnection, event_id: int, item_id: int) -> bool:
    """Whether people know the event from elsewhere too."""
    news = exists().where(items.c.event_id == event_id, items.c.id != item_id)
    announced = exists().where(announcements.c.event_id == event_id)
    return bool(await connection.scalar(select(or_(news, announced))))


async def _kept(connection: AsyncConnection, item_id: int) -> EventDraft | None:
    kept = await connection.scalar(select(items.c.proposal).where(items.c.id == item_id))
    return None if kept is None else _DRAFT.validate_python(kept, strict=False)


async def _keep(connection: AsyncConnection, item_id: int, proposal: dict[str, Any] | None) -> None:
    await connection.execute(update(items).where(items.c.id == item_id).values(proposal=proposal))


def _said(draft: EventDraft) -> dict[str, Any]:
    return {one.name: value for one in fields(draft) if (value := getattr(draft, one.name)) is not None}
