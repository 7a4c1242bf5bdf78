"""Items and events as tests need them in the database: told by a source, saved and indexed the way real ones are.

async with house.database.begin() as connection:
    forum = await tell(connection, "V форум ТОС", now=now, topics=[Topic.TOS], event=event("V форум ТОС", day))
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import count

from sqlalchemy import select, update

from analysis.duplicates import signature
from domain.events import EventDraft, EventStatus
from domain.items import Draft, ItemState
from domain.queries import Kind
from domain.readings import EventKind, Evidence
from domain.sources import Entry
from domain.topics import Topic
from storage.content import items
from storage.engine import Connection
from storage.intake import publications, sources
from storage.tables import events
from storage.tables import items as item_table

KHAKASSIA = "95000000"
SAYANOGORSK = "95708000"
ZONE = "Asia/Krasnoyarsk"
_numbers = count(1)


def event(
    title: str,
    start: date | None = None,
    *,
    end: date | None = None,
    at: time | None = None,
    deadline: date | None = None,
    venue: str | None = None,
    kind: EventKind = EventKind.FORUM,
    territory: str | None = SAYANOGORSK,
    status: EventStatus = EventStatus.CONFIRMED,
) -> EventDraft:
    return EventDraft(
        kind=kind,
        status=status,
        title=title,
        time_zone=ZONE,
        start_date=start,
        end_date=end,
        start_time=at,
        deadline=deadline,
        territory=territory,
        venue=venue,
    )


async def tell(
    connection: Connection,
    title: str,
    text: str = "",
    *,
    now: datetime,
    published: datetime | None = None,
    territories: Sequence[str] = (SAYANOGORSK,),
    place: str | None = "Саяногорск",
    topics: Sequence[Topic] = (Topic.TOS,),
    event: EventDraft | None = None,
    urgent: bool = False,
    url: str | None = None,
    photo: str | None = None,
    state: ItemState = ItemState.PUBLISHED,
) -> int:
    """The item's id."""
    number = next(_numbers)
    source = await sources.archive(connection, "Вестник города", SAYANOGORSK, now)
    body = f"{title}\n{text or title + f' — подробности {number} на сайте.'}"
    address = url or f"https://news.example/{number}"
    entry = Entry(external_id=f"s{number}", text=body, title=title, url=address, published_at=published or now)
    (publication,) = await publications.receive(connection, source.id, [entry], now)
    draft = Draft(
        publication_id=publication,
        source_id=source.id,
        kind=Kind.EVENT if event else Kind.NEWS,
        state=state,
        title=title,
        summary=body.partition("\n")[2][:200],
        text=body,
        url=address,
        published_at=published or now,
        territories=tuple(territories),
        regions=(KHAKASSIA,),
        place=place,
        topics=tuple(topics),
        urgent=urgent,
        silent=True,
        evidence=(Evidence("place", "Саяногорск", "в Саяногорске", 3),),
        event=event,
        upcoming=event is not None,
        photo=photo,
    )
    saved = await items.save(connection, draft, signature(body), now)
    await items.refresh_index(connection, [saved.item_id])
    return saved.item_id


async def event_of(connection: Connection, item_id: int) -> int:
    """The event that an item tells of."""
    found = await connection.scalar(select(item_table.c.event_id).where(item_table.c.id == item_id))
    assert found is not None
    return int(found)


async def limit_places(connection: Connection, event_id: int, capacity: int) -> None:
    await connection.execute(update(events).where(events.c.id == event_id).values(capacity=capacity))
