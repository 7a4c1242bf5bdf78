"""What people did with a mailing: who comes, who left because of it, who turned out to have blocked us."""

from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.events import Answer
from domain.mailings import DeliveryState, Ending, Mailing, Reactions
from domain.subscribers import EndReason
from storage.tables import attendances, deliveries, subscribers, subscriptions

BECAUSE = timedelta(days=1)
"""Who unsubscribes or blocks us so soon after a message probably does so because of it."""


async def blocked(connection: AsyncConnection, mailing_id: int) -> int:
    """Deliveries that found the chat closed to us."""
    closed = (Ending.BLOCKED, Ending.DEACTIVATED, Ending.KICKED)
    query = select(func.count()).where(
        deliveries.c.mailing_id == mailing_id,
        deliveries.c.state == DeliveryState.FAILED,
        or_(*(deliveries.c.error.startswith(one) for one in closed)),
    )
    return int(await connection.scalar(query) or 0)


async def coming(connection: AsyncConnection, event_id: int) -> int:
    """How many said that they come."""
    query = select(func.count()).where(attendances.c.event_id == event_id, attendances.c.answer == Answer.YES)
    return int(await connection.scalar(query) or 0)


async def left(connection: AsyncConnection, mailing: Mailing) -> int:
    """People who got it and then unsubscribed from something, or blocked us, within a day of its sending."""
    if mailing.started_at is None:
        return 0
    until = (mailing.finished_at or mailing.started_at) + BECAUSE
    got_it = select(deliveries.c.subscriber_id).where(
        deliveries.c.mailing_id == mailing.id, deliveries.c.state == DeliveryState.SENT
    )
    unsubscribed = select(subscriptions.c.subscriber_id).where(
        subscriptions.c.end_reason == EndReason.UNSUBSCRIBED,
        subscriptions.c.ended_at.between(mailing.started_at, until),
    )
    gone = or_(subscribers.c.id.in_(unsubscribed), subscribers.c.blocked_at.between(mailing.started_at, until))
    query = select(func.count()).select_from(subscribers).where(subscribers.c.id.in_(got_it), gone)
    return int(await connection.scalar(query) or 0)


async def of_mailing(connection: AsyncConnection, mailing: Mailing) -> Reactions:
    return Reactions(
        coming=await coming(connection, mailing.event_id) if mailing.event_id else None,
        left=await left(connection, mailing),
    )
