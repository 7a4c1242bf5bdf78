"""What leaves the bot as calendars, feeds and pages: published items and their events, by territory and topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.events import Deadline, Event
from domain.items import Item, ItemState
from domain.territories import RUSSIA
from domain.topics import Topic
from storage.content.events import event_of
from storage.content.items import item_of
from storage.tables import deadlines, events, item_territories, item_topics, items, territory_paths

KEPT = timedelta(days=31)
"""How long an event that is over stays in a calendar."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An event with the published item that tells of it."""

    event: Event
    item: Item
    changed_at: datetime


async def latest_items(
    connection: AsyncConnection, territory: str, topic: Topic | None = None, *, limit: int
) -> list[Item]:
    """Published items that concern a territory, newest first: its own, of all inside it, of all around it."""
    query = select(items).where(items.c.state == ItemState.PUBLISHED, *_concerns(territory, topic))
    rows = await connection.execute(query.order_by(items.c.published_at.desc(), items.c.id.desc()).limit(limit))
    return [item_of(row) for row in rows.mappings()]


async def calendar(
    connection: AsyncConnection, territory: str, topic: Topic | None = None, *, now: datetime, limit: int
) -> list[Listed]:
    """Events that concern a territory, those called off included so that calendars learn of it; in order of time."""
    due = select(deadlines.c.event_id).where(deadlines.c.at >= now - KEPT)
    query = (
        _with_items()
        .where(or_(events.c.ends_at >= now - KEPT, events.c.id.in_(due)), *_concerns(territory, topic))
        .order_by(events.c.starts_at, events.c.id, items.c.id)
        .limit(limit)
    )
    return await _listed(connection, query)


async def event(connection: AsyncConnection, event_id: int) -> Listed | None:
    """None where no published item tells of the event."""
    found = await _listed(connection, _with_items().where(events.c.id == event_id).order_by(items.c.id).limit(1))
    return found[0] if found else None


def _concerns(territory: str, topic: Topic | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if territory != RUSSIA:
        inside = select(territory_paths.c.code).where(territory_paths.c.ancestor == territory)
        around = select(territory_paths.c.ancestor).where(territory_paths.c.code == territory)
        place = item_territories.c.territory
        own = item_territories.c.item_id == items.c.id
        conditions.append(exists().where(own, or_(place.in_(inside), place.in_(around))))
    if topic is not None:
        conditions.append(exists().where(item_topics.c.item_id == items.c.id, item_topics.c.topic == topic))
    return conditions


def _with_items() -> Select[Any]:
    return (
        select(events.c.id.label("event"), items.c.id.label("item"))
        .join(items, items.c.event_id == events.c.id)
        .where(items.c.state == ItemState.PUBLISHED)
    )


async def _listed(connection: AsyncConnection, query: Select[Any]) -> list[Listed]:
    """One for each event, told by the first of its items."""
    pairs: dict[int, int] = {}
    for row in await connection.execute(query):
        pairs.setdefault(row.event, row.item)
    event_rows = await _rows(connection, select(events).where(events.c.id.in_(pairs)))
    item_rows = await _rows(connection, select(items).where(items.c.id.in_(pairs.values())))
    stages = await _stages(connection, list(pairs))
    return [
        Listed(
            event_of(event_rows[event_id], stages.get(event_id, ())),
            item_of(item_rows[item_id]),
            max(event_rows[event_id]["updated_at"], item_rows[item_id]["updated_at"]),
        )
        for event_id, item_id in pairs.items()
    ]


async def _rows(connection: AsyncConnection, query: Select[Any]) -> dict[int, RowMapping]:
    return {row["id"]: row for row in (await connection.execute(query)).mappings()}


async def _stages(connection: AsyncConnection, event_ids: Sequence[int]) -> dict[int, tuple[Deadline, ...]]:
    query = select(deadlines).where(deadlines.c.event_id.in_(event_ids)).order_by(deadlines.c.at)
    found: dict[int, tuple[Deadline, ...]] = {}
    for row in (await connection.execute(query)).mappings():
        found[row["event_id"]] = (*found.get(row["event_id"], ()), Deadline(**row))
    return found
