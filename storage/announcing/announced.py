"""What was announced can be found afterwards by whoever asks: it becomes a publication, and its event is confirmed."""

from datetime import UTC, datetime, time

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.announcements import Announcement
from domain.events import Event, EventStatus
from domain.items import ItemState
from domain.sources import Entry, Occurrence
from domain.territories import RUSSIA
from storage.announcing import announcements
from storage.content import events, items
from storage.intake import publications, sources
from storage.tables import publications as publication_table


async def publish(connection: AsyncConnection, announcement_id: int, now: datetime) -> None:
    """Hands an announcement that goes out, or its new version, to ingestion. Silent: its own mailing carries it."""
    known = await announcements.get(connection, announcement_id)
    if known is None or not known.text:
        return
    await announcements.keep_version(connection, known, known.author_id, now)
    event = await events.get(connection, known.event_id) if known.event_id else None
    if event and event.status is EventStatus.TENTATIVE:
        await events.set_status(connection, event.id, EventStatus.CONFIRMED, now)
    source = await sources.own(connection, "announcements", next(iter(known.audience.territories), RUSSIA), now)
    await publications.receive(connection, source.id, [_entry(known, event, now)], now, silent=True)


async def withdraw(connection: AsyncConnection, announcement_id: int, now: datetime) -> None:
    """A recalled announcement is found no more. An item that others told as well stays."""
    own = publication_table.c.external_id == f"announcement:{announcement_id}"
    mine = select(publication_table.c.id, publication_table.c.item_id).where(own)
    for publication_id, item_id in (await connection.execute(mine)).all():
        await publications.mark_read(connection, publication_id, item_id, now)
        others = select(publication_table.c.id).where(publication_table.c.item_id == item_id, ~own).limit(1)
        if item_id is not None and not (await connection.execute(others)).first():
            await items.set_state(connection, item_id, ItemState.WITHDRAWN, now)


def _entry(known: Announcement, event: Event | None, now: datetime) -> Entry:
    return Entry(
        external_id=f"announcement:{known.id}",
        text=known.spoken,
        title=event.title if event else known.title or None,
        published_at=now,
        photo=known.photo,
        occurrence=occurrence_of(event) if event else None,
    )


def occurrence_of(event: Event) -> Occurrence | None:
    """The times an event's row states, so that nobody has to read them out of words again."""
    if event.start_date is None or event.starts_at is None:
        return None
    whole_day = event.start_time is None
    midnight = datetime.combine(event.start_date, time.min, UTC)
    return Occurrence(
        starts_at=midnight if whole_day else event.starts_at,
        ends_at=None if whole_day or event.end_time is None else event.ends_at,
        whole_day=whole_day,
        venue=event.venue,
        link=event.link,
    )
