"""Everything kept about one person: handed over to them, or forgotten for good.

``person`` is their Telegram id, which is the id of their private chat as well.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.mailings import DeliveryState
from domain.privacy import Erased
from domain.suggestions import SuggestionState
from storage.tables import (
    announcement_versions,
    announcements,
    attendances,
    campaigns,
    deliveries,
    dialogues,
    mailings,
    metadata,
    questions,
    reminders,
    roles,
    sources,
    subscribers,
    subscriptions,
    suggestions,
    updates,
)

NOBODY = 0
"""Stands for the author of what an official wrote, once they are forgotten."""

# What an official did stays; who did it is forgotten.
_SIGNATURES: tuple[tuple[Column[int], int | None], ...] = (
    (announcements.c.author_id, NOBODY),
    (announcements.c.approved_by, None),
    (announcement_versions.c.author_id, NOBODY),
    (campaigns.c.author_id, NOBODY),
    (mailings.c.created_by, None),
    (sources.c.added_by, None),
    (roles.c.granted_by, None),
    (suggestions.c.moderator_id, None),
    (questions.c.answered_by, None),
)


async def forget(connection: AsyncConnection, person: int, *, now: datetime, handling: int) -> Erased:
    """Removes every trace of the person's id.

    handling: id of the update that asks for it; its text goes when it is done. Updates that wait or failed go now.
    """
    own = select(subscribers.c.id).where(subscribers.c.chat_id == person).scalar_subquery()
    erased = Erased(
        subscriptions=await _count(connection, subscriptions, subscriptions.c.subscriber_id.in_(own)),
        answers=await _count(connection, attendances, attendances.c.subscriber_id.in_(own))
        + await _count(connection, reminders, reminders.c.subscriber_id.in_(own)),
        suggestions=await _count(connection, suggestions, suggestions.c.author_chat_id == person),
        deliveries=await _count(connection, deliveries, deliveries.c.subscriber_id.in_(own)),
        roles=await _count(connection, roles, roles.c.user_id == person),
    )
    await _forget_deliveries(connection, own, now)
    await _forget_suggestions(connection, person)
    await connection.execute(delete(subscribers).where(subscribers.c.chat_id == person))
    await connection.execute(delete(roles).where(roles.c.user_id == person))
    await connection.execute(delete(dialogues).where(or_(dialogues.c.chat_id == person, dialogues.c.user_id == person)))
    for column, instead in _SIGNATURES:
        await connection.execute(update(column.table).where(column == person).values({column: instead}))
    await _forget_updates(connection, person, now, handling)
    return erased


async def _count(connection: AsyncConnection, table: Table, condition: Any) -> int:
    return int((await connection.execute(select(func.count()).select_from(table).where(condition))).scalar_one())


async def _forget_deliveries(connection: AsyncConnection, own: Any, now: datetime) -> None:
    """The figures of a mailing stay true; whom a message reached and what it said to them does not."""
    theirs = deliveries.c.subscriber_id.in_(own)
    skipped = {"state": DeliveryState.SKIPPED, "error": "forgotten", "settled_at": now}
    await connection.execute(update(deliveries).where(theirs, deliveries.c.settled_at.is_(None)).values(skipped))
    anonymous = {"subscriber_id": None, "message_id": None, "content": None}
    await connection.execute(update(deliveries).where(theirs).values(anonymous))


async def _forget_suggestions(connection: AsyncConnection, person: int) -> None:
    """What was accepted became news and stays without its author; the rest goes."""
    mine = suggestions.c.author_chat_id == person
    await connection.execute(delete(suggestions).where(mine, suggestions.c.state != SuggestionState.ACCEPTED))
    await connection.execute(update(suggestions).where(mine).values(author_chat_id=None))


async def _forget_updates(connection: AsyncConnection, person: int, now: datetime, handling: int) -> None:
    waiting = select(updates.c.update_id, updates.c.payload).where(
        updates.c.done_at.is_(None), updates.c.update_id != handling
    )
    theirs = [row.update_id for row in await connection.execute(waiting) if _mentions(row.payload, person)]
    await connection.execute(update(updates).where(updates.c.update_id.in_(theirs)).values(payload={}, done_at=now))


def _mentions(value: Any, person: int) -> bool:
    """Whether an id anywhere in a payload is the person's."""
    if isinstance(value, Mapping):
        return value.get("id") == person or any(_mentions(inner, person) for inner in value.values())
    return isinstance(value, list) and any(_mentions(inner, person) for inner in value)


async def disclose(connection: AsyncConnection, person: int) -> dict[str, list[dict[str, Any]]]:
    """Every row about the person, by table: what they have a right to see."""
    own = select(subscribers.c.id).where(subscribers.c.chat_id == person).scalar_subquery()
    found = {
        "subscribers": await _rows(connection, subscribers, subscribers.c.chat_id == person),
        "suggestions": await _rows(connection, suggestions, suggestions.c.author_chat_id == person),
        "roles": await _rows(connection, roles, roles.c.user_id == person),
        "dialogues": await _rows(connection, dialogues, dialogues.c.chat_id == person),
    }
    for name in ("subscriptions", "attendances", "reminders", "deliveries"):
        table = metadata.tables[name]
        found[name] = await _rows(connection, table, table.c.subscriber_id.in_(own))
    return {name: rows for name, rows in found.items() if rows}


async def _rows(connection: AsyncConnection, table: Table, condition: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in (await connection.execute(select(table).where(condition))).mappings()]
