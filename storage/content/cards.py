"""Items and events as people read them: lists by number, one card with its sources and the words it rests on."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cards import Card, Listed, Origin
from domain.events import Deadline, Event
from domain.items import ItemState
from domain.readings import Evidence
from storage.content.events import event_of
from storage.content.items import item_of
from storage.tables import deadlines, events, items, publications, sources


async def listed(connection: AsyncConnection, item_ids: Sequence[int]) -> tuple[Listed, ...]:
    """In the order given; what is no longer published is left out."""
    # The state is looked at here: asked of it too, SQLite would walk through everything published.
    rows = (await connection.execute(select(items).where(items.c.id.in_(item_ids)))).mappings()
    found = {row["id"]: item_of(row) for row in rows if row["state"] == ItemState.PUBLISHED}
    known = await events_by_id(connection, {item.event_id for item in found.values() if item.event_id})
    chosen = (found[item_id] for item_id in item_ids if item_id in found)
    return tuple(Listed(item, known.get(item.event_id or 0)) for item in chosen)


async def events_by_id(connection: AsyncConnection, event_ids: Iterable[int]) -> dict[int, Event]:
    wanted = set(event_ids)
    if not wanted:
        return {}
    stages: dict[int, list[Deadline]] = {}
    query = select(deadlines).where(deadlines.c.event_id.in_(wanted)).order_by(deadlines.c.at)
    for row in (await connection.execute(query)).mappings():
        stages.setdefault(row["event_id"], []).append(Deadline(**row))
    rows = (await connection.execute(select(events).where(events.c.id.in_(wanted)))).mappings()
    return {row["id"]: event_of(row, tuple(stages.get(row["id"], ()))) for row in rows}


async def of_item(connection: AsyncConnection, item_id: int) -> Card | None:
    """The card of a published item; None for one that nobody may read."""
    query = select(items).where(items.c.id == item_id, items.c.state == ItemState.PUBLISHED)
    row = (await connection.execute(query)).mappings().first()
    if row is None:
        return None
    item = item_of(row)
    known = await events_by_id(connection, [item.event_id] if item.event_id else [])
    evidence = tuple(Evidence(**one) for one in row["evidence"])
    return Card(item, known.get(item.event_id or 0), await origins(connection, [item_id]), evidence)


async def of_event(connection: AsyncConnection, event_id: int) -> Card | None:
    """The card of an event: of the latest published item that tells of it."""
    query = (
        select(items.c.id)
        .where(items.c.event_id == event_id, items.c.state == ItemState.PUBLISHED)
        .order_by(items.c.id.desc())
        .limit(1)
    )
    item_id = await connection.scalar(query)
    return None if item_id is None else await of_item(connection, item_id)


async def origins(connection: AsyncConnection, item_ids: Sequence[int]) -> tuple[Origin, ...]:
    """The publications under items, earliest first."""
    query = (
        select(
            publications.c.id,
            sources.c.title,
            publications.c.url,
            publications.c.published_at,
        )
        .join(sources, sources.c.id == publications.c.source_id)
        .where(publications.c.item_id.in_(item_ids))
        .order_by(publications.c.id)
    )
    return tuple(Origin(*row) for row in await connection.execute(query))


async def external_ids(connection: AsyncConnection, item_ids: Sequence[int]) -> dict[int, list[str]]:
    """Under which ids the publications of each item came in."""
    query = (
        select(publications.c.item_id, publications.c.external_id)
        .where(publications.c.item_id.in_(item_ids))
        .order_by(publications.c.id)
    )
    found: dict[int, list[str]] = {}
    for item_id, external_id in await connection.execute(query):
        found.setdefault(item_id, []).append(external_id)
    return found
