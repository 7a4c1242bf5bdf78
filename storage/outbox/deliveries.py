"""The outbox: what is owed, claimed before it is sent, and settled right after, always many rows at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.mailings import DeliveryState, Mailing
from storage.engine import insert_ignoring
from storage.outbox.mailings import ACTIVE, add_deliveries
from storage.tables import deliveries, mailings, subscribers

MOST_ATTEMPTS = 2
"""Intents without a definite answer that one delivery may have: more would be a third copy for somebody."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One delivery with what is needed to send it."""

    id: int
    subscriber_id: int | None
    state: DeliveryState
    attempts: int
    content: dict[str, Any] | None
    chat_id: int | None
    """None where the subscriber had the bot forget them."""
    thread_id: int
    language: str
    time_zone: str
    quiet_start: time | None
    quiet_end: time | None
    paused_until: datetime | None
    is_blocked: bool
    copy_id: int | None = None
    """Message id of the copy that a correction or recall is about."""
    copy_sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of one delivery."""

    id: int
    state: DeliveryState
    message_id: int | None = None
    error: str | None = None


async def due(connection: AsyncConnection, mailing: Mailing, *, after: int, now: datetime, limit: int) -> list[Owed]:
    """Pending deliveries with ids above ``after`` whose time has come, in order."""
    timely = or_(deliveries.c.due_at.is_(None), deliveries.c.due_at <= now)
    return await _owed(connection, _query(mailing, DeliveryState.PENDING, after, limit).where(timely))


async def ambiguous(connection: AsyncConnection, mailing: Mailing, *, after: int, limit: int) -> list[Owed]:
    """Deliveries with an intent but no answer, in order: on their way, or left by a crash or a fault."""
    return await _owed(connection, _query(mailing, DeliveryState.SENDING, after, limit))


async def next_due(connection: AsyncConnection, mailing_id: int) -> datetime | None:
    """When the next of those that wait for their time may go; None where none waits."""
    waiting = and_(deliveries.c.mailing_id == mailing_id, deliveries.c.state == DeliveryState.PENDING)
    return await connection.scalar(select(func.min(deliveries.c.due_at)).where(waiting))  # type: ignore[no-any-return]


async def claim(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, int]:
    """Writes down the intent to send: id → version of the content that is to leave, for those that may.

    Left out is what was settled, what belongs to a mailing that is paused or over, and what was tried enough.
    """
    version = select(mailings.c.version).where(mailings.c.id == deliveries.c.mailing_id).scalar_subquery()
    active = select(mailings.c.id).where(mailings.c.state.in_(ACTIVE))
    claimed = (
        update(deliveries)
        .where(
            deliveries.c.id.in_(ids),
            deliveries.c.state.in_((DeliveryState.PENDING, DeliveryState.SENDING)),
            deliveries.c.attempts < MOST_ATTEMPTS,
            deliveries.c.mailing_id.in_(active),
        )
        .values(state=DeliveryState.SENDING, attempts=deliveries.c.attempts + 1, version=version)
        .returning(deliveries.c.id, deliveries.c.version)
    )
    return {row[0]: row[1] for row in await connection.execute(claimed)}


_SETTLE = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"), deliveries.c.state == DeliveryState.SENDING)
    .values(state=bindparam("to"), message_id=bindparam("message"), error=bindparam("why"), settled_at=bindparam("at"))
)
_SKIP = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"), deliveries.c.state == DeliveryState.PENDING)
    .values(state=bindparam("to"), error=bindparam("why"), settled_at=bindparam("at"))
)
_GIVE_BACK = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"), deliveries.c.state == DeliveryState.SENDING)
    .values(state=DeliveryState.PENDING, attempts=deliveries.c.attempts - 1)
)
_POSTPONE = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"), deliveries.c.state == DeliveryState.PENDING)
    .values(due_at=bindparam("due"))
)


async def settle(connection: AsyncConnection, settlements: Sequence[Settlement], now: datetime) -> None:
    """Writes down what became of deliveries that were claimed."""
    rows = [
        {"delivery": one.id, "to": one.state, "message": one.message_id, "why": one.error, "at": now}
        for one in settlements
    ]
    if rows:
        await connection.execute(_SETTLE, rows)


async def skip(connection: AsyncConnection, settlements: Sequence[Settlement], now: datetime) -> None:
    """Settles deliveries that were never claimed."""
    rows = [{"delivery": one.id, "to": one.state, "why": one.error, "at": now} for one in settlements]
    if rows:
        await connection.execute(_SKIP, rows)


async def give_back(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Takes intents back that certainly did not arrive: they are owed as before, without an attempt counted."""
    if ids:
        await connection.execute(_GIVE_BACK, [{"delivery": one} for one in ids])


async def postpone(connection: AsyncConnection, moments: dict[int, datetime]) -> None:
    """Not before these moments: delivery id → aware datetime."""
    if moments:
        await connection.execute(_POSTPONE, [{"delivery": one, "due": due_at} for one, due_at in moments.items()])


async def add(connection: AsyncConnection, mailing_id: int, rows: Sequence[dict[str, Any]]) -> dict[int, int]:
    """Deliveries with a content of their own: ``rows`` hold subscriber_id and content.

    Returns subscriber id → delivery id of those that were added; who has one already is passed over.
    """
    if not rows:
        return {}
    owed = [{"mailing_id": mailing_id, "state": DeliveryState.PENDING, **row} for row in rows]
    statement = insert_ignoring(connection, deliveries).returning(deliveries.c.subscriber_id, deliveries.c.id)
    added = {row[0]: row[1] for row in await connection.execute(statement, owed)}
    await add_deliveries(connection, mailing_id, len(added))
    return added


def _query(mailing: Mailing, state: DeliveryState, after: int, limit: int) -> Select[Any]:
    chosen = [
        deliveries.c.id,
        deliveries.c.subscriber_id,
        deliveries.c.state,
        deliveries.c.attempts,
        deliveries.c.content,
        subscribers.c.chat_id,
        func.coalesce(subscribers.c.thread_id, 0),
        func.coalesce(subscribers.c.language, ""),
        func.coalesce(subscribers.c.time_zone, ""),
        subscribers.c.quiet_start,
        subscribers.c.quiet_end,
        subscribers.c.paused_until,
        subscribers.c.blocked_at.is_not(None),
    ]
    joined = deliveries.outerjoin(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
    if mailing.corrects is not None:
        copies = deliveries.alias("copies")
        chosen += [copies.c.message_id, copies.c.settled_at]
        of_the_same = (copies.c.mailing_id == mailing.corrects) & (copies.c.subscriber_id == deliveries.c.subscriber_id)
        joined = joined.outerjoin(copies, of_the_same)
    return (
        select(*chosen)
        .select_from(joined)
        .where(deliveries.c.mailing_id == mailing.id, deliveries.c.state == state, deliveries.c.id > after)
        .order_by(deliveries.c.id)
        .limit(limit)
    )


async def _owed(connection: AsyncConnection, query: Select[Any]) -> list[Owed]:
    return [Owed(*row) for row in await connection.execute(query)]
