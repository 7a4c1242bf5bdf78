"""Items that wait for a moderator, by the territories they concern; open questions are in storage.intake.questions."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.items import Item, ItemState
from domain.territories import RUSSIA
from storage.content.items import item_of
from storage.tables import item_territories, items, mailings, publications, questions, territory_paths

AT_ONCE = timedelta(minutes=10)
"""How far apart the items of one burst came in."""


async def count(connection: AsyncConnection, within: Sequence[str]) -> int:
    """Items and questions that wait in these territories and inside them."""
    waiting = await connection.scalar(select(func.count()).select_from(items).where(_waits(within)))
    asked = await connection.scalar(select(func.count()).select_from(questions).where(_is_open(within)))
    return (waiting or 0) + (asked or 0)


async def waiting(connection: AsyncConnection, within: Sequence[str], *, limit: int = 200) -> list[Item]:
    """Oldest first."""
    query = select(items).where(_waits(within)).order_by(items.c.id).limit(limit)
    return [item_of(row) for row in (await connection.execute(query)).mappings()]


async def doubts(connection: AsyncConnection, item_id: int) -> list[str]:
    """Names of the fields of a reading that are not sure."""
    return list(await connection.scalar(select(items.c.doubts).where(items.c.id == item_id)) or [])


def _waits(within: Sequence[str]) -> ColumnElement[bool]:
    inside = select(territory_paths.c.code).where(territory_paths.c.ancestor.in_(within))
    concerns = exists(
        select(item_territories.c.item_id).where(
            item_territories.c.item_id == items.c.id, item_territories.c.territory.in_(inside)
        )
    )
    nowhere = ~exists(select(item_territories.c.item_id).where(item_territories.c.item_id == items.c.id))
    near = or_(concerns, nowhere) if RUSSIA in within else concerns
    return (items.c.state == ItemState.REVIEW) & near


def _is_open(within: Sequence[str]) -> ColumnElement[bool]:
    inside = select(territory_paths.c.code).where(territory_paths.c.ancestor.in_(within))
    near: ColumnElement[bool] = questions.c.territory.in_(inside)
    if RUSSIA in within:
        near = or_(near, questions.c.territory.is_(None))
    return questions.c.answered_at.is_(None) & near


async def mailings_of(connection: AsyncConnection, item_id: int) -> list[int]:
    """Mailings that carried an item out by itself: what a correction of it edits."""
    query = select(mailings.c.id).where(mailings.c.item_id == item_id, mailings.c.corrects.is_(None))
    return list(await connection.scalars(query))


async def release_burst(connection: AsyncConnection, source_id: int, asked_at: datetime) -> int:
    """Lets out what a source gave at once after all: it is matched to subscriptions. Returns how many items."""
    of_source = select(publications.c.item_id).where(publications.c.source_id == source_id, publications.c.silent)
    held = (items.c.id.in_(of_source)) & items.c.added_at.between(asked_at - AT_ONCE, asked_at + AT_ONCE)
    released = update(items).where(held, items.c.state == ItemState.PUBLISHED).values(matched_at=None)
    return (await connection.execute(released)).rowcount
