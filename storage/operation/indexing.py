"""Keeps the index sound: merges its segments, and builds it anew where lemmas are no longer what they were.

Building goes on in steps of one transaction each, and after a restart from where it stood. Meanwhile answers come
from what is built already: half an index is honest, an index of two normalisers is not.
"""

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from analysis.text.lemmas import NORMALISER_VERSION
from domain.items import ItemState
from storage.content.cards import listed
from storage.search import index
from storage.tables import items

BATCH = 100
_BUILT = "built"
"""The last item that the building under way has come to; absent while none is."""


async def keep(connection: AsyncConnection) -> bool:
    """One step. True where the next one should follow at once."""
    if await _version(connection) != NORMALISER_VERSION:
        await index.empty(connection)
        await _remember(connection, 0)
    built = await _state(connection, _BUILT)
    if built is None:
        return await index.tidy(connection)
    return await _build(connection, built)


async def is_whole(connection: AsyncConnection) -> bool:
    """Whether everything published can be found."""
    return await _version(connection) == NORMALISER_VERSION and await _state(connection, _BUILT) is None


async def _build(connection: AsyncConnection, after: int) -> bool:
    query = select(items.c.id).where(items.c.id > after, items.c.state == ItemState.PUBLISHED)
    ids = list(await connection.scalars(query.order_by(items.c.id).limit(BATCH)))
    if not ids:
        await connection.execute(text("DELETE FROM search_state WHERE name = :name"), {"name": _BUILT})
        return False
    await index.put_many(connection, [(one.item, one.event) for one in await listed(connection, ids)])
    await _remember(connection, ids[-1])
    return True


async def _version(connection: AsyncConnection) -> int | None:
    return await _state(connection, "normaliser")


async def _state(connection: AsyncConnection, name: str) -> int | None:
    value: int | None = await connection.scalar(
        text("SELECT value FROM search_state WHERE name = :name"), {"name": name}
    )
    return value


async def _remember(connection: AsyncConnection, item_id: int) -> None:
    statement = text(
        "INSERT INTO search_state (name, value) VALUES (:name, :value) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    )
    await connection.execute(statement, {"name": _BUILT, "value": item_id})
