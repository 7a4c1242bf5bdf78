"""Items and events as people read them: lists by number, one card with its sources and the words it rests on."""

from collections.abc import Sequence

from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cards import Card, Listed, Origin
from domain.items import ItemState
from domain.readings import Evidence
from storage.content import events as event_store
from storage.content.items import item_of
from storage.intake import moderation
from storage.tables import items, publications, sources


async def listed(connection: AsyncConnection, item_ids: Sequence[int]) -> tuple[Listed, ...]:
    """In the order given; what is no longer published is left out."""
    # The state is looked at here: asked of it too, SQLite would walk through everything published.
    rows = (await connection.execute(select(items).where(items.c.id.in_(item_ids)))).mappings()
    found = {row["id"]: item_of(row) for row in rows if row["state"] == ItemState.PUBLISHED}
    known = await event_store.get_many(connection, {item.event_id for item in found.values() if item.event_id})
    chosen = (found[item_id] for item_id in item_ids if item_id in found)
    return tuple(Listed(item, known.get(item.event_id or 0)) for item in chosen)


async def of_item(connection: AsyncConnection, item_id: int) -> Card | None:
    """The card of a published item; None for one that nobody may read."""
    query = select(items).where(items.c.id == item_id, items.c.state == ItemState.PUBLISHED)
    row = (await connection.execute(query)).mappings().first()
    if row is None:
        return None
    item = item_of(row)
    event = await event_store.get(connection, item.event_id) if item.event_id else None
    evidence = tuple(Evidence(**one) for one in row["evidence"])
    return Card(item, event, await origins(connection, [item_id]), evidence)


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
            case((sources.c.url.startswith(moderation.SUGGESTED), ""), else_=sources.c.title),
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
